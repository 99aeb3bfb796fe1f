-- 起案と決裁が分かれていない行為
-- 決裁した者が、自ら起案したか、同じ事案の審査の終了・命令や取消しの予定の案を作ったもの。
-- 起案と決裁の分離（審査の公正のための定め）
select a.municipality as "団体", a.case_id as "事案", a.number as "版", a.kind as "行為", a.on_day as "日",
       a.person as "決裁した者", coalesce(a.drafter, d.person) as "起案した者", d.kind as "起案の行為"
from kyodo.act a
left join lateral (
  select x.person, x.kind from kyodo.act x
  where x.municipality = a.municipality and x.case_id = a.case_id and x.number < a.number
    and x.person = a.person
    and (a.kind in ('DesignationGranted', 'DesignationRefused') and x.kind = 'ReviewCompleted'
      or a.kind in ('ImprovementOrdered', 'ImprovementOrderNotMade') and x.kind = 'ImprovementOrderProposed'
      or a.kind in ('DesignationRevoked', 'RevocationDeclined') and x.kind in ('RevocationProposed', 'HearingReportSubmitted'))
  order by x.number desc limit 1
) d on true
where (a.drafter = a.person or d.person is not null)
  and ($1::text is null or a.municipality = $1) and a.on_day between $2 and $3 and $4::date is not null
order by 5, 2
