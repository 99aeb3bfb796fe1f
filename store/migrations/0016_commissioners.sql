-- As before, with the 自治紛争処理委員 of a dispute named in Japanese like everybody else who acts.
create or replace view audit.行為 with (security_invoker = true) as
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
              when 'calendar' then '暦' when 'registrar' then '記録係'
              when 'commissioner' then '自治紛争処理委員' else e.role end as 役割,
  e.acting_for as 名義の職, e.body::jsonb #>> '{by,acting,mode}' as 決裁の別,
  a.drafter as 起案者番号, e.body::jsonb #>> '{drafted_by,office}' as 起案者の職,
  a.document as 文書番号, audit.主な理由(e.body::jsonb) as 理由, e.ordinance as 条例の版,
  e.command_id as 受付番号, e.body::jsonb as 本文, encode(e.hash, 'hex') as ハッシュ値
from kyodo.act a
left join kyodo.event e on e.case_id = a.case_id and e.number = a.number
left join audit.行為の種類 k on k.種類 = a.kind;
