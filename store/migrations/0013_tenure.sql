-- 更新の拒否（条例、行審法第82条・行訴法第46条）:
-- a refusal to renew a designation is adverse, and enters the record complete or not at all.

alter table kyodo.event add constraint renewal_refused_is_complete check (
  body is null
  or kind <> 'RenewalRefused'
  or kyodo.adverse_act_is_complete(kind, body)
);

-- 不利益処分と申請の拒否: also the refusal of a renewal.

create or replace view audit.不利益処分 with (security_invoker = true) as
select
  a.事案, a.版, a.団体コード, a.団体名, a.種類, a.行為,
  case when a.種類 in ('ApplicationRefused', 'DesignationRefused', 'RenewalRefused') then '申請の拒否' else '不利益処分' end as 区分,
  a.条項, a.日, a.和暦, a.年度, a.記録時刻, a.行為者番号, a.職, a.氏名, a.名義の職, a.起案者番号, a.文書番号,
  a.本文 ->> 'measures' as 命じた措置, audit.日(a.本文 #>> '{due,day}') as 期限,
  a.本文 ->> 'reasons' as 理由, a.本文 ->> 'reasons_deferred' as 理由を後にした事情, g.on_day as 理由を追完した日,
  a.本文 #>> '{urgency,reasons}' as 緊急の事情,
  (select x.on_day from kyodo.event x
   where x.case_id = a.事案 and x.number < a.版
     and (a.種類 = 'ImprovementOrdered' and x.kind = 'ExplanationInvited'
            and x.body::jsonb ->> 'improvement' = a.本文 ->> 'improvement'
          or a.種類 = 'DesignationRevoked' and x.kind = 'HearingNotified')
   order by x.number desc limit 1) as 弁明聴聞の通知の日,
  a.本文 #>> '{remedy_notice,appeal}' as 審査請求の教示, a.本文 #>> '{remedy_notice,lawsuit}' as 訴えの教示
from audit.行為 a
left join lateral (
  select x.on_day from kyodo.event x
  where a.種類 = 'DesignationRevoked' and x.case_id = a.事案 and x.number > a.版 and x.kind = 'DeferredReasonsGiven'
  order by x.number limit 1
) g on true
where a.種類 in ('ApplicationRefused', 'DesignationRefused', 'ImprovementOrdered', 'OrderDeadlineExtended', 'DesignationRevoked', 'RenewalRefused');
