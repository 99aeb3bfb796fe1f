-- 通知から期日までが短い聴聞・弁明
-- 通知の到達から聴聞の期日又は弁明書の提出期限までが14日に満たないもの。
-- 行政手続法第15条第1項・第30条
select h.municipality as "団体", h.case_id as "事案", h.number as "版", h.kind as "通知",
       (e.body::jsonb ->> 'arrives')::date as "到達の日", due.day as "期日・期限",
       due.day - (e.body::jsonb ->> 'arrives')::date as "日数", e.office as "行為者の職"
from kyodo.act h
join kyodo.event e on e.case_id = h.case_id and e.number = h.number
cross join lateral (
  select coalesce(e.body::jsonb #>> '{day,day}', e.body::jsonb #>> '{due,day}')::date as day
) due
where h.kind in ('HearingNotified', 'ExplanationInvited')
  and ($1::text is null or h.municipality = $1) and h.on_day between $2 and $3
  and $4::date is not null
  and due.day - (e.body::jsonb ->> 'arrives')::date < 14
order by 7, 5, 2
