-- 遅れて記録された行為
-- 法律上の日から14日を超えて経ってから記録された行為。
-- 公文書等の管理に関する法律第34条
select a.municipality as "団体", a.case_id as "事案", a.number as "版", a.kind as "行為",
       a.on_day as "法律上の日", (a.recorded_at at time zone 'Asia/Tokyo')::date as "記録した日",
       (a.recorded_at at time zone 'Asia/Tokyo')::date - a.on_day as "日数", a.person as "行為者"
from kyodo.act a
where (a.recorded_at at time zone 'Asia/Tokyo')::date - a.on_day > 14
  and ($1::text is null or a.municipality = $1) and a.on_day between $2 and $3 and $4::date is not null
order by 7 desc, 2, 3
