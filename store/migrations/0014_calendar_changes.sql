-- 暦の変更（法第4条の2第4項、告示）:
-- a deadline says by which 告示 it was extended.

create or replace function audit.期限の説明(期限 jsonb) returns text
language sql stable parallel safe
return concat_ws(E'\n',
  case when 期限 #>> '{period,length}' is null
    then '指定: ' || (期限 ->> 'origin') || ' ' || (期限 ->> 'origin_title') || 'で定めた日（' || audit.条項(期限 -> 'basis') || '）'
    else '起算: ' || (期限 ->> 'origin') || ' ' || (期限 ->> 'origin_title') || '（初日不算入、民法第140条）により '
      || to_char(audit.日(期限 ->> 'origin') + 1, 'YYYY-MM-DD') || ' から数える' || E'\n'
      || '期間: ' || (期限 #>> '{period,length}')
      || case 期限 #>> '{period,unit}' when '月' then 'か月' else 期限 #>> '{period,unit}' end || '（' || (期限 #>> '{period,basis}') || '）' end,
  (select string_agg('停止: ' || (t.value ->> 'since') || case when t.until is null then ' から、終わりは未定'
                       else ' から ' || (t.value ->> 'until') || ' まで' || t.until - t.since + 1 || '日' end
                     || '（' || (t.value ->> 'reason') || '）', E'\n' order by t.ordinality)
   from (select s.value, s.ordinality, audit.日(s.value ->> 'until') as until,
                greatest(audit.日(s.value ->> 'since'), audit.日(期限 ->> 'origin') + 1) as since
         from jsonb_array_elements(audit.列(期限 -> 'suspensions'))
                with ordinality as s) as t),
  '末日 ' || (期限 #>> '{roll,since}') || ' は' || (期限 #>> '{roll,reason}') || 'のため ' || (期限 #>> '{roll,until}')
    || ' に繰り下げる（' || (期限 #>> '{roll,rule}') || '）',
  '延長: ' || (期限 #>> '{extension,since}') || ' を、' || (期限 #>> '{extension,reason}') || 'のため '
    || (期限 #>> '{extension,until}') || ' に延長する（' || (期限 #>> '{extension,rule}') || '）',
  '期限: ' || coalesce((期限 ->> 'day') || '（' || substr('月火水木金土日', extract(isodow from audit.日(期限 ->> 'day'))::integer, 1) || '）',
    case when 期限 @@ '$.suspensions[*].until == null' then '停止中のため定まらない' else '開庁日で数えるため、補正が終わると定まる' end));
