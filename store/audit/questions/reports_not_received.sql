-- 届いていない報告
-- 報告を求めた後、受理も打切りもないもの。期限を過ぎた日数を示す。
-- 法第260条の49第10項
select r.municipality as "団体", r.case_id as "事案", r.number as "版", r.on_day as "求めた日",
       (e.body::jsonb #>> '{due,day}')::date as "期限",
       greatest($4::date - (e.body::jsonb #>> '{due,day}')::date, 0) as "超過日数",
       e.body::jsonb ->> 'matters' as "求めた事項"
from kyodo.act r
join kyodo.event e on e.case_id = r.case_id and e.number = r.number
where r.kind = 'ReportRequested'
  and ($1::text is null or r.municipality = $1) and r.on_day between $2 and $3
  and not exists (
    select from kyodo.event x
    where x.case_id = r.case_id and x.number > r.number
      and (x.kind in ('DesignationRevoked', 'RecordDisposed')
           or x.kind in ('ReportReceived', 'ReportRequestClosed')
              and x.body::jsonb ->> 'report' = e.body::jsonb ->> 'report'))
order by 6 desc, 4, 2
