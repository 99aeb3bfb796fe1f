-- 行手法第8条・第14条（理由の提示）、行審法第82条・行訴法第46条（教示）:
-- a refusal, an order or a revocation enters the record complete or not at all.

create function kyodo.adverse_act_is_complete(kind text, body text) returns boolean
language plpgsql immutable parallel safe as $complete$
declare
  act constant jsonb := body::jsonb;
begin
  return coalesce(
    -- 根拠となる条項と教示 (where to appeal, against whom to bring suit); a text of blanks is no text
    act @@ '$.basis.law like_regex "[^\\s　]" && $.basis.article like_regex "[^\\s　]"
            && $.remedy_notice.appeal like_regex "[^\\s　]"
            && $.remedy_notice.lawsuit like_regex "[^\\s　]"'
    -- 理由; 行手法第14条第1項ただし書 lets a revocation give them afterwards, if it says why
    and (
      act @@ '$.reasons like_regex "[^\\s　]"'
      or (kind = 'DesignationRevoked' and act @@ '$.reasons_deferred like_regex "[^\\s　]"')
    )
    -- 法第260条の49第11項「期限を定めて」
    and (kind <> 'ImprovementOrdered' or (act #>> '{due,day}')::date > (act ->> 'on')::date),
    false
  );
end
$complete$;

alter table kyodo.event add constraint adverse_act_is_complete check (
  kind not in (
    'ApplicationRefused', 'DesignationRefused', 'ImprovementOrdered',
    'OrderDeadlineExtended', 'DesignationRevoked'
  )
  or kyodo.adverse_act_is_complete(kind, body)
);
