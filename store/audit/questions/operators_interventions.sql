-- 運用者の介入
-- 法の手続によらず、処理の仕組みに直接された操作。
-- 公文書等の管理に関する法律第34条
select a.municipality as "団体", a.case_id as "事案", a.number as "版", a.on_day as "日",
       e.body::jsonb ->> 'action' as "操作", e.body::jsonb ->> 'identity' as "操作した者",
       e.body::jsonb ->> 'said' as "述べた理由", e.body::jsonb ->> 'at' as "時刻"
from kyodo.act a
join kyodo.event e on e.case_id = a.case_id and e.number = a.number
where a.kind = 'OperatorIntervened'
  and ($1::text is null or a.municipality = $1) and a.on_day between $2 and $3 and $4::date is not null
order by 4, 2
