-- 標準処理期間を超えた申請
-- 標準処理期間の末日を過ぎても決定のなかった申請。決定の日（まだなら空）と、超えた日数を示す。
-- 行政手続法第6条
select p.municipality as "団体", p.case_id as "事案", (e.body::jsonb #>> '{due,day}')::date as "期間の末日",
       d.on_day as "決定の日", d.kind as "決定",
       coalesce(d.on_day, $4::date) - (e.body::jsonb #>> '{due,day}')::date as "超過日数"
from kyodo.act p
join kyodo.event e on e.case_id = p.case_id and e.number = p.number
left join lateral (
  select x.on_day, x.kind from kyodo.act x
  where x.municipality = p.municipality and x.case_id = p.case_id
    and x.kind in ('DesignationGranted', 'DesignationRefused', 'ApplicationRefused', 'ApplicationWithdrawn')
  order by x.number limit 1
) d on true
where p.kind = 'StandardPeriodPassed'
  and ($1::text is null or p.municipality = $1) and p.on_day between $2 and $3
  and coalesce(d.on_day, $4::date) > (e.body::jsonb #>> '{due,day}')::date
order by 6 desc, 2
