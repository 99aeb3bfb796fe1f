-- 更新の拒否（条例、行審法第82条・行訴法第46条）:
-- a refusal to renew a designation is adverse, and enters the record complete or not at all.

alter table kyodo.event add constraint renewal_refused_is_complete check (
  body is null
  or kind <> 'RenewalRefused'
  or kyodo.adverse_act_is_complete(kind, body)
);
