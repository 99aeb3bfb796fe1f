-- 随意契約の履行の期限、貸付けの期間・用途・通知の期限（法第260条の49第6項–第9項）:
-- the view of open deadlines, with those of contracts and leases.

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
    else coalesce(nullif(x.act -> 'due', 'null'), nullif(x.act -> 'day', 'null'), nullif(x.act -> 'next_day', 'null')) end as ledger
  from (
    select e.number, e.kind, e.on_day, e.body::jsonb as act, case
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
      and e.number > coalesce((select max(r.number) from kyodo.event r where r.case_id = h.case_id and r.kind = 'DesignationRevoked'), 0)
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
    and e.kind in ('StandardPeriodPassed', 'CorrectionLapsed', 'ReportOverdue', 'ExplanationLapsed', 'OrderDeadlinePassed',
                   'ContractTermPassed', 'UseDayPassed', 'TermNoticeMissed', 'LeaseTermPassed')
  order by e.number limit 1
) p on true
where h.open and t.ledger is not null;
