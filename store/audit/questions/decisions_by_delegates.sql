-- 専決・代決による決定
-- 市町村長に代わって職員が決裁した行為。
-- 法第153条第1項
select a.municipality as "団体", a.case_id as "事案", a.number as "版", a.kind as "行為", a.on_day as "日",
       e.office as "決裁した職", a.person as "決裁した者", e.acting_for as "名義の職",
       e.body::jsonb #>> '{by,acting,mode}' as "別"
from kyodo.act a
join kyodo.event e on e.case_id = a.case_id and e.number = a.number
where e.acting_for is not null
  and ($1::text is null or a.municipality = $1) and a.on_day between $2 and $3 and $4::date is not null
order by 5, 2
