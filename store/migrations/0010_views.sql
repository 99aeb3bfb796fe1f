-- 監査の見方: What auditors read in SQL, in their own words. Every view runs with the rights of who
-- asks, so that the policies of the tables beneath bound it on every path; no view hides a row by a
-- condition of its own, so none is a security barrier, which would keep the indexes from being used.
-- The titles of acts and the names of laws and municipalities are the domain's; every migration, and
-- one that finds nothing to do, writes them anew.

create table kyodo.word (
  list  text not null,
  key   text collate "C" not null,
  word  text not null,
  title text not null,
  constraint word_key primary key (list, key)
);
comment on table kyodo.word is '言葉: 法令の略称と題名、行為の名、団体の名。法令の層から書き写す';
grant select on kyodo.word to kyodo_auditor;

create schema audit;
create unique index act_by_case on kyodo.act (case_id, number);

-- ── 日と条項 ──────────────────────────────────────────────────────────────────────────────────

create function audit.今日() returns date
language sql stable parallel safe
return (now() at time zone 'Asia/Tokyo')::date;

-- What a body states as a day, a number or a list: nothing where it states something else, so that
-- one odd act does not keep a view from being read.
create function audit.日(文字 text) returns date
language sql stable parallel safe
return case when 文字 like '____-__-__' and pg_input_is_valid(文字, 'date') then 文字::date end;

-- The year of an era.
create function audit.何年(年 integer) returns text
language sql immutable parallel safe
return case 年 when 1 then '元' else 年::text end || '年';

create function audit.数(文字 text) returns integer
language sql immutable parallel safe
return case when 文字 ~ '^[0-9]{1,9}$' then 文字::integer end;

create function audit.列(値 jsonb) returns jsonb
language sql immutable parallel safe
return case when jsonb_typeof(値) = 'array' then 値 else '[]' end;

create function audit.和暦(日 date) returns text
language sql immutable parallel safe
return case when isfinite(日) then
  case when 日 >= '2019-05-01' then '令和' || audit.何年(extract(year from 日)::integer - 2018)
       when 日 >= '1989-01-08' then '平成' || audit.何年(extract(year from 日)::integer - 1988)
       when 日 >= '1926-12-25' then '昭和' || audit.何年(extract(year from 日)::integer - 1925)
       when 日 >= '1912-07-30' then '大正' || audit.何年(extract(year from 日)::integer - 1911)
       when 日 >= '1873-01-01' then '明治' || audit.何年(extract(year from 日)::integer - 1867) end
  || extract(month from 日)::integer || '月' || extract(day from 日)::integer || '日' end;

create function audit.年度(日 date) returns integer
language sql immutable parallel safe
return case when isfinite(日)
  then extract(year from 日)::integer - (extract(month from 日) < 4)::integer end;

create function audit.年度名(年度 integer) returns text
language sql immutable parallel safe
return case when 年度 between 1873 and 9998
  then split_part(audit.和暦(make_date(年度, case 年度 when 2019 then 5 else 4 end, 1)), '年', 1) || '年度' end;

create function audit.法令の略称(法令 text) returns text
language sql stable parallel safe
return coalesce((select w.word from kyodo.word w where w.list = '法令' and w.key = 法令), 法令);

create function audit.条項(法令 text, 条 text, 項 integer default null, 号 text default null) returns text
language sql stable parallel safe
return audit.法令の略称(法令)
  || '第' || split_part(条, '_', 1) || '条' || regexp_replace(substr(条, length(split_part(条, '_', 1)) + 1), '_', 'の', 'g')
  || coalesce('第' || 項 || '項', '')
  || coalesce('第' || split_part(号, '_', 1) || '号' || substr(号, length(split_part(号, '_', 1)) + 2), '');

create function audit.条項(根拠 jsonb) returns text
language sql stable parallel safe
return audit.条項(根拠 ->> 'law', 根拠 ->> 'article', audit.数(根拠 ->> 'paragraph'), 根拠 ->> 'item');

create function audit.団体名(団体コード text) returns text
language plpgsql stable parallel safe strict
set search_path = pg_catalog, pg_temp
as $names$
begin
  return (select w.word from kyodo.word w where w.list = '団体' and w.key = 団体コード);
end
$names$;

create view audit.法令 with (security_invoker = true) as
select key as 法令, word as 略称, title as 法令名 from kyodo.word where list = '法令';

create view audit.行為の種類 with (security_invoker = true) as
select key as 種類, word as 行為 from kyodo.word where list = '行為';

-- ── 行為と理由 ────────────────────────────────────────────────────────────────────────────────

-- Every reason a body gives, the one that carries the act first.
create function audit.理由の一覧(本文 jsonb)
returns table (順 bigint, 区分 text, 理由 text, 証拠 text)
language sql immutable parallel safe
begin atomic
  select row_number() over (order by r.place, r.label, r.said), r.label, r.said,
         nullif(array_to_string(array(select jsonb_array_elements_text(r.evidence)), '、'), '')
  from (
    select coalesce(k.place, 90) as place, coalesce(k.label, f.key) as label,
           case jsonb_typeof(f.value) when 'object' then f.value ->> 'reasons' else f.value #>> '{}' end as said,
           audit.列(case f.key when 'facts' then $1 else f.value end -> 'evidence') as evidence
    from jsonb_each($1) as f
    left join (values
      ('reasons', 1, '理由'), ('reasons_deferred', 2, '理由を後にした事情'), ('finding', 3, '認定'),
      ('necessity', 4, '指定の必要'), ('need', 5, '報告を求める必要'), ('opinion', 6, '意見'),
      ('circumstances', 7, '再開の事情'), ('why', 8, '事由'), ('said', 9, '述べた理由'),
      ('facts', 10, '原因となる事実'), ('within_need', 11, '必要な限度'), ('urgency', 12, '緊急の事情'),
      ('consideration', 13, '調書と報告書の参酌'), ('opened_because', 14, '公開した事情')
    ) as k (key, place, label) on k.key = f.key
    where jsonb_typeof(f.value) = 'object' and jsonb_typeof(f.value -> 'reasons') = 'string'
       or jsonb_typeof(f.value) = 'string' and k.key is not null
    union all
    select 50, '処分の事由', g.value #>> '{}', '[]'
    from jsonb_array_elements(audit.列($1 -> 'grounds')) as g
    where jsonb_typeof(g.value) = 'string'
    union all
    select 51, '取消しの事由' || coalesce('（' || (g.value ->> 'ground') || '）', ''), f.value ->> 'reasons',
           audit.列(f.value -> 'evidence')
    from jsonb_array_elements(audit.列($1 -> 'grounds')) as g
    cross join lateral jsonb_each(case when jsonb_typeof(g.value) = 'object' then g.value else '{}' end) as f
    where jsonb_typeof(f.value) = 'object'
    union all
    select 60, '不備', string_agg(concat_ws('：', d.value ->> 'field', d.value ->> 'remedy'), '、'), '[]'
    from jsonb_array_elements(audit.列($1 -> 'defects')) as d
    having count(*) > 0
  ) as r;
end;

-- Not in plain SQL, which would be written into the view and read the body anew.
create function audit.主な理由(本文 jsonb) returns text
language plpgsql immutable parallel safe strict
set search_path = pg_catalog, pg_temp
as $reason$
begin
  return (select r.理由 from audit.理由の一覧(本文) as r order by r.順 limit 1);
end
$reason$;

create view audit.行為 with (security_invoker = true) as
select
  a.position as 通し番号, a.case_id as 事案, a.number as 版,
  a.municipality as 団体コード, audit.団体名(a.municipality) as 団体名, split_part(a.case_id, '-', 1) as 制度,
  a.kind as 種類, k.行為,
  audit.条項(a.law, a.article, a.paragraph, a.item) as 条項, a.law as 法令, a.article as 条, a.paragraph as 項, a.item as 号,
  a.planned_article as 対象の条, a.planned_paragraph as 対象の項,
  a.on_day as 日, audit.和暦(a.on_day) as 和暦, audit.年度(a.on_day) as 年度, audit.年度名(audit.年度(a.on_day)) as 年度名,
  a.recorded_at at time zone 'Asia/Tokyo' as 記録時刻,
  (a.recorded_at at time zone 'Asia/Tokyo')::date - a.on_day as 記録までの日数,
  a.person as 行為者番号, e.office as 職, e.body::jsonb #>> '{by,name}' as 氏名,
  case e.role when 'body' then '団体' when 'officer' then '担当職員' when 'presider' then '主宰者' when 'mayor' then '市町村長'
              when 'calendar' then '暦' when 'registrar' then '記録係' else e.role end as 役割,
  e.acting_for as 名義の職, e.body::jsonb #>> '{by,acting,mode}' as 決裁の別,
  a.drafter as 起案者番号, e.body::jsonb #>> '{drafted_by,office}' as 起案者の職,
  a.document as 文書番号, audit.主な理由(e.body::jsonb) as 理由, e.ordinance as 条例の版,
  e.command_id as 受付番号, e.body::jsonb as 本文, encode(e.hash, 'hex') as ハッシュ値
from kyodo.act a
left join kyodo.event e on e.case_id = a.case_id and e.number = a.number
left join audit.行為の種類 k on k.種類 = a.kind;

create view audit.理由 with (security_invoker = true) as
select a.事案, a.版, a.団体コード, a.団体名, a.種類, a.行為, a.条項, a.日, a.年度, a.行為者番号, a.職, r.順, r.区分, r.理由, r.証拠
from audit.行為 a cross join lateral audit.理由の一覧(a.本文) as r;

create view audit.不利益処分 with (security_invoker = true) as
select
  a.事案, a.版, a.団体コード, a.団体名, a.種類, a.行為,
  case when a.種類 in ('ApplicationRefused', 'DesignationRefused') then '申請の拒否' else '不利益処分' end as 区分,
  a.条項, a.日, a.和暦, a.年度, a.記録時刻, a.行為者番号, a.職, a.氏名, a.名義の職, a.起案者番号, a.文書番号,
  a.本文 ->> 'measures' as 命じた措置, audit.日(a.本文 #>> '{due,day}') as 期限,
  a.本文 ->> 'reasons' as 理由, a.本文 ->> 'reasons_deferred' as 理由を後にした事情, g.on_day as 理由を追完した日,
  a.本文 #>> '{urgency,reasons}' as 緊急の事情,
  (select x.on_day from kyodo.event x
   where x.case_id = a.事案 and x.number < a.版
     and (a.種類 = 'ImprovementOrdered' and x.kind = 'ExplanationInvited'
            and x.body::jsonb ->> 'improvement' = a.本文 ->> 'improvement'
          or a.種類 = 'DesignationRevoked' and x.kind = 'HearingNotified')
   order by x.number desc limit 1) as 弁明聴聞の通知の日,
  a.本文 #>> '{remedy_notice,appeal}' as 審査請求の教示, a.本文 #>> '{remedy_notice,lawsuit}' as 訴えの教示
from audit.行為 a
left join lateral (
  select x.on_day from kyodo.event x
  where a.種類 = 'DesignationRevoked' and x.case_id = a.事案 and x.number > a.版 and x.kind = 'DeferredReasonsGiven'
  order by x.number limit 1
) g on true
where a.種類 in ('ApplicationRefused', 'DesignationRefused', 'ImprovementOrdered', 'OrderDeadlineExtended', 'DesignationRevoked');

create view audit.条例 with (security_invoker = true) as
select 団体コード, 団体名, 条例の版, 種類, 行為, count(*) as 行為の数, count(distinct 事案) as 事案の数,
       min(日) as 最初の日, max(日) as 最後の日
from audit.行為
group by 団体コード, 団体名, 条例の版, 種類, 行為;

create view audit.介入 with (security_invoker = true) as
select 事案, 版, 団体コード, 団体名, 日, 本文 ->> 'action' as 操作,
       case when pg_input_is_valid(本文 ->> 'at', 'timestamptz') then (本文 ->> 'at')::timestamptz at time zone 'Asia/Tokyo' end as 操作の時刻,
       本文 ->> 'identity' as 操作した者, 本文 ->> 'said' as 述べた理由, 本文 ->> 'run' as 実行の番号, 記録時刻
from audit.行為 where 種類 = 'OperatorIntervened';

-- ── 事案と期限 ────────────────────────────────────────────────────────────────────────────────

create view audit.事案 with (security_invoker = true) as
select
  h.case_id as 事案, h.municipality as 団体コード, audit.団体名(h.municipality) as 団体名, split_part(h.case_id, '-', 1) as 制度,
  s.headline as 件名, s.stage as 段階, h.open as 進行中, f.on_day as 始まった日, z.on_day as 終わった日,
  h.number as 行為の数, l.on_day as 最後の日, l.recorded_at at time zone 'Asia/Tokyo' as 最後の記録時刻,
  s.next_due as 次の期限, s.next_due_title as 次の期限の名, s.next_due - audit.今日() as 期限までの日数,
  coalesce(s.next_due < audit.今日(), false) as 期限超過, s.obligations as 未了の義務, s.obligations_since as 未了の始まり
from kyodo.head h
left join kyodo.event f on f.case_id = h.case_id and f.number = 1
left join kyodo.event l on l.case_id = h.case_id and l.number = h.number
left join lateral (
  select * from kyodo.standing s where s.case_id = h.case_id order by s.number desc limit 1
) s on true
left join lateral (
  select max(e.on_day) as on_day from kyodo.event e
  where not h.open and e.case_id = h.case_id and e.kind not in ('OperatorIntervened', 'PersonErased', 'RecordDisposed')
) z on true
where h.number > 0;

-- How cases stood on a legal day, as known at a moment of Japanese time: as store/audit/standing.py
-- tells it, but for the days on which an act entered late makes the difference. On these only folding
-- the case anew tells, which SQL does not do.
create function audit.事案_その日(その日 date, その時 timestamp default 'infinity')
returns table (
  事案 text, 団体コード text, 団体名 text, 件名 text, 段階 text, 進行中 boolean, 次の期限 date, 次の期限の名 text,
  期限超過 boolean, 未了の義務 integer, 未了の始まり date, 版 integer, 注 text
)
language sql stable
begin atomic
  select h.case_id, h.municipality, audit.団体名(h.municipality), s.headline, s.stage, s.open, s.next_due, s.next_due_title,
         coalesce(s.next_due < その日, false), s.obligations, s.obligations_since, s.number,
         case when w.late then '遅れて記録された行為があるため、段階は事案を読み直さないと分からない（kyodo audit show）' end
  from kyodo.head h
  cross join lateral (
    select exists (
      select from kyodo.standing l
      where l.case_id = h.case_id and l.late_from <= その日 and l.late_until > その日
        and l.recorded_at <= その時 at time zone 'Asia/Tokyo'
    ) as late
  ) w
  left join lateral (
    select * from kyodo.standing s
    where not w.late and s.case_id = h.case_id and s.latest <= その日 and s.recorded_at <= その時 at time zone 'Asia/Tokyo'
    order by s.number desc limit 1
  ) s on true
  where w.late or s.number is not null;
end;

-- A deadline as its ledger explains it, line by line.
create function audit.期限の説明(期限 jsonb) returns text
language sql stable parallel safe
return concat_ws(E'\n',
  case when 期限 #>> '{period,length}' is null
    then '指定: ' || (期限 ->> 'origin') || ' ' || (期限 ->> 'origin_title') || 'で定めた日（' || audit.条項(期限 -> 'basis') || '）'
    else '起算: ' || (期限 ->> 'origin') || ' ' || (期限 ->> 'origin_title') || '（初日不算入、民法第140条）により '
      || to_char(audit.日(期限 ->> 'origin') + 1, 'YYYY-MM-DD') || ' から数える' || E'\n'
      || '期間: ' || (期限 #>> '{period,length}')
      || case 期限 #>> '{period,unit}' when '月' then 'か月' else 期限 #>> '{period,unit}' end || '（' || (期限 #>> '{period,basis}') || '）' end,
  (select string_agg('停止: ' || (t.value ->> 'since') || case when t.until is null then ' から、終わりは未定'
                       else ' から ' || (t.value ->> 'until') || ' まで' || t.until - t.since + 1 || '日' end
                     || '（' || (t.value ->> 'reason') || '）', E'\n' order by t.ordinality)
   from (select s.value, s.ordinality, audit.日(s.value ->> 'until') as until,
                greatest(audit.日(s.value ->> 'since'), audit.日(期限 ->> 'origin') + 1) as since
         from jsonb_array_elements(audit.列(期限 -> 'suspensions'))
                with ordinality as s) as t),
  '末日 ' || (期限 #>> '{roll,since}') || ' は' || (期限 #>> '{roll,reason}') || 'のため ' || (期限 #>> '{roll,until}')
    || ' に繰り下げる（' || (期限 #>> '{roll,rule}') || '）',
  '期限: ' || coalesce((期限 ->> 'day') || '（' || substr('月火水木金土日', extract(isodow from audit.日(期限 ->> 'day'))::integer, 1) || '）',
    case when 期限 @@ '$.suspensions[*].until == null' then '停止中のため定まらない' else '開庁日で数えるため、補正が終わると定まる' end));

-- The 標準処理期間 of a case as a ledger: it is in no act until it has passed. `見込み` is its last day
-- where the projection knows it; a period of calendar days that nothing suspends is counted here.
create function audit.標準処理期間(その事案 text, 到達 date, 定め jsonb, 見込み date) returns jsonb
language sql stable
begin atomic
  select jsonb_build_object(
    'key', 'standard', 'title', '標準処理期間の末日', 'basis', '{"law": "405AC0000000088", "article": "6"}'::jsonb,
    'origin', 到達, 'origin_title', '申請の到達', 'period', 定め -> 'period', 'day', d.day,
    'suspensions', coalesce(s.suspensions, '[]') )
  from (
    select coalesce(見込み, case when 定め -> 'excludes_correction' = 'true' then null
      when 定め #>> '{period,unit}' = '日' then 到達 + audit.数(定め #>> '{period,length}')
      when 定め #>> '{period,unit}' in ('月', '年') then m.day - (extract(day from m.day) >= extract(day from 到達 + 1))::integer end) as day
    from (select (到達 + 1 + audit.数(定め #>> '{period,length}')
                  * case 定め #>> '{period,unit}' when '年' then interval '1 year' else interval '1 month' end)::date as day) as m
  ) as d
  left join lateral (
    select jsonb_agg(jsonb_build_object('since', t.since, 'until', t.until, 'reason', '補正の求め') order by t.number) as suspensions
    from (
      select c.number, c.on_day as since, (
        select greatest(c.on_day, r.on_day - 1) from kyodo.event r
        where r.case_id = c.case_id and r.number > c.number and r.kind = 'CorrectionSubmitted'
        order by r.number limit 1) as until
      from kyodo.event c
      where 定め -> 'excludes_correction' = 'true' and c.case_id = その事案 and c.kind = 'CorrectionRequested'
    ) as t
    where (t.until is null or t.until > 到達) and (d.day is null or t.since <= d.day)
  ) as s on true;
end;

create view audit.期限 with (security_invoker = true) as
select
  h.case_id as 事案, h.municipality as 団体コード, audit.団体名(h.municipality) as 団体名, t.ledger ->> 'title' as 期限の名,
  audit.日(t.ledger ->> 'day') as 期限, audit.日(t.ledger ->> 'day') - audit.今日() as 期限までの日数,
  coalesce(audit.日(t.ledger ->> 'day') = s.next_due and t.ledger ->> 'title' = s.next_due_title, false) as 次に来る,
  audit.条項(t.ledger -> 'basis') as 条項, audit.日(t.ledger ->> 'origin') as 起算日, audit.期限の説明(t.ledger) as 説明,
  t.number as 定めた版, k.行為 as 定めた行為, t.on_day as 定めた日, p.on_day as 経過を記録した日
from kyodo.head h
left join lateral (
  select * from kyodo.standing s where s.case_id = h.case_id order by s.number desc limit 1
) s on true
cross join lateral (
  -- The last act about each deadline says what it is; an act that ends it says null.
  select distinct on (x.thread) x.number, x.kind, x.on_day, case when x.kind = 'ApplicationArrived'
    then audit.標準処理期間(h.case_id, x.on_day, x.act -> 'standard_period', case when s.next_due_title = '標準処理期間の末日' then s.next_due end)
    else coalesce(nullif(x.act -> 'due', 'null'), nullif(x.act -> 'day', 'null'), nullif(x.act -> 'next_day', 'null')) end as ledger
  from (
    select e.number, e.kind, e.on_day, e.body::jsonb as act, case
      when e.kind in ('ApplicationArrived', 'DesignationGranted', 'DesignationRefused') then 'application'
      when e.kind in ('CorrectionRequested', 'CorrectionSubmitted') then 'correction'
      when e.kind in ('ReportRequested', 'ReportReceived', 'ReportRequestClosed') then 'report ' || (e.body::jsonb ->> 'report')
      when e.kind in ('ExplanationInvited', 'ExplanationSubmitted', 'ImprovementOrdered', 'ImprovementOrderNotMade',
                      'OrderDeadlineExtended', 'ImprovementOrderFulfilled', 'OrderViolationFound')
        then 'improvement ' || (e.body::jsonb ->> 'improvement')
      when e.kind in ('HearingNotified', 'HearingSessionHeld', 'HearingReopened', 'RevocationDeclined') then 'hearing'
      end as thread
    from kyodo.event e
    where h.open and e.case_id = h.case_id
      and e.number > coalesce((select max(r.number) from kyodo.event r where r.case_id = h.case_id and r.kind = 'DesignationRevoked'), 0)
  ) as x
  where x.thread is not null
  order by x.thread, x.number desc
) t
left join audit.行為の種類 k on k.種類 = t.kind
left join lateral (
  select e.on_day from kyodo.event e
  where e.case_id = h.case_id and e.number > t.number and e.body::jsonb #>> '{due,key}' = t.ledger ->> 'key'
    and e.kind in ('StandardPeriodPassed', 'CorrectionLapsed', 'ReportOverdue', 'ExplanationLapsed', 'OrderDeadlinePassed')
  order by e.number limit 1
) p on true
where h.open and t.ledger is not null;

create view audit.廃棄 with (security_invoker = true) as
select
  a.事案, a.版, a.団体コード, a.団体名, a.行為, coalesce(a.本文 ->> 'measure', '消去') as 区分, a.日, a.和暦, a.年度, a.記録時刻,
  a.行為者番号, a.職, a.起案者番号, a.本文 ->> 'reasons' as 理由, coalesce(a.本文 ->> 'decision', a.本文 ->> 'request') as 決裁又は請求,
  a.本文 ->> 'subject' as 対象者番号, audit.数(a.本文 ->> 'acts') as 対象の行為の数,
  audit.日(a.本文 #>> '{expired,day}') as 保存期間の満了日, audit.期限の説明(a.本文 -> 'expired') as 保存期間の説明,
  a.本文 ->> 'pack' as 引き渡した綴り,
  case when a.種類 = 'RecordDisposed' then not exists (
    select from kyodo.event e where e.case_id = a.事案 and e.number < a.版 and e.body is not null) end as 本文の廃棄済み
from audit.行為 a where a.種類 in ('RecordDisposed', 'PersonErased');

-- ── 閲覧と検認 ────────────────────────────────────────────────────────────────────────────────

create view audit.閲覧 with (security_invoker = true) as
select
  number as 番号, at at time zone 'Asia/Tokyo' as 時刻, login as ログイン, viewer as 閲覧者, why as 閲覧の理由, what as 見たもの,
  municipality as 団体コード, case_id as 事案,
  case when pg_input_is_valid(detail, 'jsonb') then array(select jsonb_array_elements_text(audit.列(detail::jsonb -> 'cases'))) end as 示した事案,
  detail as 詳細, encode(hash, 'hex') as ハッシュ値
from kyodo.access;

create view audit.検認 with (security_invoker = true) as
select
  c.size as 件数, encode(c.root, 'hex') as 根, c.signed_at at time zone 'Asia/Tokyo' as 署名時刻,
  w.witnesses as 立会人, w.first at time zone 'Asia/Tokyo' as 最初の立会時刻,
  s.authorities as 時刻認証局, s.first at time zone 'Asia/Tokyo' as 認証時刻, c.note as 検認の本文
from kyodo.checkpoint c
left join lateral (
  select string_agg(witness, '、' order by at, witness) as witnesses, min(at) as first from kyodo.cosignature where size = c.size
) w on true
left join lateral (
  select string_agg(authority, '、' order by at, authority) as authorities, min(at) as first from kyodo.stamp where size = c.size
) s on true;

create view audit.索引 with (security_invoker = true) as
select kyodo.log_size() as 台帳の件数, p.position as 索引の件数, kyodo.log_size() - p.position as 遅れ,
       (select max(size) from kyodo.checkpoint) as 検認の件数
from kyodo.projected p;

-- ── 語句 ──────────────────────────────────────────────────────────────────────────────────────

-- Every text that somebody wrote into an act: as `written` in store/audit/narrative.py.
create function audit.書かれた文(本文 jsonb) returns setof text
language sql immutable parallel safe
begin atomic
  with recursive part (value) as (
    select $1
    union all
    select child.value from part cross join lateral (
      select value from jsonb_array_elements(audit.列(part.value))
      union all
      select value from jsonb_each(case jsonb_typeof(part.value) when 'object' then part.value else '{}' end)
      where key <> all (array[
        'kind', 'on', 'by', 'drafted_by', 'presider', 'basis', 'ordinance', 'remedy_notice', 'document', 'due',
        'next_day', 'expired', 'standard_period', 'of', 'sealed', 'day', 'rights'])
    ) as child
  )
  select value #>> '{}' from part where jsonb_typeof(value) = 'string';
end;

-- The pairs of neighbouring characters of a phrase: as `grams` in store/audit/narrative.py.
create function audit.二文字(語句 text) returns integer[]
language sql immutable parallel safe
return array(
  select distinct (case when g.pair >= 2147483648 then g.pair - 4294967296 else g.pair end)::integer
  from (
    select ((ascii(substr(語句, i, 1))::bigint << 16) # ascii(substr(語句, i + 1, 1))) & 4294967295 as pair
    from generate_series(1, char_length(語句) - 1) as i
  ) as g
);

-- Acts in which somebody wrote a phrase. The index is reached through kyodo.find_acts only, which
-- holds to the scope of the login itself; what it finds is read, one by one, through audit.行為. What
-- kyodo.find_acts switches off for its own plan is off no longer once this function ends.
create function audit.行為_語句(語句 text, 団体 text default null) returns setof audit.行為
language plpgsql stable
set search_path = pg_catalog, pg_temp
set enable_seqscan = on
set enable_indexscan = on
set jit = off
as $phrase$
begin
  if coalesce(char_length(語句), 0) < 2 then
    raise exception '語句「%」が短すぎます。2 文字以上にしてください', 語句 using errcode = 'invalid_parameter_value';
  end if;
  return query
    select a.*
    from kyodo.find_acts(jsonb_strip_nulls(jsonb_build_object(
           'grams', audit.二文字(語句), 'written', substr(to_json(語句)::text, 2, length(to_json(語句)::text) - 2),
           'municipalities', case when 団体 is not null then array[団体] end)), 2147483647) as f
    cross join lateral (select * from audit.行為 where 通し番号 = f.position offset 0) as a
    where exists (select from audit.書かれた文(f.body::jsonb) as t where position(語句 in t) > 0);
end
$phrase$;

-- ── 説明と権限 ────────────────────────────────────────────────────────────────────────────────

comment on schema audit is '監査の見方: 記録を SQL で読むための表と関数。読むことだけができる';
do $comments$
declare
  one record;
begin
  for one in
    select c.relname as seen, a.attname as name, said.text
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
    left join lateral (
      select text from (values
        -- What a column says wherever it stands, or in one view.
        (null, '事案', '事案番号（制度-団体コード-番号）'),
        (null, '版', '事案の中での行為の番号。1 から欠けずに続く'),
        (null, '通し番号', 'すべての事案を通した記録の順の番号'),
        (null, '団体コード', '全国地方公共団体コード（検査数字を含む 6 桁）'),
        (null, '団体名', '市町村・特別区の今の名'),
        (null, '制度', '事案の制度（指定など）'),
        (null, '種類', '行為の種類の、変わることのない名（英語）'),
        (null, '行為', '行為の名'),
        (null, '条項', '根拠の条項（法第260条の49第11項）'),
        (null, '法令', '法令の e-Gov 法令番号'),
        (null, '略称', '条項に書く略称'),
        (null, '法令名', '法令の名'),
        (null, '条', '根拠の条（260_49 は第260条の49）。索引がある'),
        (null, '項', '根拠の項'),
        (null, '号', '根拠の号（1_イ は第1号イ）'),
        (null, '対象の条', '弁明・聴聞の通知などで、予定する処分の条'),
        (null, '対象の項', '弁明・聴聞の通知などで、予定する処分の項'),
        (null, '日', '法律上の日。記録した日とは別'),
        (null, '和暦', '法律上の日の和暦'),
        (null, '年度', '法律上の日の会計年度（令和8年度は 2026）'),
        (null, '年度名', '法律上の日の会計年度の名（令和8年度）'),
        (null, '記録時刻', '記録した時刻（日本時間。データベースの時計）'),
        (null, '記録までの日数', '法律上の日から記録した日までの日数'),
        (null, '行為者番号', '行為をした者の職員番号又は団体の番号（calendar は暦、registrar は記録係）'),
        (null, '職', '行為をした者の職'),
        (null, '氏名', '行為をした者の氏名（団体の行為では団体の名）。廃棄の後は空'),
        (null, '役割', '団体・担当職員・主宰者・市町村長・暦・記録係の別'),
        (null, '名義の職', '専決・代決のとき、名義の職'),
        (null, '決裁の別', '専決・代決の別。本人の決裁と、廃棄の後は空'),
        (null, '起案者番号', '起案した者の職員番号。廃棄の後は空'),
        (null, '起案者の職', '起案した者の職。廃棄の後は空'),
        (null, '文書番号', '行為をした文書の番号。廃棄の後は空'),
        (null, '理由', '主な理由。すべての理由は audit.理由 にある'),
        ('理由', '理由', '理由、認定、意見、事実の本文'),
        ('不利益処分', '理由', '示した理由（行手法第8条・第14条）'),
        ('廃棄', '理由', '廃棄又は消去の理由'),
        (null, '条例の版', '判断の基準とした条例等の版'),
        (null, '受付番号', '行為のもととなった提出の番号。同じ提出の行為は同じ番号'),
        (null, '本文', '事実の本文（JSON）。個人に関する情報は封印のみ。廃棄の後は空'),
        (null, 'ハッシュ値', 'この行までを封じる SHA-256（16 進）'),
        (null, '順', '一つの行為の中での順。1 が主な理由'),
        (null, '区分', '別'),
        ('理由', '区分', '何についての理由か（理由、認定、緊急の事情など）'),
        ('不利益処分', '区分', '不利益処分（行手法第2条第4号）か、申請の拒否か'),
        ('廃棄', '区分', '廃棄・移管・消去の別'),
        (null, '証拠', '認定の証拠'),
        (null, '命じた措置', '改善命令で命じた措置'),
        ('不利益処分', '期限', '改善命令の期限'),
        (null, '理由を後にした事情', '理由を処分の後に示すこととした事情（行手法第14条第1項ただし書）'),
        (null, '理由を追完した日', '後にした理由を示した日（行手法第14条第2項）'),
        (null, '緊急の事情', '弁明・聴聞を経なかった事情（行手法第13条第2項第1号）'),
        (null, '弁明聴聞の通知の日', '処分の前の弁明の機会の付与又は聴聞の通知の日。空なら通知がない'),
        (null, '審査請求の教示', '審査請求の教示（行審法第82条）'),
        (null, '訴えの教示', '取消しの訴えの教示（行訴法第46条）'),
        (null, '行為の数', '行為の数'),
        (null, '事案の数', '事案の数'),
        (null, '最初の日', '最初の行為の、法律上の日'),
        (null, '最後の日', '最後の行為の、法律上の日'),
        (null, '操作', '処理の仕組みに直接された操作'),
        (null, '操作の時刻', '操作の時刻（日本時間）'),
        (null, '操作した者', '操作した者として仕組みが知るもの'),
        (null, '述べた理由', '操作した者が述べた理由'),
        (null, '実行の番号', '操作された実行の番号'),
        (null, '件名', '事案が何についてのものか（団体の名）'),
        (null, '段階', '今の段階。索引がまだ追いついていない事案では空'),
        (null, '進行中', '事案が終わっていないか'),
        (null, '始まった日', '第1版の、法律上の日'),
        (null, '終わった日', '終わった事案の、最後の行為（介入・消去・廃棄を除く）の、法律上の日'),
        (null, '最後の記録時刻', '最後の行為を記録した時刻（日本時間）'),
        (null, '次の期限', '開いている期限のうち最も早い日'),
        (null, '次の期限の名', '開いている期限のうち最も早いものの名'),
        (null, '期限までの日数', '今日から期限までの日数。過ぎた期限では負'),
        (null, '期限超過', '次の期限が過ぎているか'),
        (null, '未了の義務', 'まだ果たされていない義務の数'),
        (null, '未了の始まり', '果たされていない義務のうち最も古いものの始まり'),
        (null, '期限の名', '期限の名'),
        (null, '期限', '期限の日（その日まで）。停止中で定まらない期限では空'),
        (null, '次に来る', '開いている期限のうち最も早いものか'),
        ('期限', '条項', '期限の根拠の条項'),
        (null, '起算日', '期間の起算のもととなる日（初日不算入）又は期限を定めた日'),
        (null, '説明', 'なぜその日か: 起算、期間、停止、繰下げ'),
        (null, '定めた版', '今の期限を定めた行為の版'),
        (null, '定めた行為', '今の期限を定めた行為の名'),
        (null, '定めた日', '今の期限を定めた行為の、法律上の日'),
        (null, '経過を記録した日', '期限の経過を記録した日。記録がなければ空'),
        (null, '決裁又は請求', '廃棄の決裁又は消去の請求の文書番号'),
        (null, '対象者番号', '情報を消去した者の番号'),
        (null, '対象の行為の数', '本文を廃棄することとした行為の数'),
        (null, '保存期間の満了日', '保存期間の満了日'),
        (null, '保存期間の説明', 'なぜその日に満了するか'),
        (null, '引き渡した綴り', '移管で引き渡した綴りの SHA-256'),
        (null, '本文の廃棄済み', '決定の前の行為の本文が、すべて廃棄されているか'),
        (null, '番号', '閲覧の記録の番号。1 から欠けずに続く'),
        (null, '時刻', '閲覧の時刻（日本時間）'),
        (null, 'ログイン', 'データベースのログイン'),
        (null, '閲覧者', '名乗った閲覧者（職員番号又は氏名）'),
        (null, '閲覧の理由', '閲覧の理由'),
        (null, '見たもの', '何を見たか'),
        ('閲覧', '事案', '見た事案。横断の閲覧では空'),
        ('閲覧', '団体コード', '見た団体。横断の閲覧では空'),
        (null, '示した事案', '横断の閲覧で示した事案'),
        (null, '詳細', '何を尋ねたか（JSON）'),
        ('閲覧', 'ハッシュ値', 'この記録までを封じる SHA-256（16 進）'),
        (null, '件数', '署名が及ぶ記録の件数（通し番号の 1 から）'),
        (null, '根', '木の根の SHA-256（16 進）'),
        (null, '署名時刻', '署名した時刻（日本時間。台帳の時計）'),
        (null, '立会人', '立会署名をした者の名'),
        (null, '最初の立会時刻', '最初の立会署名の時刻（日本時間。立会人の時計）'),
        (null, '時刻認証局', '時刻認証（RFC 3161）をした局の名'),
        (null, '認証時刻', '最初の時刻認証の時刻（日本時間）'),
        (null, '検認の本文', '署名の付いた検認（C2SP tlog-checkpoint）'),
        (null, '台帳の件数', '通し番号の付いた記録の件数'),
        (null, '索引の件数', 'audit.行為 と audit.事案 の段階に現れている記録の件数'),
        (null, '遅れ', 'まだ索引に現れていない記録の件数。0 なら追いついている'),
        (null, '検認の件数', '最後の検認が及ぶ件数')
      ) as told (seen, name, text)
      where told.name = a.attname and coalesce(told.seen, c.relname) = c.relname
      order by told.seen limit 1
    ) said on true
    where c.relnamespace = 'audit'::regnamespace and c.relkind = 'v'
  loop
    execute format('comment on column audit.%I.%I is %L', one.seen, one.name, one.text);
  end loop;
end
$comments$;
comment on view audit.行為 is '行為: 一つの法的な行為が一行。日は法律上の日、記録時刻は記録した時';
comment on view audit.理由 is '理由: 行為が述べた理由・認定・意見・事実が一つ一行';
comment on view audit.不利益処分 is '不利益処分と申請の拒否: 理由、教示、事前の手続';
comment on view audit.条例 is '条例: どの版の条例等の下で、どの行為がいくつされたか';
comment on view audit.介入 is '介入: 法の手続によらず、処理の仕組みに直接された操作';
comment on view audit.事案 is '事案: 一つの事案が一行。今の段階と次の期限';
comment on view audit.期限 is '期限: 進行中の事案で開いている期限と、その日である理由';
comment on view audit.廃棄 is '廃棄: 記録の廃棄・移管と、個人情報の消去';
comment on view audit.閲覧 is '閲覧: だれが、いつ、なぜ、何を見たか';
comment on view audit.検認 is '検認: 全記録の木の根への署名、立会署名、時刻認証';
comment on view audit.索引 is '索引: 行為と事案の段階が、記録のどこまでを映しているか';
comment on view audit.法令 is '法令: 法令番号と略称';
comment on view audit.行為の種類 is '行為の種類: 種類の英語の名と、行為の名';
comment on function audit.今日 is '今日（日本時間）';
comment on function audit.日 is '「2026-04-01」の形の文字を日に。ほかの形は空';
comment on function audit.数 is '整数の文字を数に。ほかは空';
comment on function audit.列 is 'JSON の列。列でなければ空の列';
comment on function audit.何年 is '「元年」「8年」';
comment on function audit.和暦 is '「令和8年4月1日」。太陽暦の初日（明治6年1月1日）より前は空';
comment on function audit.年度 is '会計年度の始まる年（2026-03-31 は 2025）';
comment on function audit.年度名 is '「令和8年度」。2019 は令和元年度';
comment on function audit.法令の略称 is '法令番号の略称（法、行手法など）。知らない法令は番号のまま';
comment on function audit.条項(text, text, integer, text) is '「法第260条の49第11項」';
comment on function audit.条項(jsonb) is '本文の条項（law, article, paragraph, item）を「法第260条の49第11項」の形に';
comment on function audit.団体名 is '団体コードの市町村・特別区の名。知らないコードは空';
comment on function audit.主な理由 is '本文の主な理由';
comment on function audit.理由の一覧 is '本文が述べるすべての理由。主なものが先';
comment on function audit.期限の説明 is '期限がその日である理由を、一行ずつ';
comment on function audit.標準処理期間 is '経過の前の標準処理期間を、期限の形に';
comment on function audit.書かれた文 is '人が本文に書いた文のすべて（様式の文言を除く）';
comment on function audit.二文字 is '語句の隣り合う二文字を表す数';
comment on function audit.事案_その日 is 'すべての事案の、法律上のその日の現況を、その時（日本時間）までに記録されたことから';
comment on function audit.行為_語句 is '語句が書かれた行為。語句は 2 文字以上、団体は団体コード（なければ見える団体のすべて）';

revoke all on all functions in schema audit from public;
grant usage on schema audit to kyodo_auditor;
grant select on all tables in schema audit to kyodo_auditor;
grant execute on all functions in schema audit to kyodo_auditor;
