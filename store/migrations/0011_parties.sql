-- 当事者: A case of several governments. The events that name the parties give each of them sight of
-- the case, whoever keeps its file; an act inside one government (`reserved_to`) is seen by that one
-- alone, and not by whoever keeps the file either. What a single government keeps is seen as before.

create table kyodo.party (
  case_id      text collate "C" not null,
  municipality text collate "C" not null,
  constraint party_key primary key (case_id, municipality)
);
create index party_by_municipality on kyodo.party (municipality, case_id);
comment on table kyodo.party is '当事者: 二以上の団体の事案を、どの団体が見るか。当事者を挙げた事実から';

alter table kyodo.event add column reserved_to text collate "C";
alter table kyodo.act add column reserved_to text collate "C";
alter table kyodo.standing add column reserved_to text collate "C";
create index event_reserved on kyodo.event (case_id, number) where reserved_to is not null;
comment on column kyodo.event.reserved_to is '団体の内部の行為のとき、その団体（body の reserved_to）';

-- Every event passes here on its way in, however it is inserted; the trigger itself leaves out 指定,
-- whose cases have one government.
create function kyodo.note_parties() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $parties$
declare
  act constant jsonb := new.body::jsonb;
begin
  new.reserved_to := act ->> 'reserved_to';
  if new.reserved_to is null and jsonb_typeof(act -> 'parties') = 'array' then
    insert into kyodo.party (case_id, municipality)
    select new.case_id, one from jsonb_array_elements_text(act -> 'parties') as one
    order by one
    on conflict do nothing;
  end if;
  return new;
end
$parties$;
create trigger note_parties before insert on kyodo.event
  for each row when (left(new.case_id, 3) <> '指定-') execute function kyodo.note_parties();
create trigger nothing_changes before update or delete or truncate on kyodo.party
  for each statement execute function kyodo.refuse_change();
alter table kyodo.event enable always trigger note_parties;
alter table kyodo.party enable always trigger nothing_changes;

-- The cases of several governments that this session sees as one of them.
create function kyodo.shared_cases() returns text[]
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $shared$
  select coalesce(array_agg(distinct p.case_id), '{}') from kyodo.party p
  where p.municipality = any (kyodo.places())
$shared$;

-- The links of acts that are in cases this session sees and are not for it to see: with them the
-- chain of such a case is verified past them. Digests, and nothing of what was done.
create function kyodo.withheld()
returns table (case_id text, number integer, hash bytea)
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $withheld$
  select e.case_id, e.number, e.hash from kyodo.event e
  where e.reserved_to is not null and e.reserved_to <> all (kyodo.places())
    and (e.municipality = any (kyodo.places()) or e.case_id = any (kyodo.shared_cases()))
$withheld$;

do $policies$
declare
  seen text;
  place text;
  -- Whether the session sees a case at all; then, whether it sees an act of it.
  the_case constant text :=
    '((select kyodo.places()) is null or %1$s = any ((select kyodo.places())::text[])
      or left(case_id, 3) <> ''指定-'' and case_id = any ((select kyodo.shared_cases())::text[]))';
  its_own constant text :=
    '((select kyodo.places()) is null or reserved_to is null or reserved_to = any ((select kyodo.places())::text[]))';
  the_event constant text :=
    '(left(case_id, 3) = ''指定-'' or exists (
       select from kyodo.event e where e.case_id = %1$I.case_id and e.number = %1$I.number))';
begin
  foreach seen in array array['event', 'act', 'standing', 'head', 'log', 'personal', 'party'] loop
    place := case when seen in ('log', 'personal', 'party') then 'split_part(case_id, ''-'', 2)' else 'municipality' end;
    execute format('drop policy if exists auditor on kyodo.%I', seen);
    execute format('create policy auditor on kyodo.%I for select to kyodo_auditor using (%s)', seen, concat_ws(' and ',
      case when seen = 'personal' then '(select kyodo.sees_personal())' end,
      format(the_case, place),
      case when seen in ('event', 'act', 'standing') then its_own
           when seen in ('log', 'personal') then format(the_event, seen) end));
  end loop;
  -- The key of a person belongs to whoever keeps the file, and opens what the session sees in it.
  drop policy auditor on kyodo.person_key;
  create policy auditor on kyodo.person_key for select to kyodo_auditor using (
    (select kyodo.sees_personal())
    and ((select kyodo.places()) is null or municipality = any ((select kyodo.places())::text[])
         or cardinality((select kyodo.shared_cases())::text[]) > 0 and exists (
           select from kyodo.personal p
           where split_part(p.case_id, '-', 2) = person_key.municipality and p.of = person_key.of
             and p.key_id = person_key.id)));
end
$policies$;

alter table kyodo.party enable row level security;
revoke all on kyodo.party from public;
revoke all on function kyodo.note_parties, kyodo.shared_cases, kyodo.withheld from public;
grant select on kyodo.party to kyodo_auditor;
grant execute on function kyodo.shared_cases, kyodo.withheld to kyodo_auditor;

-- As before, but for the scope: the cases shared with a government of the session, and no act that is
-- another's own.
create or replace function kyodo.asked_for(asked jsonb) returns text
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $asked$
declare
  places constant text[] := kyodo.places();
  shared constant text[] := kyodo.shared_cases();
  found text := 'true';
  one record;
  latest constant text := 'exists (select from kyodo.standing s where s.case_id = a.case_id
    and s.number = (select max(n.number) from kyodo.standing n where n.case_id = a.case_id)';
begin
  if places is not null then
    found := found || case when cardinality(shared) = 0
        then format(' and a.municipality = any (%L::text[])', places)
        else format(' and (a.municipality = any (%L::text[]) or a.case_id = any (%L::text[]))', places, shared) end
      || format(' and (a.reserved_to is null or a.reserved_to = any (%L::text[]))', places);
  end if;
  for one in select key, value from jsonb_each_text(asked) loop
    found := found || case one.key
      when 'municipalities' then format(' and a.municipality = any (%L::text[])', array(select jsonb_array_elements_text(asked -> one.key)))
      when 'kinds' then format(' and a.kind = any (%L::text[])', array(select jsonb_array_elements_text(asked -> one.key)))
      when 'persons' then format(' and (a.person = any (%1$L::text[]) or a.drafter = any (%1$L::text[]))', array(select jsonb_array_elements_text(asked -> one.key)))
      when 'cases' then format(' and a.case_id = any (%L::text[])', array(select jsonb_array_elements_text(asked -> one.key)))
      when 'law' then case when asked ? 'article' then '' else format(' and a.law = %L', one.value) end
      when 'article' then format(
        ' and (a.law = %3$L and a.article = %1$L and (%2$L::integer is null or a.paragraph = %2$L::integer)
               or a.planned_article = %1$L and (%2$L::integer is null or a.planned_paragraph = %2$L::integer))',
        one.value, asked ->> 'paragraph', asked ->> 'law')
      when 'paragraph' then ''
      when 'item' then format(' and a.item = %L', one.value)
      when 'since' then format(' and a.on_day >= %L::date', one.value)
      when 'until' then format(' and a.on_day <= %L::date', one.value)
      when 'known_since' then format(' and a.recorded_at >= %L::timestamptz', one.value)
      when 'known_until' then format(' and a.recorded_at <= %L::timestamptz', one.value)
      when 'late_days' then format(' and (a.recorded_at at time zone ''Asia/Tokyo'')::date - a.on_day >= %L::integer', one.value)
      when 'stage' then format(' and %s and s.stage like ''%%'' || %L || ''%%'')', latest, one.value)
      when 'open' then format(' and %s and s.open = %L::boolean)', latest, one.value)
      when 'overdue_on' then format(' and %s and s.next_due < %L::date)', latest, one.value)
      when 'after' then format(' and a.position > %L::bigint', one.value)
      when 'grams' then format(' and a.grams @> %L::integer[]', array(select jsonb_array_elements_text(asked -> one.key)))
      when 'written' then format(' and position(%L in e.body) > 0', one.value)
    end;
  end loop;
  return found;
end
$asked$;

-- As before, with the deadlines of agreements: roles, and the session at which 専決処分 is reported.
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
  select distinct on (x.thread) x.number, x.kind, x.on_day, case when x.kind = 'ApplicationArrived'
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
      when e.kind in ('RoleLaidDown', 'RoleFulfilled') then 'role ' || (e.body::jsonb ->> 'role')
      when e.kind in ('DecidedForCouncil', 'CouncilInformed') then 'council ' || (e.body::jsonb ->> 'number')
      when e.kind in ('HearingNotified', 'HearingSessionHeld', 'HearingReopened', 'RevocationDeclined') then 'hearing'
      end as thread
    from kyodo.event e
    where h.open and e.case_id = h.case_id
      and e.number > coalesce((select max(r.number) from kyodo.event r where r.case_id = h.case_id and r.kind = 'DesignationRevoked'), 0)
  ) as x
  where x.thread is not null
  order by x.thread, x.number desc
) t
left join audit.行為の種類 k on k.種類 = t.kind
left join lateral (
  select e.on_day from kyodo.event e
  where e.case_id = h.case_id and e.number > t.number and e.body::jsonb #>> '{due,key}' = t.ledger ->> 'key'
    and e.kind in ('StandardPeriodPassed', 'CorrectionLapsed', 'ReportOverdue', 'ExplanationLapsed', 'OrderDeadlinePassed',
                   'RoleOverdue', 'CouncilInformedLate')
  order by e.number limit 1
) p on true
where h.open and t.ledger is not null;
