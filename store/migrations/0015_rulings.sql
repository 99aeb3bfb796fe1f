-- 行訴法第46条第1項（裁決に対する取消訴訟の教示）、行審法第50条第1項（裁決の理由）:
-- a ruling that leaves the body burdened enters the record with reasons and remedies or not at all.

alter table kyodo.event add constraint ruling_is_complete check (
  body is null
  or kind not in ('AppealDismissed', 'AppealRejected')
  or kyodo.adverse_act_is_complete(kind, body)
);
