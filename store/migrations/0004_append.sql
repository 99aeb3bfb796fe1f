-- The only way in. One row of the arrays per event; a request is the rows of one case, of which
-- there is at most one per call. All requests of a call are committed together.
--
-- Outcomes, one row per event written or per request not written:
--   written   number and hash of the event
--   known     the command was recorded before: number is its last event, hash that event's
--   reused    the command id was recorded before with another digest
--   conflict  the case has moved on; number is its head
--   behind    the case is shorter than expected; number is its head (0: there is no such case)

-- The planner writes this expression into the statements that call it.
create function kyodo.seal(
  municipality text, case_id text, number integer, command_id text, command_digest bytea,
  micros bigint, body_digest bytea, previous bytea
)
returns bytea language sql stable
return sha256(convert_to(json_build_array(
  'kyodo.v1', municipality, case_id, number, command_id, encode(command_digest, 'hex'), micros,
  encode(body_digest, 'hex'), encode(previous, 'hex')
)::text, 'UTF8'));

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
-- Heads are found by their index, so that every writer locks them in the order of its rows.
set enable_hashjoin = off
set enable_mergejoin = off
set enable_seqscan = off
set enable_bitmapscan = off
as $append$
#variable_conflict use_column
declare
  -- Taken before any nextval: the sequencer relies on a writer's transaction id being older
  -- than the numbers it holds.
  own_xid constant xid8 := pg_current_xact_id();
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

  -- Step n writes the n-th event of every request, each onto the head that step n - 1 left.
  while array_position(ordinals, step) is not null loop
    moment := clock_timestamp();
    micros := extract(epoch from moment) * 1000000;
    return query
    with moved as (
      -- The heads stay locked until the commit; before any nextval, so that the events of a
      -- case are numbered in their order.
      update kyodo.head h
      set number = h.number + 1,
          open = r.open,
          hash = kyodo.seal(h.municipality, h.case_id, h.number + 1, r.command_id, r.digest,
                            micros, r.body_digest, h.hash)
      from (
        select *, sha256(salt || convert_to(body, 'UTF8')) as body_digest
        from unnest(cases, ordinals, sizes, expecteds, opens, commands, digests, salts, bodies)
               as r (case_id, ordinal, size, expected, open, command_id, digest, salt, body)
        where r.ordinal = step
        order by r.case_id
      ) r
      where h.case_id = r.case_id and h.number = r.expected + step - 1
        and (step > 1 or (
          select c.number from kyodo.event c
          where c.case_id = r.case_id and c.command_id = r.command_id and c.number = c.first
        ) is null)
      returning h.municipality, h.case_id, h.number, old.hash as previous, h.hash, r.size,
                r.expected, r.command_id, r.digest, r.salt, r.body, r.body_digest
    )
    insert into kyodo.event as e (
      municipality, case_id, number, xid, seq, kind, on_day, recorded_at,
      person, office, role, acting_for, law, article, paragraph, item, ordinance,
      command_id, command_digest, first, last, salt, body, body_digest, previous, hash
    )
    select
      municipality, case_id, number, own_xid, nextval('kyodo.event_seq'), act ->> 'kind',
      case when act ->> 'on' like '____-__-__' then (act ->> 'on')::date end, moment,
      by ->> 'person', by ->> 'office', by ->> 'role', by #>> '{acting,office}',
      basis ->> 'law', basis ->> 'article', (basis ->> 'paragraph')::integer,
      basis ->> 'item', act ->> 'ordinance',
      command_id, digest, expected + 1, expected + size, salt, body, body_digest, previous, hash
    from (
      select *, act -> 'by' as by, act -> 'basis' as basis
      from (select *, body::jsonb as act from moved offset 0) as parsed
      offset 0
    ) as named
    returning e.case_id, 'written', e.number, e.hash;
    get diagnostics started = row_count;
    if step = 1 and started < cardinality(array_positions(ordinals, 1)) then
      return query select * from kyodo.not_started(cases, ordinals, expecteds, commands, digests, own_xid);
    end if;
    step := step + 1;
  end loop;

  if cardinality(personal_cases) > 0 then
    insert into kyodo.personal (case_id, number, sealed, of, salt, text)
    select p.case_id, e.number, sha256(p.salt || convert_to(p.text, 'UTF8')), p.of, p.salt, p.text
    from unnest(personal_cases, personal_ordinals, personal_of, personal_salts, personal_texts)
           as p (case_id, ordinal, of, salt, text)
    join unnest(cases, ordinals, expecteds) as r (case_id, ordinal, expected)
      on r.case_id = p.case_id and r.ordinal = 1
    join kyodo.event e on e.case_id = r.case_id and e.number = r.expected + p.ordinal
    where e.xid = own_xid;
  end if;
end
$append$;

-- The same for one request without personal texts, the most frequent call where few work at
-- once: statements over single rows start faster than one over sets.
create function kyodo.append_one(
  new_case text, expected integer, open boolean, command text, digest bytea,
  salts bytea[], bodies text[],
  out case_id text, out outcome text, out number integer, out hash bytea
)
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
as $append_one$
#variable_conflict use_variable
declare
  own_xid constant xid8 := pg_current_xact_id();
  size constant integer := cardinality(bodies);
  moment timestamptz;
  micros bigint;
  municipality text;
  previous bytea;
  body_digest bytea;
  act jsonb;
begin
  if expected = 0 then
    insert into kyodo.head values (new_case, split_part(new_case, '-', 2), 0, '', true)
    on conflict do nothing;
  end if;
  case_id := new_case;
  outcome := 'written';
  for step in 1 .. size loop
    number := expected + step;
    moment := clock_timestamp();
    micros := extract(epoch from moment) * 1000000;
    body_digest := sha256(salts[step] || convert_to(bodies[step], 'UTF8'));
    update kyodo.head h
    set number = number, open = open,
        hash = kyodo.seal(h.municipality, new_case, number, command, digest, micros, body_digest, h.hash)
    where h.case_id = new_case and h.number = number - 1
      and (step > 1 or not exists (
        select from kyodo.event c
        where c.case_id = new_case and c.command_id = command and c.number = c.first))
    returning h.municipality, old.hash, h.hash into municipality, previous, hash;
    if not found then
      select n.outcome, n.number, n.hash into outcome, number, hash
      from kyodo.not_started(array[new_case], array[1], array[expected], array[command], array[digest], own_xid) n;
      return;
    end if;
    act := bodies[step]::jsonb;
    insert into kyodo.event (
      municipality, case_id, number, xid, seq, kind, on_day, recorded_at,
      person, office, role, acting_for, law, article, paragraph, item, ordinance,
      command_id, command_digest, first, last, salt, body, body_digest, previous, hash
    ) values (
      municipality, new_case, number, own_xid, nextval('kyodo.event_seq'), act ->> 'kind',
      case when act ->> 'on' like '____-__-__' then (act ->> 'on')::date end, moment,
      act #>> '{by,person}', act #>> '{by,office}', act #>> '{by,role}', act #>> '{by,acting,office}',
      act #>> '{basis,law}', act #>> '{basis,article}', (act #>> '{basis,paragraph}')::integer,
      act #>> '{basis,item}', act ->> 'ordinance',
      command, digest, expected + 1, expected + size, salts[step], bodies[step], body_digest,
      previous, hash
    );
  end loop;
end
$append_one$;

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
      when c.command_digest = r.digest then 'known'
      when c.command_digest is not null then 'reused'
      when coalesce(h.number, 0) > r.expected then 'conflict'
      else 'behind'
    end,
    case when c.command_digest = r.digest then c.last else coalesce(h.number, 0) end,
    e.hash
  from unnest(cases, ordinals, expecteds, commands, digests)
         as r (case_id, ordinal, expected, command_id, digest)
  left join kyodo.head h on h.case_id = r.case_id
  left join kyodo.event c
    on c.case_id = r.case_id and c.command_id = r.command_id and c.number = c.first
  left join kyodo.event e on e.case_id = r.case_id and e.number = c.last
  where r.ordinal = 1
    and not exists (
      select from kyodo.event w
      where w.case_id = r.case_id and w.number = r.expected + 1 and w.xid = own_xid)
$not_started$;
