-- What auditors ask of: an index of all acts, how every case stood after each act, and who looked
-- at what. The first two are made from the record and can be made again; the last is append-only.

do $roles$
begin
  begin
    create role kyodo_projector nologin;
  exception when duplicate_object or unique_violation then
    null;
  end;
  begin
    execute format('grant kyodo_projector to %I with set true, inherit false', current_user);
  exception when insufficient_privilege or unique_violation then
    null;
  end;
  grant usage on schema kyodo to kyodo_projector;
end
$roles$;

create index head_by_municipality on kyodo.head (municipality, case_id);

create table kyodo.act (
  position     bigint not null primary key,
  municipality text collate "C" not null,
  case_id      text collate "C" not null,
  number       integer not null,
  kind         text collate "C" not null,
  on_day       date not null,
  recorded_at  timestamptz not null,
  person       text collate "C" not null,
  drafter      text collate "C",
  document     text,
  law          text not null,
  article      text collate "C" not null,
  paragraph    integer,
  item         text,
  planned_article   text collate "C",
  planned_paragraph integer,
  grams        integer[]
);
create index act_by_kind on kyodo.act (municipality, kind, on_day);
create index act_by_provision on kyodo.act (municipality, article, paragraph, on_day);
create index act_by_plan on kyodo.act (municipality, planned_article, planned_paragraph, on_day)
  where planned_article is not null;
create index act_by_person on kyodo.act (municipality, person, on_day);
create index act_by_day on kyodo.act (municipality, on_day);
create index act_by_phrase on kyodo.act using gin (grams);
comment on table kyodo.act is '行為の索引: 記録から作り直せる';
comment on column kyodo.act.planned_article is '手続の対象とする処分の条（弁明・聴聞の通知などの provision）';
comment on column kyodo.act.grams is '本文の連続する二文字（符号位置を 2 の 16 乗で重ねた値）';

create table kyodo.standing (
  case_id           text collate "C" not null,
  number            integer not null,
  municipality      text collate "C" not null,
  on_day            date not null,
  recorded_at       timestamptz not null,
  in_order          boolean not null,
  latest            date not null,
  late_from         date,
  late_until        date,
  open              boolean not null,
  stage             text not null,
  headline          text not null,
  next_due          date,
  next_due_title    text,
  obligations       integer not null,
  obligations_since date,
  constraint standing_key primary key (case_id, number)
);
comment on table kyodo.standing is '現況の推移: その版から次の行の版の前まで、事案がどうあったか。記録から作り直せる';
comment on column kyodo.standing.in_order is '法律上の日がここまで版の順に並んでいるか';
comment on column kyodo.standing.latest is 'この版までの法律上の日のうち最も遅い日';
comment on column kyodo.standing.late_from is '遅れて記録された行為の日。late_until の前日までの現況は、事案を読み直さないと分からない';
create index standing_late on kyodo.standing (case_id, late_from, late_until) where late_from is not null;

create table kyodo.projected (
  only_one boolean primary key default true check (only_one),
  position bigint not null
);
insert into kyodo.projected (position) values (0);

create table kyodo.access (
  number       bigint not null primary key,
  at           timestamptz not null,
  login        text not null,
  viewer       text not null,
  why          text not null,
  what         text not null,
  municipality text,
  case_id      text,
  detail       text not null,
  previous     bytea not null,
  hash         bytea not null
);
create index access_by_case on kyodo.access (case_id) where case_id is not null;
comment on table kyodo.access is '閲覧の記録: だれが、いつ、なぜ、何を見たか';
create table kyodo.access_head (
  only_one boolean primary key default true check (only_one),
  number   bigint not null,
  hash     bytea not null
);
insert into kyodo.access_head (number, hash) values (0, '\x');

-- One entry, before the look itself. Entries form a chain, so none can be taken out unseen.
create function kyodo.note_access(
  viewer text, why text, what text, municipality text, case_id text, detail text
)
returns bigint
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
as $note$
#variable_conflict use_variable
declare
  moment timestamptz;
  before kyodo.access_head;
  sealed bytea;
begin
  select * into before from kyodo.access_head for update;
  moment := clock_timestamp();
  sealed := sha256(convert_to(json_build_array(
    'kyodo.access.v1', before.number + 1, (extract(epoch from moment) * 1000000)::bigint,
    session_user::text, viewer, why, what, municipality, case_id, detail,
    encode(before.hash, 'hex'))::text, 'UTF8'));
  insert into kyodo.access values (
    before.number + 1, moment, session_user, viewer, why, what, municipality, case_id, detail,
    before.hash, sealed);
  update kyodo.access_head set number = before.number + 1, hash = sealed;
  return before.number + 1;
end
$note$;

-- The municipalities of this session: what its login may see, narrowed by its setting; null is all.
create function kyodo.places() returns text[]
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $places$
declare
  reach constant text[] := kyodo.within_reach();
  narrowed constant text[] := kyodo.narrowed_to();
begin
  if '*' = any (reach) then
    return case when '*' = any (narrowed) then null else narrowed end;
  elsif '*' = any (narrowed) then
    return reach;
  end if;
  return coalesce((select array_agg(place) from unnest(reach) place where place = any (narrowed)), '{}');
end
$places$;

-- The condition on kyodo.act that `asked` describes; every value is quoted.
create function kyodo.asked_for(asked jsonb) returns text
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $asked$
declare
  places constant text[] := kyodo.places();
  found text := 'true';
  one record;
  latest constant text := 'exists (select from kyodo.standing s where s.case_id = a.case_id
    and s.number = (select max(n.number) from kyodo.standing n where n.case_id = a.case_id)';
begin
  if places is not null then
    found := found || format(' and a.municipality = any (%L::text[])', places);
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

-- Acts as asked for, in the order of the log, at most `most`. Row-level security would keep the
-- index of phrases from being used (its operator is not leakproof), so the scope is checked here.
-- A phrase that stands in every tenth act is found soonest by reading on, one that is rare by the
-- index, which would first gather every act with a frequent one. So the log is read on for as long as
-- one act in twenty is found.
create function kyodo.find_acts(asked jsonb, most integer)
returns table (
  "position" bigint, municipality text, case_id text, number integer, kind text, on_day date,
  recorded_at timestamptz, person text, office text, acting_for text, law text, article text,
  paragraph integer, item text, ordinance text, body text
)
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
set jit = off
-- What is switched off below is switched off for this function only.
set enable_seqscan = on
set enable_indexscan = on
set enable_bitmapscan = on
as $find$
declare
  wanted constant text := kyodo.asked_for(asked);
  query constant text :=
    'select a.position, a.municipality, a.case_id, a.number, a.kind, a.on_day, a.recorded_at,
            a.person, e.office, e.acting_for, a.law, a.article, a.paragraph, a.item, e.ordinance,
            e.body
     from kyodo.act a join kyodo.event e on e.case_id = a.case_id and e.number = a.number
     where %s and %s %s limit %s';
  span integer := 200;
  reached bigint := coalesce((asked ->> 'after')::bigint, 0);
  left_over integer := most;
  found integer;
begin
  if not asked ? 'grams' then
    return query execute format(query, wanted, 'true', 'order by a.position', most);
    return;
  end if;
  perform set_config('enable_bitmapscan', 'off', true);
  while most <= 10000 loop
    return query execute format(
      query, wanted, format('a.position > %s and a.position <= %s', reached, reached + span),
      'order by a.position', left_over);
    get diagnostics found = row_count;
    reached := reached + span;
    left_over := left_over - found;
    if left_over = 0 then
      return;
    end if;
    exit when found * 20 < span;
    span := least(2 * span, 3200);
  end loop;
  perform set_config('enable_bitmapscan', 'on', true), set_config('enable_seqscan', 'off', true),
    set_config('enable_indexscan', 'off', true);
  return query execute format(query, wanted, format('a.position > %s', reached), '', left_over);
end
$find$;

-- How many acts as asked for, in groups.
create function kyodo.count_acts(asked jsonb, grouped text[])
returns table (keys text[], acts bigint, cases bigint)
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
set jit = off
as $count$
declare
  keys text;
begin
  select string_agg(case one
    when 'municipality' then 'a.municipality' when 'kind' then 'a.kind'
    when 'person' then 'a.person' when 'provision' then 'concat_ws(''-'', a.law, a.article, a.paragraph)'
    when 'month' then 'to_char(a.on_day, ''YYYY-MM'')'
    when 'fiscal_year' then '(extract(year from a.on_day - interval ''3 months''))::text' end, ', ')
  into keys from unnest(grouped) one;
  return query execute format(
    'select array[%s]::text[], count(*), count(distinct a.case_id)
     from kyodo.act a %s where %s group by 1 order by 1',
    keys,
    case when asked ? 'written'
      then 'join kyodo.event e on e.case_id = a.case_id and e.number = a.number' end,
    kyodo.asked_for(asked));
end
$count$;

create trigger nothing_changes before update or delete or truncate on kyodo.access
  for each statement execute function kyodo.refuse_change();
create trigger nothing_changes before delete or truncate on kyodo.access_head
  for each statement execute function kyodo.refuse_change();
do $guards$
declare
  guarded text;
  allowed constant text :=
    '((select ''*'' = any (kyodo.within_reach())) or municipality = any ((select kyodo.within_reach())::text[]))
     and ((select ''*'' = any (kyodo.narrowed_to())) or municipality = any ((select kyodo.narrowed_to())::text[]))';
begin
  foreach guarded in array array['access', 'access_head'] loop
    execute format('alter table kyodo.%I enable always trigger nothing_changes', guarded);
  end loop;
  foreach guarded in array array['act', 'standing', 'projected', 'access', 'access_head'] loop
    execute format('alter table kyodo.%I enable row level security', guarded);
    execute format('revoke all on kyodo.%I from public', guarded);
    execute format('grant select on kyodo.%I to kyodo_auditor', guarded);
  end loop;
  foreach guarded in array array['act', 'standing', 'access'] loop
    execute format('create policy auditor on kyodo.%I for select to kyodo_auditor using (%s)', guarded, allowed);
  end loop;
  create policy auditor on kyodo.projected for select to kyodo_auditor using (true);
  create policy auditor on kyodo.access_head for select to kyodo_auditor using (true);
  -- A look across cases belongs to no municipality: it is shown to its own login, unless narrowed.
  create policy own_looks on kyodo.access for select to kyodo_auditor using (
    municipality is null and '*' = any ((select kyodo.narrowed_to())::text[])
    and (login = session_user or '*' = any ((select kyodo.within_reach())::text[])));
  foreach guarded in array array['act', 'standing', 'projected'] loop
    execute format('create policy projector on kyodo.%I for all to kyodo_projector using (true) with check (true)', guarded);
  end loop;
  foreach guarded in array array['event', 'log', 'head'] loop
    execute format('create policy projector on kyodo.%I for select to kyodo_projector using (true)', guarded);
  end loop;
end
$guards$;
grant select on kyodo.event, kyodo.log, kyodo.head to kyodo_projector;
grant select, insert, update, delete, truncate on kyodo.act, kyodo.standing to kyodo_projector;
grant select, update on kyodo.projected to kyodo_projector;
revoke all on function kyodo.note_access, kyodo.places, kyodo.asked_for, kyodo.find_acts,
  kyodo.count_acts from public;
grant execute on function kyodo.note_access, kyodo.places, kyodo.find_acts, kyodo.count_acts
  to kyodo_auditor;
