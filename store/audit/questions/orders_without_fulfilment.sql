-- 履行が確かめられていない改善命令
-- 改善命令のうち、履行の確認も取消しもないもの。期限を過ぎた日数と、違反の認定の有無を示す。
-- 法第260条の49第11項
select o.municipality as "団体", o.case_id as "事案", o.number as "版", o.on_day as "命令の日",
       due.day as "期限", greatest($4::date - due.day, 0) as "超過日数",
       v.on_day as "違反の認定", e.office as "行為者の職", e.body::jsonb ->> 'measures' as "命じた措置"
from kyodo.act o
join kyodo.event e on e.case_id = o.case_id and e.number = o.number
cross join lateral (
  select (coalesce(
    (select x.body::jsonb #>> '{due,day}' from kyodo.event x
     where x.case_id = o.case_id and x.kind = 'OrderDeadlineExtended'
       and x.body::jsonb ->> 'improvement' = e.body::jsonb ->> 'improvement'
     order by x.number desc limit 1),
    e.body::jsonb #>> '{due,day}'))::date as day
) due
left join lateral (
  select x.on_day from kyodo.event x
  where x.case_id = o.case_id and x.kind = 'OrderViolationFound'
    and x.body::jsonb ->> 'improvement' = e.body::jsonb ->> 'improvement'
  order by x.number desc limit 1
) v on true
where o.kind = 'ImprovementOrdered'
  and ($1::text is null or o.municipality = $1) and o.on_day between $2 and $3
  and not exists (
    select from kyodo.event f
    where f.case_id = o.case_id and f.number > o.number
      and (f.kind = 'DesignationRevoked'
           or f.kind = 'ImprovementOrderFulfilled'
              and f.body::jsonb ->> 'improvement' = e.body::jsonb ->> 'improvement'))
order by 6 desc, 4, 2
