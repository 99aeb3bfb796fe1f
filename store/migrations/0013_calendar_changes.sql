-- 暦の変更（法第4条の2第4項、告示）:
-- a deadline says by which 告示 it was extended, and is found as the change of the calendar left it.

create or replace function audit.期限の説明(期限 jsonb) returns text
language sql stable parallel safe
return concat_ws(E'\n',
  case when 期限 #>> '{period,length}' is null
    then '指定: ' || (期限 ->> 'origin') || ' ' || (期限 ->> 'origin_title') || 'で定めた日（' || audit.条項(期限 -> 'basis') || '）'
    else '起算: ' || (期限 ->> 'origin') || ' ' || (期限 ->> 'origin_title') || '（初日不算入、民法第140条）により '
      || to_char(audit.日(期限 ->> 'origin') + 1, 'YYYY-MM-DD') || ' から数える' || E'\n'
      || '期間: ' || (期限 #>> '{period,length}')
      || case 期限 #>> '{period,unit}' when '月' then 'か月' else 期限 #>> '{period,unit}' end || '（' || (期限 #>> '{period,basis}') || '）' end,
  (select string_agg('停止: ' || (t.value ->> 'since') || case when t.until is null then ' から、終わりは未定'
                       else ' から ' || (t.value ->> 'until') || ' まで' || t.until - t.since + 1 || '日' end
                     || '（' || (t.value ->> 'reason') || '）', E'\n' order by t.ordinality)
   from (select s.value, s.ordinality, audit.日(s.value ->> 'until') as until,
                greatest(audit.日(s.value ->> 'since'), audit.日(期限 ->> 'origin') + 1) as since
         from jsonb_array_elements(audit.列(期限 -> 'suspensions'))
                with ordinality as s) as t),
  '末日 ' || (期限 #>> '{roll,since}') || ' は' || (期限 #>> '{roll,reason}') || 'のため ' || (期限 #>> '{roll,until}')
    || ' に繰り下げる（' || (期限 #>> '{roll,rule}') || '）',
  '延長: ' || (期限 #>> '{extension,since}') || ' を、' || (期限 #>> '{extension,reason}') || 'のため '
    || (期限 #>> '{extension,until}') || ' に延長する（' || (期限 #>> '{extension,rule}') || '）',
  '期限: ' || coalesce((期限 ->> 'day') || '（' || substr('月火水木金土日', extract(isodow from audit.日(期限 ->> 'day'))::integer, 1) || '）',
    case when 期限 @@ '$.suspensions[*].until == null' then '停止中のため定まらない' else '開庁日で数えるため、補正が終わると定まる' end));

-- 期限: also what a change of the calendar moved.

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
    -- What an amendment for running cases or a change of the calendar moved, in the place of what it moved.
    select e.number, e.kind, e.on_day, null, m.value -> 'after', case split_part(m.value #>> '{after,key}', '-', 1)
      when 'standard' then 'application'
      when 'correction' then 'correction'
      when 'report' then 'report ' || split_part(m.value #>> '{after,key}', '-', 2)
      when 'explanation' then 'improvement ' || split_part(m.value #>> '{after,key}', '-', 2)
      end
    from kyodo.event e cross join jsonb_array_elements(audit.列(e.body::jsonb -> 'moved')) as m
    where h.open and e.case_id = h.case_id and e.kind in ('RulesChanged', 'CalendarChangeApplied')
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
