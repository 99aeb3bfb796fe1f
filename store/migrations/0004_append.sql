-- The only way in. One row of the arrays per event; a request is the rows of one case, of which
-- there is at most one per call. All requests of a call are committed together.
--
-- Outcomes, one row per event written or per request not written:
--   written   number and hash of the event
--   known     the command was recorded before: number is its last event, hash that event's
--   reused    the command id was recorded before with another digest
--   conflict  the case has moved on; number is its head
--   behind    the case is shorter than expected; number is its head (0: there is no such case)

create function kyodo.append(
  cases text[], ordinals integer[], sizes integer[], expecteds integer[], opens boolean[],
  commands text[], digests bytea[], salts bytea[], bodies text[],
  personal_cases text[] default '{}', personal_ordinals integer[] default '{}',
  personal_of text[] default '{}', personal_salts bytea[] default '{}',
  personal_texts text[] default '{}'
)
returns table (case_id text, outcome text, number integer, hash bytea)
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
as $append$
#variable_conflict use_column
declare
  -- Taken before any nextval: the sequencer relies on a writer's transaction id being older
  -- than the numbers it holds.
  own_xid constant xid8 := pg_current_xact_id();
  closing text[] := '{}';
  step integer := 1;
  started integer;
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
  if false = any (opens) then
    closing := array(select r.case_id from unnest(cases, opens) as r (case_id, open) where not r.open);
  end if;

  -- Step n writes the n-th event of every request, each onto the head that step n - 1 left.
  while array_position(ordinals, step) is not null loop
    moment := clock_timestamp();
    micros := extract(epoch from moment) * 1000000;
    return query
    with held as (
      -- The heads stay locked until the commit; before any nextval, so that the events of a
      -- case are numbered in their order.
      select h.municipality, h.case_id, h.number + 1 as number, h.hash as previous,
             r.size, r.command_id, r.digest, r.salt, r.body
      from unnest(cases, ordinals, sizes, expecteds, commands, digests, salts, bodies)
             as r (case_id, ordinal, size, expected, command_id, digest, salt, body)
      join kyodo.head h on h.case_id = r.case_id and h.number = r.expected + step - 1
      where r.ordinal = step
      order by r.case_id
      for no key update of h
    ), fresh as materialized (
      select * from held
      where case step
        when 1 then not exists (
          select from kyodo.command c
          where c.case_id = held.case_id and c.command_id = held.command_id)
        else exists (
          select from kyodo.command c
          where c.case_id = held.case_id and c.command_id = held.command_id
            and c.first = held.number - step + 1)
        end
    ), taken as (
      insert into kyodo.command (case_id, command_id, digest, first, last)
      select case_id, command_id, digest, number, number + size - 1
      from fresh
      where step = 1
    ), written as (
      insert into kyodo.event as e (
        municipality, case_id, number, xid, seq, kind, on_day, recorded_at,
        person, office, role, acting_for, law, article, paragraph, item, ordinance,
        command_id, command_digest, salt, body, body_digest, previous, hash
      )
      select
        municipality, case_id, number, own_xid, nextval('kyodo.event_seq'), act ->> 'kind',
        case when act ->> 'on' like '____-__-__' then (act ->> 'on')::date end, moment,
        by ->> 'person', by ->> 'office', by ->> 'role', by #>> '{acting,office}',
        basis ->> 'law', basis ->> 'article', (basis ->> 'paragraph')::integer,
        basis ->> 'item', act ->> 'ordinance',
        command_id, digest, salt, body, body_digest, previous,
        sha256(convert_to(json_build_array(
          'kyodo.v1', municipality, case_id, number, command_id, encode(digest, 'hex'), micros,
          encode(body_digest, 'hex'), encode(previous, 'hex')
        )::text, 'UTF8'))
      from (
        select *, act -> 'by' as by, act -> 'basis' as basis
        from (
          select *, body::jsonb as act, sha256(salt || convert_to(body, 'UTF8')) as body_digest
          from fresh
          offset 0
        ) as parsed
        offset 0
      ) as named
      returning e.case_id, e.number, e.hash
    )
    update kyodo.head h
    set number = written.number, hash = written.hash, open = h.case_id <> all (closing)
    from written
    where h.case_id = written.case_id
    returning h.case_id, 'written', h.number, h.hash;
    get diagnostics started = row_count;
    if step = 1 and started < cardinality(array_positions(ordinals, 1)) then
      return query select * from kyodo.not_started(cases, ordinals, expecteds, commands, digests, own_xid);
    end if;
    step := step + 1;
  end loop;

  if cardinality(personal_cases) > 0 then
    insert into kyodo.personal (case_id, number, sealed, of, salt, text)
    select p.case_id, c.first - 1 + p.ordinal,
           sha256(p.salt || convert_to(p.text, 'UTF8')), p.of, p.salt, p.text
    from unnest(personal_cases, personal_ordinals, personal_of, personal_salts, personal_texts)
           as p (case_id, ordinal, of, salt, text)
    join unnest(cases, ordinals, commands) as r (case_id, ordinal, command_id)
      on r.case_id = p.case_id and r.ordinal = 1
    join kyodo.command c on c.case_id = r.case_id and c.command_id = r.command_id
    join kyodo.event e on e.case_id = c.case_id and e.number = c.first - 1 + p.ordinal
    where e.xid = own_xid;
  end if;
end
$append$;

-- Why requests of a call were not written.
create function kyodo.not_started(
  cases text[], ordinals integer[], expecteds integer[], commands text[], digests bytea[],
  own_xid xid8
)
returns table (case_id text, outcome text, number integer, hash bytea)
language sql volatile
set search_path = pg_catalog, pg_temp
as $not_started$
  select
    r.case_id,
    case
      when c.digest = r.digest then 'known'
      when c.digest is not null then 'reused'
      when coalesce(h.number, 0) > r.expected then 'conflict'
      else 'behind'
    end,
    case when c.digest = r.digest then c.last else coalesce(h.number, 0) end,
    e.hash
  from unnest(cases, ordinals, expecteds, commands, digests)
         as r (case_id, ordinal, expected, command_id, digest)
  left join kyodo.head h on h.case_id = r.case_id
  left join kyodo.command c on c.case_id = r.case_id and c.command_id = r.command_id
  left join kyodo.event e on e.case_id = r.case_id and e.number = c.last
  where r.ordinal = 1
    and not exists (
      select from kyodo.event w
      where w.case_id = c.case_id and w.number = c.first and w.xid = own_xid)
$not_started$;
