-- What is written stays: the triggers bind everybody, the owner of the tables included, and
-- fire even where a session calls itself a replica.

create function kyodo.refuse_change() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $refuse$
begin
  raise exception '%.% は追記のみです。記録した事実は変更も削除もできません（%）',
    tg_table_schema, tg_table_name, tg_op
    using errcode = 'restrict_violation';
end
$refuse$;

do $triggers$
declare
  kept text;
begin
  foreach kept in array array['event', 'personal', 'log'] loop
    execute format(
      'create trigger nothing_changes before update or delete or truncate on kyodo.%I
       for each statement execute function kyodo.refuse_change()', kept);
  end loop;
  foreach kept in array array['head', 'progress'] loop
    execute format(
      'create trigger nothing_changes before delete or truncate on kyodo.%I
       for each statement execute function kyodo.refuse_change()', kept);
  end loop;
  foreach kept in array array['event', 'personal', 'log', 'head', 'progress'] loop
    execute format('alter table kyodo.%I enable always trigger nothing_changes', kept);
    execute format('alter table kyodo.%I enable row level security', kept);
  end loop;
end
$triggers$;

-- Which municipalities a login may look at; '*' is all of them. A session may narrow its view
-- further with the setting kyodo.municipality (a list with commas), never widen it.
create table kyodo.reach (
  login        text not null,
  municipality text not null,
  primary key (login, municipality)
);
insert into kyodo.reach (login, municipality) values (current_user, '*');

create function kyodo.within_reach() returns text[]
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $within$
  select coalesce(array_agg(municipality), '{}') from kyodo.reach where login = session_user
$within$;

create function kyodo.narrowed_to() returns text[]
language sql stable
set search_path = pg_catalog, pg_temp
as $narrowed$
  select string_to_array(coalesce(nullif(current_setting('kyodo.municipality', true), ''), '*'), ',')
$narrowed$;

do $policies$
declare
  seen text;
  allowed constant text :=
    '((select ''*'' = any (kyodo.within_reach())) or %1$s = any ((select kyodo.within_reach())::text[]))
     and ((select ''*'' = any (kyodo.narrowed_to())) or %1$s = any ((select kyodo.narrowed_to())::text[]))';
begin
  foreach seen in array array['event', 'head', 'personal', 'log'] loop
    execute format('create policy auditor on kyodo.%I for select to kyodo_auditor using (%s)', seen,
      format(allowed, case when seen in ('event', 'head') then 'municipality'
                           else 'split_part(case_id, ''-'', 2)' end));
    execute format('create policy writer on kyodo.%I for select to kyodo_writer using (true)', seen);
    execute format('create policy sequencer on kyodo.%I for select to kyodo_sequencer using (true)', seen);
  end loop;
end
$policies$;
create policy sequencer_adds on kyodo.log for insert to kyodo_sequencer with check (true);
create policy sequencer_reads on kyodo.progress for select to kyodo_sequencer using (true);
create policy sequencer_moves on kyodo.progress for update to kyodo_sequencer using (true) with check (true);
create policy auditor_reads on kyodo.progress for select to kyodo_auditor using (true);

revoke all on all tables in schema kyodo from public;
revoke all on all sequences in schema kyodo from public;
revoke all on all functions in schema kyodo from public;

grant execute on function kyodo.append, kyodo.append_one to kyodo_writer;
grant select on kyodo.event, kyodo.head, kyodo.personal to kyodo_writer;
grant select on kyodo.event, kyodo.head, kyodo.personal, kyodo.log, kyodo.progress
  to kyodo_auditor;
grant execute on function kyodo.within_reach, kyodo.narrowed_to to kyodo_auditor;
grant select on kyodo.event, kyodo.log, kyodo.progress to kyodo_sequencer;
grant insert on kyodo.log to kyodo_sequencer;
grant update on kyodo.progress to kyodo_sequencer;
