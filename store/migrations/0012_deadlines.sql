-- 開いている期限: The open deadlines of every open case, as the domain itself tells them, are made from
-- the record like kyodo.act and kyodo.standing, and the view reads them. Until now it worked them out
-- from kinds of acts, which wrote the law a second time: every new kind of act made it wrong.

create table kyodo.deadline (
  case_id      text collate "C" not null,
  key          text collate "C" not null,
  municipality text not null,
  number       integer not null,
  ord          integer not null,
  day          date,
  ledger       jsonb not null,
  reserved_to  text collate "C",
  constraint deadline_key primary key (case_id, key)
);
create index deadline_by_day on kyodo.deadline (municipality, day);
comment on table kyodo.deadline is '開いている期限: 進行中の事案の期限。記録から作り直せる';
comment on column kyodo.deadline.key is '事案の中で期限を区別する、変わることのない名';
comment on column kyodo.deadline.number is '期限がこの台帳のとおりになった行為の版';
comment on column kyodo.deadline.ord is '事案の中での順。早い期限が先、日の定まらない期限が最後';
comment on column kyodo.deadline.day is '期限の日。停止中で定まらなければ空';
comment on column kyodo.deadline.reserved_to is '団体の内部の行為で始まった期限のとき、その団体';
comment on column kyodo.deadline.ledger is '期限の台帳（JSON）: 日と、その日である理由';

alter table kyodo.deadline enable row level security;
revoke all on kyodo.deadline from public;
grant select on kyodo.deadline to kyodo_auditor;
grant select, insert, update, delete, truncate on kyodo.deadline to kyodo_projector;
-- What was let go also leaves the pages of the table, once it is vacuumed.
grant maintain on kyodo.deadline to kyodo_disposal;
create policy projector on kyodo.deadline for all to kyodo_projector using (true) with check (true);
-- As kyodo.standing: the cases a session sees, and in them what is shared and its own.
create policy auditor on kyodo.deadline for select to kyodo_auditor using (
  ((select kyodo.places()) is null or municipality = any ((select kyodo.places())::text[])
   or left(case_id, 3) <> '指定-' and case_id = any ((select kyodo.shared_cases())::text[]))
  and ((select kyodo.places()) is null or reserved_to is null or reserved_to = any ((select kyodo.places())::text[])));

create or replace view audit.期限 with (security_invoker = true) as
select
  d.case_id as 事案, d.municipality as 団体コード, audit.団体名(d.municipality) as 団体名, d.ledger ->> 'title' as 期限の名,
  d.day as 期限, d.day - audit.今日() as 期限までの日数,
  d.ord = 1 and d.day is not null as 次に来る,
  audit.条項(d.ledger -> 'basis') as 条項, audit.日(d.ledger ->> 'origin') as 起算日, audit.期限の説明(d.ledger) as 説明,
  d.number as 定めた版, k.行為 as 定めた行為, e.on_day as 定めた日, p.on_day as 経過を記録した日
from kyodo.deadline d
left join kyodo.event e on e.case_id = d.case_id and e.number = d.number
left join audit.行為の種類 k on k.種類 = e.kind
left join lateral (
  -- Whatever the calendar has handed in about the deadline since.
  select n.on_day from kyodo.event n
  where n.case_id = d.case_id and n.number > d.number and n.role = 'calendar'
    and n.body::jsonb #>> '{due,key}' = d.key
  order by n.number limit 1
) p on true;

-- Nobody calls it any more: the domain reckons the 標準処理期間.
drop function audit.標準処理期間(text, date, jsonb, date);

comment on column audit.索引.索引の件数 is 'audit.行為 と audit.事案 の段階、audit.期限 に現れている記録の件数';

-- The deadlines of cases already recorded are found only by following the record anew from its
-- beginning, as `kyodo rebuild` does; a row is written with its position, so all tables begin anew
-- together. Until the projector has caught up, questions are answered from what it has reached, and
-- audit.索引 tells how far that is. The record itself is not touched.
truncate kyodo.act, kyodo.standing;
update kyodo.projected set position = 0;
