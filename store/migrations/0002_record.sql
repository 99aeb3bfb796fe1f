-- The record: one row per legal act, never changed, and what is kept about a case beside it.
-- case_id sorts by its bytes, so that the appender and the database lock in the same order.

create sequence kyodo.event_seq as bigint cache 1;

create table kyodo.event (
  municipality   text collate "C" not null,
  case_id        text collate "C" not null,
  number         integer not null,
  xid            xid8 not null,
  seq            bigint not null,
  kind           text not null,
  on_day         date not null,
  recorded_at    timestamptz not null,
  person         text not null,
  office         text not null,
  role           text not null,
  acting_for     text,
  law            text not null,
  article        text collate "C" not null,
  paragraph      integer,
  item           text,
  ordinance      text not null,
  command_id     text collate "C" not null,
  command_digest bytea not null,
  first          integer not null,
  last           integer not null,
  salt           bytea not null,
  body           text not null,
  body_digest    bytea not null,
  previous       bytea not null,
  hash           bytea not null,
  constraint event_key primary key (case_id, number),
  constraint event_seq_once unique (seq)
);
create unique index command_once on kyodo.event (case_id, command_id) where number = first;
create index event_by_provision on kyodo.event (municipality, article, paragraph, on_day);
comment on column kyodo.event.first is '同じ受付番号の最初の事実の番号';
comment on column kyodo.event.on_day is '法律上の日（body の on）';
comment on column kyodo.event.recorded_at is '記録した時刻（データベースの時計）';
comment on column kyodo.event.acting_for is '専決・代決のとき、名義の職';
comment on column kyodo.event.ordinance is '判断の基準とした条例等の版';

create table kyodo.head (
  case_id      text collate "C" primary key,
  municipality text not null,
  number       integer not null,
  hash         bytea not null,
  open         boolean not null
) with (fillfactor = 70);
create index head_open on kyodo.head (case_id) where open;

create table kyodo.personal (
  case_id text collate "C" not null,
  number  integer not null,
  sealed  bytea not null,
  of      text not null,
  salt    bytea not null,
  text    text not null,
  constraint personal_key primary key (case_id, number, sealed),
  constraint personal_commitment check (sealed = sha256(salt || convert_to(text, 'UTF8'))),
  constraint personal_salt_is_long check (octet_length(salt) = 16)
);

create table kyodo.log (
  position bigint not null primary key,
  seq      bigint not null constraint log_once unique,
  case_id  text collate "C" not null,
  number   integer not null,
  hash     bytea not null
);

-- Everything up to seq `settled` is in the log or was never committed.
create table kyodo.progress (
  only_one boolean primary key default true check (only_one),
  settled  bigint not null
);
insert into kyodo.progress (settled) values (0);
