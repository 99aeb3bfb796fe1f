-- 行手法第8条・第14条（理由の提示）、行審法第82条・行訴法第46条（教示）:
-- a refusal, an order or a revocation enters the record complete or not at all.

create function kyodo.is_blank(value text) returns boolean
language sql immutable parallel safe
return value is null or btrim(value, E' \t\n　') = '';

create function kyodo.adverse_act_is_complete(kind text, body text) returns boolean
language plpgsql immutable parallel safe as $complete$
declare
  act jsonb := body::jsonb;
begin
  -- 教示: where to appeal, and against whom to bring suit.
  if kyodo.is_blank(act #>> '{remedy_notice,appeal}')
     or kyodo.is_blank(act #>> '{remedy_notice,lawsuit}') then
    return false;
  end if;
  -- 根拠となる条項.
  if kyodo.is_blank(act #>> '{basis,law}') or kyodo.is_blank(act #>> '{basis,article}') then
    return false;
  end if;
  -- 理由; 行手法第14条第1項ただし書 allows a revocation to give them afterwards, saying why.
  if kyodo.is_blank(act ->> 'reasons') then
    return kind = 'DesignationRevoked' and not kyodo.is_blank(act ->> 'reasons_deferred');
  end if;
  -- 法第260条の49第11項「期限を定めて」.
  if kind = 'ImprovementOrdered' then
    return coalesce((act #>> '{due,day}')::date > (act ->> 'on')::date, false);
  end if;
  return true;
end
$complete$;

alter table kyodo.event add constraint adverse_act_is_complete check (
  kind not in (
    'ApplicationRefused', 'DesignationRefused', 'ImprovementOrdered',
    'OrderDeadlineExtended', 'DesignationRevoked'
  )
  or kyodo.adverse_act_is_complete(kind, body)
);
