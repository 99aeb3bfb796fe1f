-- The tree over the log, its signed heads, and what others add to them. All of it is append-only.

create table kyodo.tile (
  level  smallint not null,
  index  bigint not null,
  hashes bytea not null,
  root   bytea not null,
  constraint tile_key primary key (level, index),
  constraint tile_is_full check (octet_length(hashes) = 256 * 32 and octet_length(root) = 32)
);
-- Hashes do not compress; in line they would fill a page each.
alter table kyodo.tile alter column hashes set storage external;
comment on table kyodo.tile is '全事実の木の束（C2SP tlog-tiles）。256 の欄が満ちたものだけ';

create table kyodo.checkpoint (
  size      bigint not null primary key,
  root      bytea not null,
  signed_at timestamptz not null default clock_timestamp(),
  note      text not null
);
comment on table kyodo.checkpoint is '検認（C2SP tlog-checkpoint）: size 件までの根に台帳の鍵で署名したもの';

create table kyodo.cosignature (
  size     bigint not null references kyodo.checkpoint,
  witness  text not null,
  at       timestamptz not null,
  line     text not null,
  constraint cosignature_key primary key (size, witness)
);
comment on table kyodo.cosignature is '立会署名（C2SP tlog-cosignature）: 別の所にある鍵による';

create table kyodo.stamp (
  size      bigint not null references kyodo.checkpoint,
  authority text not null,
  at        timestamptz not null,
  token     bytea not null,
  constraint stamp_key primary key (size, authority)
);
comment on table kyodo.stamp is '時刻認証（RFC 3161）: 検認の本文に対する応答';

-- The hashes of all events, for proofs: they say nothing of what they stand for, so an auditor
-- of one municipality may have them.
create function kyodo.hashes(first bigint, last bigint)
returns setof bytea
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $hashes$
  select hash from kyodo.log where position between first and last order by position
$hashes$;

create function kyodo.log_size() returns bigint
language sql stable security definer
set search_path = pg_catalog, pg_temp
return coalesce((select max(position) from kyodo.log), 0);

do $guards$
declare
  kept text;
begin
  foreach kept in array array['tile', 'checkpoint', 'cosignature', 'stamp'] loop
    execute format(
      'create trigger nothing_changes before update or delete or truncate on kyodo.%I
       for each statement execute function kyodo.refuse_change()', kept);
    execute format('alter table kyodo.%I enable always trigger nothing_changes', kept);
    execute format('alter table kyodo.%I enable row level security', kept);
    execute format('create policy auditor on kyodo.%I for select to kyodo_auditor using (true)', kept);
    execute format('create policy sequencer on kyodo.%I for select to kyodo_sequencer using (true)', kept);
    execute format('create policy sequencer_adds on kyodo.%I for insert to kyodo_sequencer with check (true)', kept);
    execute format('revoke all on kyodo.%I from public', kept);
    execute format('grant select on kyodo.%I to kyodo_auditor', kept);
    execute format('grant select, insert on kyodo.%I to kyodo_sequencer', kept);
  end loop;
end
$guards$;
revoke all on function kyodo.hashes, kyodo.log_size from public;
grant execute on function kyodo.hashes, kyodo.log_size to kyodo_auditor, kyodo_sequencer;
