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

-- 期限: also the term of a designation, and what an amendment of the ordinance moved. A renewal that
-- was applied for in time but entered after the end had been noted leaves the designation as it was.

create or replace view audit.期限 with (security_invoker = true) as
select
  h.case_id as 事案, h.municipality as 団体コード, audit.団体名(h.municipality) as 団体名, t.ledger ->> 'title' as 期限の名,
  audit.日(t.ledger ->> 'day') as 期限, audit.日(t.ledger ->> 'day') - audit.今日() as 期限までの日数,
  coalesce(audit.日(t.ledger ->> 'day') = s.next_due and t.ledger ->> 'title' = s.next_due_title, false) as 次に来る,
  audit.条項(t.ledger -> 'basis') as 条項, audit.日(t.ledger ->> 'origin') as 起算日, audit.期限の説明(t.ledger) as 説明,
  t.number as 定めた版, k.行為 as 定めた行為, t.on_day as 定めた日, p.on_day as 経過を記録した日
from kyodo.head h
left join lateral (
  select * from kyodo.standing s where s.case_id = h.case_id order by s.number desc limit 1
) s on true
cross join lateral (
  -- The last act about each deadline says what it is; an act that ends it says null.
  (select distinct on (x.thread) x.number, x.kind, x.on_day, case when x.kind = 'ApplicationArrived'
    then audit.標準処理期間(h.case_id, x.on_day, x.act -> 'standard_period', case when s.next_due_title = '標準処理期間の末日' then s.next_due end)
    else coalesce(x.ledger, nullif(x.act -> 'due', 'null'), nullif(x.act -> 'day', 'null'), nullif(x.act -> 'next_day', 'null')) end as ledger
  from (
    select e.number, e.kind, e.on_day, e.body::jsonb as act, null::jsonb as ledger, case
      when e.kind in ('ApplicationArrived', 'DesignationGranted', 'DesignationRefused') then 'application'
      when e.kind in ('CorrectionRequested', 'CorrectionSubmitted') then 'correction'
      when e.kind in ('ReportRequested', 'ReportReceived', 'ReportRequestClosed') then 'report ' || (e.body::jsonb ->> 'report')
      when e.kind in ('ExplanationInvited', 'ExplanationSubmitted', 'ImprovementOrdered', 'ImprovementOrderNotMade',
                      'OrderDeadlineExtended', 'ImprovementOrderFulfilled', 'OrderViolationFound')
        then 'improvement ' || (e.body::jsonb ->> 'improvement')
      when e.kind in ('HearingNotified', 'HearingSessionHeld', 'HearingReopened', 'RevocationDeclined') then 'hearing'
      end as thread
    from kyodo.event e
    where h.open and e.case_id = h.case_id
      and e.number > coalesce((select max(r.number) from kyodo.event r where r.case_id = h.case_id and (r.kind in ('DesignationRevoked', 'DesignationRelinquished', 'BodyDissolved')
          or r.kind = 'TermExpired' and not exists (
            select from kyodo.event a where a.case_id = r.case_id and a.number > r.number and a.kind = 'RenewalApplied'))), 0)
    union all
    -- The term a designation was given, and the one it was renewed for.
    select e.number, e.kind, e.on_day, null, nullif(e.body::jsonb #> '{conditions,expires}', 'null'), 'term'
    from kyodo.event e
    where h.open and e.case_id = h.case_id and e.kind in ('DesignationGranted', 'RenewalGranted')
      and e.number > coalesce((select max(r.number) from kyodo.event r where r.case_id = h.case_id and (r.kind in ('DesignationRevoked', 'DesignationRelinquished', 'BodyDissolved')
          or r.kind = 'TermExpired' and not exists (
            select from kyodo.event a where a.case_id = r.case_id and a.number > r.number and a.kind = 'RenewalApplied'))), 0)
    union all
    -- What an amendment for running cases moved, in the place of what it moved.
    select e.number, e.kind, e.on_day, null, m.value -> 'after', case split_part(m.value #>> '{after,key}', '-', 1)
      when 'standard' then 'application'
      when 'correction' then 'correction'
      when 'report' then 'report ' || split_part(m.value #>> '{after,key}', '-', 2)
      when 'explanation' then 'improvement ' || split_part(m.value #>> '{after,key}', '-', 2)
      end
    from kyodo.event e cross join jsonb_array_elements(audit.列(e.body::jsonb -> 'moved')) as m
    where h.open and e.case_id = h.case_id and e.kind = 'RulesChanged'
  ) as x
  where x.thread is not null
  order by x.thread, x.number desc)
  union all
  -- Those of contracts and leases, which a revocation does not end.
  (select distinct on (x.thread) x.number, x.kind, x.on_day, nullif(x.ledger, 'null') as ledger
  from (
    select e.number, e.kind, e.on_day, d.thread, d.ledger
    from kyodo.event e
    cross join lateral (select e.body::jsonb as act) as b
    cross join lateral (
      select 'contract ' || (b.act ->> 'contract') as thread, b.act -> 'due' as ledger
      where e.kind in ('ContractConcluded', 'ContractAmended')
      union all
      select 'contract ' || (b.act ->> 'contract'), null
      where e.kind = 'ContractTerminated' or (e.kind = 'ContractPaid' and b.act -> 'last' = 'true')
      union all
      select l.what || ' ' || (b.act ->> 'lease'), case when e.kind = 'LeaseConcluded' or m.moved then b.act -> l.field end
      from (values
        ('lease', 'due', 'TermEndNotified', true), ('lease use', 'use_begins', 'UseConfirmed', false),
        ('lease use-end', 'use_ends', 'UsePeriodPassed', false), ('lease notice', 'notice', 'TermEndNotified', false)
      ) as l (what, field, on_kind, moves)
      cross join lateral (select l.moves and e.kind = l.on_kind as moved) as m
      where e.kind in ('LeaseConcluded', 'LeaseTerminated', 'LeaseCancelledForNeed', 'LeaseCancelledForBreach', 'PropertyReturned', l.on_kind)
    ) as d
    where h.open and e.case_id = h.case_id
  ) as x
  order by x.thread, x.number desc)
) t
left join audit.行為の種類 k on k.種類 = t.kind
left join lateral (
  select e.on_day from kyodo.event e
  where e.case_id = h.case_id and e.number > t.number and e.body::jsonb #>> '{due,key}' = t.ledger ->> 'key'
    and e.kind in ('StandardPeriodPassed', 'CorrectionLapsed', 'ReportOverdue', 'ExplanationLapsed', 'OrderDeadlinePassed', 'TermExpired',
                   'ContractTermPassed', 'UseDayPassed', 'TermNoticeMissed', 'LeaseTermPassed')
  order by e.number limit 1
) p on true
where h.open and t.ledger is not null;
