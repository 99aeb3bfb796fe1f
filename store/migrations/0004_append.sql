-- The only way in. One row of the arrays per event; a request is the rows of one case, of which
-- there is at most one per call. All requests of a call are committed together.
--
-- Outcomes, one row per event written or per request not written:
--   written   number, hash, recorded_at of the event
--   known     the command was recorded before: number is its last event, hash that event's
--   reused    the command id was recorded before with another digest
--   conflict  the case has moved on; number is its head
--   behind    the case is shorter than expected; number is its head (0: there is no such case)

create function kyodo.append(
  cases text[], ordinals integer[], sizes integer[], expecteds integer[], opens boolean[],
  commands text[], digests bytea[], salts bytea[], bodies text[],
  personal_cases text[], personal_ordinals integer[], personal_of text[],
  personal_salts bytea[], personal_texts text[]
)
returns table (case_id text, outcome text, number integer, hash bytea, recorded_at timestamptz)
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $append$
#variable_conflict use_column
declare
  -- Taken before any nextval: the sequencer relies on a writer's transaction id being older
  -- than the numbers it holds.
  own_xid constant xid8 := pg_current_xact_id();
  claimed text[];
  all_claimed boolean;
  moment timestamptz;
  micros bigint;
begin
  if 0 = any (expecteds) then
    insert into kyodo.head (case_id, municipality, number, hash, open)
    select r.case_id, split_part(r.case_id, '-', 2), 0, '\x'::bytea, true
    from unnest(cases, expecteds, ordinals) as r (case_id, expected, ordinal)
    where r.expected = 0 and r.ordinal = 1
    order by r.case_id
    on conflict do nothing;
  end if;

  with held as (
    select r.case_id, r.command_id, r.digest, r.size, r.expected, h.number
    from unnest(cases, ordinals, sizes, expecteds, commands, digests)
           as r (case_id, ordinal, size, expected, command_id, digest)
    join kyodo.head h on h.case_id = r.case_id
    where r.ordinal = 1
    order by r.case_id
    for no key update of h
  ), taken as (
    insert into kyodo.command (case_id, command_id, digest, first, last)
    select held.case_id, held.command_id, held.digest, held.number + 1, held.number + held.size
    from held
    where held.number = held.expected
    on conflict do nothing
    returning command.case_id
  )
  select coalesce(array_agg(taken.case_id), '{}') into claimed from taken;

  all_claimed := cardinality(claimed) = cardinality(array_positions(ordinals, 1));
  if not all_claimed then
    return query select * from kyodo.unclaimed(cases, ordinals, expecteds, commands, digests, claimed);
  end if;

  for step in 1 .. (select max(s) from unnest(sizes) as s) loop
    moment := clock_timestamp();
    micros := extract(epoch from moment) * 1000000;
    return query
    with written as (
      insert into kyodo.event as e (
        municipality, case_id, number, xid, seq, kind, on_day, recorded_at,
        person, office, role, acting_for, law, article, paragraph, item, ordinance,
        command_id, command_digest, salt, body, body_digest, previous, hash
      )
      select
        h.municipality, h.case_id, h.number + 1, own_xid, nextval('kyodo.event_seq'),
        act.kind, case when act."on" ~ '^\d{4}-\d\d-\d\d$' then act."on"::date end, moment,
        act.by ->> 'person', act.by ->> 'office', act.by ->> 'role',
        act.by #>> '{acting,office}',
        act.basis ->> 'law', act.basis ->> 'article', (act.basis ->> 'paragraph')::integer,
        act.basis ->> 'item', act.ordinance,
        r.command_id, r.digest, r.salt, r.body, d.digest, h.hash,
        sha256(convert_to(json_build_array(
          'kyodo.v1', h.municipality, h.case_id, h.number + 1, r.command_id,
          encode(r.digest, 'hex'), micros, encode(d.digest, 'hex'), encode(h.hash, 'hex')
        )::text, 'UTF8'))
      from unnest(cases, ordinals, commands, digests, salts, bodies)
             as r (case_id, ordinal, command_id, digest, salt, body)
      join kyodo.head h on h.case_id = r.case_id
      cross join lateral jsonb_to_record(r.body::jsonb)
             as act (kind text, "on" text, by jsonb, basis jsonb, ordinance text)
      cross join lateral
             (select sha256(r.salt || convert_to(r.body, 'UTF8')) as digest offset 0) as d
      where r.ordinal = step and (all_claimed or r.case_id = any (claimed))
      returning e.case_id, e.number, e.hash
    )
    update kyodo.head h
    set number = written.number, hash = written.hash
    from written
    where h.case_id = written.case_id
    returning h.case_id, 'written', h.number, h.hash, moment;
  end loop;

  update kyodo.head h
  set open = r.open
  from unnest(cases, ordinals, opens) as r (case_id, ordinal, open)
  where r.ordinal = 1 and h.case_id = r.case_id and h.open <> r.open
    and (all_claimed or r.case_id = any (claimed));

  if cardinality(personal_cases) > 0 then
    insert into kyodo.personal (case_id, number, sealed, of, salt, text)
    select p.case_id, c.first - 1 + p.ordinal,
           sha256(p.salt || convert_to(p.text, 'UTF8')), p.of, p.salt, p.text
    from unnest(personal_cases, personal_ordinals, personal_of, personal_salts, personal_texts)
           as p (case_id, ordinal, of, salt, text)
    join unnest(cases, ordinals, commands) as r (case_id, ordinal, command_id)
      on r.case_id = p.case_id and r.ordinal = 1
    join kyodo.command c on c.case_id = r.case_id and c.command_id = r.command_id
    where all_claimed or p.case_id = any (claimed);
  end if;
end
$append$;

create function kyodo.unclaimed(
  cases text[], ordinals integer[], expecteds integer[], commands text[], digests bytea[],
  claimed text[]
)
returns table (case_id text, outcome text, number integer, hash bytea, recorded_at timestamptz)
language sql stable
set search_path = pg_catalog, pg_temp
as $unclaimed$
  select
    r.case_id,
    case
      when c.digest = r.digest then 'known'
      when c.digest is not null then 'reused'
      when coalesce(h.number, 0) > r.expected then 'conflict'
      else 'behind'
    end,
    case when c.digest = r.digest then c.last else coalesce(h.number, 0) end,
    e.hash,
    e.recorded_at
  from unnest(cases, ordinals, expecteds, commands, digests)
         as r (case_id, ordinal, expected, command_id, digest)
  left join kyodo.head h on h.case_id = r.case_id
  left join kyodo.command c on c.case_id = r.case_id and c.command_id = r.command_id
  left join kyodo.event e on e.case_id = r.case_id and e.number = c.last
  where r.ordinal = 1 and r.case_id <> all (claimed)
$unclaimed$;
