-- 行手法第8条・第14条（理由の提示）、行審法第82条・行訴法第46条（教示）:
-- a refusal, an order or a revocation enters the record complete or not at all.

-- Fifty blanks in front of a text count as nothing written.
create function kyodo.is_blank(value text) returns boolean
language sql immutable parallel safe
return value is null or btrim(left(value, 50), E' \t\n　') = '';

create function kyodo.adverse_act_is_complete(kind text, body text) returns boolean
language plpgsql immutable parallel safe as $complete$
declare
  act constant jsonb := body::jsonb;
  basis constant jsonb := act -> 'basis';
  remedy_notice constant jsonb := act -> 'remedy_notice';
begin
  return
    -- 根拠となる条項
    not kyodo.is_blank(basis ->> 'law') and not kyodo.is_blank(basis ->> 'article')
    -- 教示: where to appeal, and against whom to bring suit
    and not kyodo.is_blank(remedy_notice ->> 'appeal')
    and not kyodo.is_blank(remedy_notice ->> 'lawsuit')
    -- 理由; 行手法第14条第1項ただし書 lets a revocation give them afterwards, if it says why
    and (
      not kyodo.is_blank(act ->> 'reasons')
      or (kind = 'DesignationRevoked' and not kyodo.is_blank(act ->> 'reasons_deferred'))
    )
    -- 法第260条の49第11項「期限を定めて」
    and (
      kind <> 'ImprovementOrdered'
      or coalesce((act #>> '{due,day}')::date > (act ->> 'on')::date, false)
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
