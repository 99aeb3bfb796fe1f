-- 個人に関する情報: Every text about a resident is encrypted under a key of that person's own. Who
-- destroys the key erases the person; the salted digest in the event, and with it every proof,
-- stays as it is. Encryption is done by the clients: the server never sees text and key together.

create table kyodo.person_key (
  id           uuid not null primary key default uuidv7(),
  municipality text not null,
  of           text not null,
  key          bytea not null,
  made_at      timestamptz not null default clock_timestamp(),
  constraint person_has_one_key unique (municipality, of),
  constraint person_key_is_long check (octet_length(key) = 32)
);
comment on table kyodo.person_key is '人ごとの鍵。行を消すと、その人に関する本文はだれにも読めなくなる';

alter table kyodo.personal rename to personal_plain;
alter table kyodo.personal_plain rename constraint personal_key to personal_plain_key;
create table kyodo.personal (
  case_id text collate "C" not null,
  number  integer not null,
  sealed  bytea not null,
  of      text not null,
  key_id  uuid not null,
  cipher  bytea not null,
  constraint personal_key primary key (case_id, number, sealed)
);
create index personal_by_person on kyodo.personal (split_part(case_id, '-', 2), of);
comment on column kyodo.personal.sealed is '本文の封印（本文は event.body に代えてここに、暗号で）';
comment on column kyodo.personal.cipher is '12 バイトの nonce と AES-256-GCM（塩 16 バイト ‖ 本文、sealed を付加データとする）';

alter table kyodo.reach add column personal boolean not null default false;
update kyodo.reach set personal = true where municipality = '*';
comment on column kyodo.reach.personal is '個人に関する情報の本文を見てよいか';

-- A session may give the sight of personal texts up with `set kyodo.personal = 'withheld'`.
create function kyodo.sees_personal() returns boolean
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $sees$
  select coalesce(current_setting('kyodo.personal', true), '') <> 'withheld'
    and exists (select from kyodo.reach where login = session_user and personal)
$sees$;

-- The keys of persons, made if there are none yet; `candidates` are fresh random bytes.
create function kyodo.person_keys(place text, persons text[], candidates bytea[])
returns table (of text, id uuid, key bytea)
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
as $keys$
#variable_conflict use_column
begin
  insert into kyodo.person_key (municipality, of, key)
  select place, p, c from unnest(persons, candidates) as asked (p, c)
  on conflict do nothing;
  return query
    select k.of, k.id, k.key from kyodo.person_key k
    where k.municipality = place and k.of = any (persons);
end
$keys$;

-- Within an append: the texts of its events, each under a key that exists until the commit.
create function kyodo.add_personal(
  cases text[], ordinals integer[], expecteds integer[], personal_cases text[],
  personal_ordinals integer[], personal_of text[], sealed bytea[], keys uuid[], ciphers bytea[],
  own_xid xid8
)
returns void language plpgsql volatile
set search_path = pg_catalog, pg_temp
as $add$
begin
  perform from kyodo.person_key k where k.id = any (keys) order by k.id for key share;
  if exists (
    select from unnest(keys) as asked (id)
    where not exists (select from kyodo.person_key k where k.id = asked.id)
  ) then
    raise exception '人の鍵が消されています' using errcode = 'KY001';
  end if;
  insert into kyodo.personal (case_id, number, sealed, of, key_id, cipher)
  select p.case_id, e.number, p.sealed, p.of, p.key_id, p.cipher
  from unnest(personal_cases, personal_ordinals, personal_of, sealed, keys, ciphers)
         as p (case_id, ordinal, of, sealed, key_id, cipher)
  join unnest(cases, ordinals, expecteds) as r (case_id, ordinal, expected)
    on r.case_id = p.case_id and r.ordinal = 1
  join kyodo.event e on e.case_id = r.case_id and e.number = r.expected + p.ordinal
  where e.xid = own_xid;
end
$add$;

drop function kyodo.append;
-- As before, but for the personal texts, which now come sealed and encrypted.
create function kyodo.append(
  cases text[], ordinals integer[], sizes integer[], expecteds integer[], opens boolean[],
  commands text[], digests bytea[], salts bytea[], bodies text[],
  personal_cases text[] default '{}', personal_ordinals integer[] default '{}',
  personal_of text[] default '{}', personal_sealed bytea[] default '{}',
  personal_keys uuid[] default '{}', personal_ciphers bytea[] default '{}'
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
    perform kyodo.add_personal(
      cases, ordinals, expecteds, personal_cases, personal_ordinals, personal_of,
      personal_sealed, personal_keys, personal_ciphers, own_xid);
  end if;
end
$append$;

create trigger nothing_changes before update or delete or truncate on kyodo.personal
  for each statement execute function kyodo.refuse_change();
create trigger nothing_changes before update or truncate on kyodo.person_key
  for each statement execute function kyodo.refuse_change();
alter table kyodo.personal enable always trigger nothing_changes;
alter table kyodo.person_key enable always trigger nothing_changes;
alter table kyodo.personal enable row level security;
alter table kyodo.person_key enable row level security;

do $policies$
declare
  seen text;
  allowed constant text :=
    '(select kyodo.sees_personal())
     and ((select ''*'' = any (kyodo.within_reach())) or %1$s = any ((select kyodo.within_reach())::text[]))
     and ((select ''*'' = any (kyodo.narrowed_to())) or %1$s = any ((select kyodo.narrowed_to())::text[]))';
begin
  foreach seen in array array['personal', 'person_key'] loop
    execute format('create policy auditor on kyodo.%I for select to kyodo_auditor using (%s)', seen,
      format(allowed, case when seen = 'person_key' then 'municipality'
                           else 'split_part(case_id, ''-'', 2)' end));
  end loop;
end
$policies$;

revoke all on kyodo.personal, kyodo.person_key from public;
revoke all on function kyodo.append, kyodo.add_personal, kyodo.person_keys, kyodo.sees_personal
  from public;
grant select on kyodo.personal, kyodo.person_key to kyodo_auditor;
grant execute on function kyodo.sees_personal to kyodo_auditor;
grant execute on function kyodo.append, kyodo.person_keys to kyodo_writer;

-- What an auditor asks by provision is asked of the index of acts, not of the record itself.
drop index kyodo.event_by_provision;
