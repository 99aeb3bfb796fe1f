-- 例外の一覧
-- 決裁の分離、14日を超えた遅れ、執務時間外の記録（同じ者の同じ日のものは一行）、根拠の欠けた処分、文書番号の欠番を一つの表にする。
-- 監査の着眼点
with asked as (
  select * from kyodo.act a
  where ($1::text is null or a.municipality = $1) and a.on_day between $2 and $3 and $4::date is not null
), numbered as (
  select municipality, case_id, number, on_day, kind, document,
         substring(document from '^(.*?第?)[0-9０-９]+') as series,
         translate(substring(document from '([0-9０-９]+)[^0-9０-９]*$'), '０１２３４５６７８９', '0123456789')::bigint as place
  from asked where document ~ '[0-9０-９]'
), found as (
  select municipality, case_id, number, on_day, kind, '起案と決裁が同じ者' as what, person as detail
  from asked where drafter = person
  union all
  select municipality, case_id, number, on_day, kind, '遅れた記録',
         ((recorded_at at time zone 'Asia/Tokyo')::date - on_day)::text || '日'
  from asked where (recorded_at at time zone 'Asia/Tokyo')::date - on_day > 14
  union all
  select municipality, case_id, min(number), min(on_day), (array_agg(kind order by number))[1], '執務時間外の記録',
         person || ' ' || to_char(min(recorded_at) at time zone 'Asia/Tokyo', 'YYYY-MM-DD HH24:MI')
           || case when count(*) > 1 then ' ほか' || (count(*) - 1) || '件' else '' end
  from asked
  where person not in ('calendar', 'registrar')
    and (extract(isodow from recorded_at at time zone 'Asia/Tokyo') > 5
      or (recorded_at at time zone 'Asia/Tokyo')::time not between '08:00' and '19:00')
  group by municipality, case_id, person, (recorded_at at time zone 'Asia/Tokyo')::date
  union all
  select a.municipality, a.case_id, a.number, a.on_day, a.kind, '理由又は教示のない処分', ''
  from asked a join kyodo.event e on e.case_id = a.case_id and e.number = a.number
  where a.kind in ('ApplicationRefused', 'DesignationRefused', 'ImprovementOrdered', 'OrderDeadlineExtended', 'DesignationRevoked')
    and e.body is not null
    and (coalesce(e.body::jsonb ->> 'reasons', e.body::jsonb ->> 'reasons_deferred', '') = ''
      or coalesce(e.body::jsonb #>> '{remedy_notice,appeal}', '') = '')
  union all
  select municipality, case_id, number, on_day, kind, '文書番号の欠番',
         case when place - before = 2 then (before + 1)::text else (before + 1)::text || '〜' || (place - 1)::text end || '（' || document || ' の前）'
  from (
    select *, lag(place) over (partition by municipality, series, extract(year from on_day - interval '3 months') order by place) as before
    from numbered
  ) n
  where place - before > 1
)
select municipality as "団体", what as "例外", case_id as "事案", number as "版", kind as "行為", on_day as "日", detail as "詳細"
from found order by 1, 2, 6, 3, 4
