-- 動いた期限とその理由
-- 定められた後に動いた期限。前の日、新しい日、動かした行為と理由を示す。
-- 法第260条の49第11項、第14条第1項（経過措置）、第4条の2第4項（暦の変更）、行政手続法第7条・第22条
select m.municipality as "団体", m.case_id as "事案", m.number as "版", m.on_day as "動かした日",
       m.kind as "行為", moved.title as "期限", before.day::date as "前の日", moved.day::date as "新しい日",
       coalesce(e.body::jsonb ->> 'reasons', e.body::jsonb ->> 'why', e.body::jsonb ->> 'circumstances',
                moved.reason) as "理由"
from kyodo.act m
join kyodo.event e on e.case_id = m.case_id and e.number = m.number
cross join lateral (
  select coalesce(e.body::jsonb #>> '{due,title}', e.body::jsonb #>> '{next_day,title}', e.body::jsonb #>> '{day,title}') as title,
         coalesce(e.body::jsonb #>> '{due,day}', e.body::jsonb #>> '{next_day,day}', e.body::jsonb #>> '{day,day}') as day,
         coalesce(e.body::jsonb #>> '{due,key}', e.body::jsonb #>> '{next_day,key}', e.body::jsonb #>> '{day,key}') as key,
         case m.kind when 'CorrectionRequested' then '補正を求めたため処理期間が止まる' end as reason
) moved
left join lateral (
  select coalesce(x.body::jsonb #>> '{due,day}', x.body::jsonb #>> '{next_day,day}', x.body::jsonb #>> '{day,day}') as day
  from kyodo.event x
  where x.case_id = m.case_id and x.number < m.number
    and split_part(coalesce(x.body::jsonb #>> '{due,key}', x.body::jsonb #>> '{next_day,key}', x.body::jsonb #>> '{day,key}'), '-', 1)
      = split_part(moved.key, '-', 1)
    and x.body::jsonb ->> 'improvement' is not distinct from e.body::jsonb ->> 'improvement'
  order by x.number desc limit 1
) before on true
where (m.kind in ('OrderDeadlineExtended', 'CorrectionRequested', 'DeadlineMoved')
       or m.kind in ('HearingNotified', 'HearingSessionHeld') and before.day is not null and moved.day is not null)
  and ($1::text is null or m.municipality = $1) and m.on_day between $2 and $3 and $4::date is not null
union all
select m.municipality, m.case_id, m.number, m.on_day, m.kind, one.value #>> '{after,title}',
       (one.value #>> '{before,day}')::date, (one.value #>> '{after,day}')::date,
       (e.body::jsonb ->> 'reasons') || '（' || coalesce(one.value ->> 'provision', one.value ->> 'rule') || '）'
from kyodo.act m
join kyodo.event e on e.case_id = m.case_id and e.number = m.number
cross join lateral jsonb_array_elements(e.body::jsonb -> 'moved') as one
where m.kind in ('RulesChanged', 'CalendarChangeApplied')
  and ($1::text is null or m.municipality = $1) and m.on_day between $2 and $3
order by 4, 2, 3
