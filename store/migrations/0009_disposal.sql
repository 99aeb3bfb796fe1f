-- 廃棄・消去: What the law lets go goes, and that it went stays. Bodies are disposed of only where an
-- event of the case says so, and a person's key is destroyed only where every case that holds a
-- text about the person says so; digests and chain stay, so every proof still holds.

do $roles$
begin
  begin
    create role kyodo_disposal nologin;
  exception when duplicate_object or unique_violation then
    null;
  end;
  begin
    execute format('grant kyodo_disposal to %I with set true, inherit false', current_user);
  exception when insufficient_privilege or unique_violation then
    null;
  end;
  grant usage on schema kyodo to kyodo_disposal;
end
$roles$;

alter table kyodo.event
  alter column body drop not null,
  alter column salt drop not null,
  drop constraint adverse_act_is_complete;
alter table kyodo.event
  add constraint body_goes_with_its_salt check ((body is null) = (salt is null)),
  add constraint adverse_act_is_complete check (
    body is null
    or kind not in (
      'ApplicationRefused', 'DesignationRefused', 'ImprovementOrdered',
      'OrderDeadlineExtended', 'DesignationRevoked'
    )
    or kyodo.adverse_act_is_complete(kind, body)
  );
comment on column kyodo.event.body is '事実の本文（正規の JSON）。廃棄の後は空';

create function kyodo.is_disposed(disposed text, up_to integer) returns boolean
language sql stable
set search_path = pg_catalog, pg_temp
return exists (
  select from kyodo.event
  where case_id = disposed and kind = 'RecordDisposed' and number > up_to);

create function kyodo.only_disposal() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $only$
begin
  if tg_table_name = 'event' and tg_op = 'UPDATE' then
    if new.body is null and old.body is not null
      and to_jsonb(new) - array['body', 'salt'] = to_jsonb(old) - array['body', 'salt']
      and kyodo.is_disposed(old.case_id, old.number)
    then
      return new;
    end if;
  elsif tg_table_name = 'personal' and tg_op = 'DELETE' then
    if kyodo.is_disposed(old.case_id, old.number) then
      return old;
    end if;
  end if;
  raise exception '%.% は追記のみです。廃棄の事実がないものは変更も削除もできません（%）',
    tg_table_schema, tg_table_name, tg_op
    using errcode = 'restrict_violation';
end
$only$;

drop trigger nothing_changes on kyodo.event;
drop trigger nothing_changes on kyodo.personal;
create trigger nothing_changes before delete or truncate on kyodo.event
  for each statement execute function kyodo.refuse_change();
create trigger nothing_changes before update or truncate on kyodo.personal
  for each statement execute function kyodo.refuse_change();
create trigger only_disposal before update on kyodo.event
  for each row execute function kyodo.only_disposal();
create trigger only_disposal before delete on kyodo.personal
  for each row execute function kyodo.only_disposal();
alter table kyodo.event enable always trigger nothing_changes;
alter table kyodo.personal enable always trigger nothing_changes;
alter table kyodo.event enable always trigger only_disposal;
alter table kyodo.personal enable always trigger only_disposal;

-- Ends what a login does in a municipality beyond its reach.
create function kyodo.must_reach(place text) returns void
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $reach$
begin
  if not array['*', place] && kyodo.within_reach() then
    raise exception '団体 % の記録は、このログイン（%）の扱える範囲にありません', place, session_user
      using errcode = 'restrict_violation';
  end if;
end
$reach$;

-- The bodies of a closed case whose last event records their disposal; how many went.
create function kyodo.dispose(disposed text) returns bigint
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
as $dispose$
declare
  last kyodo.event;
  gone bigint;
begin
  perform kyodo.must_reach(split_part(disposed, '-', 2));
  select e.* into last from kyodo.head h
  join kyodo.event e on e.case_id = h.case_id and e.number = h.number
  where h.case_id = disposed and not h.open
  for update of h;
  if last.kind is distinct from 'RecordDisposed' then
    raise exception '事案 % には、終結の後に廃棄を記録した事実がありません', disposed
      using errcode = 'restrict_violation';
  end if;
  delete from kyodo.personal where case_id = disposed and number < last.number;
  update kyodo.event set body = null, salt = null
  where case_id = disposed and number < last.number and body is not null;
  get diagnostics gone = row_count;
  update kyodo.act
  set drafter = null, document = null, planned_article = null, planned_paragraph = null, grams = null
  where case_id = disposed and number < last.number;
  delete from kyodo.standing where case_id = disposed and number < last.number;
  return gone;
end
$dispose$;

-- The key of a person, once every case that holds a text about them records the erasure; how many
-- texts nobody can read any more.
create function kyodo.erase_person(place text, person text) returns bigint
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
as $erase$
#variable_conflict use_variable
declare
  unrecorded text;
  gone bigint;
begin
  perform kyodo.must_reach(place);
  delete from kyodo.person_key k where k.municipality = place and k.of = person;
  select min(p.case_id) into unrecorded from kyodo.personal p
  where split_part(p.case_id, '-', 2) = place and p.of = person
    and not exists (
      select from kyodo.event e
      where e.case_id = p.case_id and e.number > p.number and e.kind = 'PersonErased'
        and e.body::jsonb ->> 'subject' = person);
  if unrecorded is not null then
    raise exception '事案 % に、% の情報の消去を記録した事実がありません', unrecorded, person
      using errcode = 'restrict_violation';
  end if;
  select count(*) into gone from kyodo.personal p
  where split_part(p.case_id, '-', 2) = place and p.of = person;
  return gone;
end
$erase$;

-- The cases of a municipality that hold a text about a person, and the last event that holds one.
create function kyodo.cases_of_person(place text, person text)
returns table (case_id text, number integer)
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $cases$
  select p.case_id, max(p.number) from kyodo.personal p
  where split_part(p.case_id, '-', 2) = place and p.of = person
    and array['*', place] && kyodo.within_reach()
  group by p.case_id order by p.case_id
$cases$;

revoke all on function kyodo.is_disposed, kyodo.only_disposal, kyodo.must_reach, kyodo.dispose,
  kyodo.erase_person, kyodo.cases_of_person from public;
grant execute on function kyodo.dispose, kyodo.erase_person, kyodo.cases_of_person to kyodo_disposal;
-- What was let go also leaves the pages of the tables, once they are vacuumed.
grant maintain on kyodo.event, kyodo.personal, kyodo.person_key, kyodo.act, kyodo.standing
  to kyodo_disposal;
