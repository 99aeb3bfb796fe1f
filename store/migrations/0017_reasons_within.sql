-- 理由: also what was found about a part of an act (行手法第18条: documents that are withheld).

create or replace function audit.理由の一覧(本文 jsonb)
returns table (順 bigint, 区分 text, 理由 text, 証拠 text)
language sql immutable parallel safe
begin atomic
  select row_number() over (order by r.place, r.label, r.said), r.label, r.said,
         nullif(array_to_string(array(select jsonb_array_elements_text(r.evidence)), '、'), '')
  from (
    select coalesce(k.place, 90) as place, coalesce(k.label, f.key) as label,
           case jsonb_typeof(f.value) when 'object' then f.value ->> 'reasons' else f.value #>> '{}' end as said,
           audit.列(case f.key when 'facts' then $1 else f.value end -> 'evidence') as evidence
    from jsonb_each($1) as f
    left join (values
      ('reasons', 1, '理由'), ('reasons_deferred', 2, '理由を後にした事情'), ('finding', 3, '認定'),
      ('necessity', 4, '指定の必要'), ('need', 5, '報告を求める必要'), ('opinion', 6, '意見'),
      ('circumstances', 7, '再開の事情'), ('why', 8, '事由'), ('said', 9, '述べた理由'),
      ('facts', 10, '原因となる事実'), ('within_need', 11, '必要な限度'), ('urgency', 12, '緊急の事情'),
      ('consideration', 13, '調書と報告書の参酌'), ('opened_because', 14, '公開した事情')
    ) as k (key, place, label) on k.key = f.key
    where jsonb_typeof(f.value) = 'object' and jsonb_typeof(f.value -> 'reasons') = 'string'
       or jsonb_typeof(f.value) = 'string' and k.key is not null
    union all
    select 50, '処分の事由', g.value #>> '{}', '[]'
    from jsonb_array_elements(audit.列($1 -> 'grounds')) as g
    where jsonb_typeof(g.value) = 'string'
    union all
    select 51, '取消しの事由' || coalesce('（' || (g.value ->> 'ground') || '）', ''), f.value ->> 'reasons',
           audit.列(f.value -> 'evidence')
    from jsonb_array_elements(audit.列($1 -> 'grounds')) as g
    cross join lateral jsonb_each(case when jsonb_typeof(g.value) = 'object' then g.value else '{}' end) as f
    where jsonb_typeof(f.value) = 'object'
    union all
    select 60, '不備', string_agg(concat_ws('：', d.value ->> 'field', d.value ->> 'remedy'), '、'), '[]'
    from jsonb_array_elements(audit.列($1 -> 'defects')) as d
    having count(*) > 0
    union all
    select 55, '認定', f.value #>> '{finding,reasons}', audit.列(f.value #> '{finding,evidence}')
    from jsonb_each($1) as f
    where jsonb_typeof(f.value) = 'object' and f.value #>> '{finding,reasons}' is not null
  ) as r;
end;
