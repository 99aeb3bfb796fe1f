-- 聴聞を経ない取消し
-- 公益上緊急として聴聞を経ずにされた取消しと、その事情。理由を後にした場合は示した日。
-- 行政手続法第13条第2項第1号・第14条
select r.municipality as "団体", r.case_id as "事案", r.number as "版", r.on_day as "取消しの日",
       e.body::jsonb #>> '{urgency,reasons}' as "緊急の事情", e.body::jsonb ->> 'reasons_deferred' as "理由を後にした事情",
       g.on_day as "理由を示した日", e.office as "行為者の職"
from kyodo.act r
join kyodo.event e on e.case_id = r.case_id and e.number = r.number
left join kyodo.act g on g.municipality = r.municipality and g.case_id = r.case_id and g.kind = 'DeferredReasonsGiven'
where r.kind = 'DesignationRevoked' and e.body::jsonb ->> 'urgency' is not null
  and ($1::text is null or r.municipality = $1) and r.on_day between $2 and $3 and $4::date is not null
order by 4, 2
