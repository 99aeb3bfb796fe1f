"""Guards: What keeps the record from being changed, compared with what it should be.

A worker checks them as it starts, so that a grant given by hand or a trigger switched off is
noticed before anything is written.
"""

from collections.abc import Iterator, Mapping

import asyncpg

from store.database import Connection
from store.errors import GuardsDrifted

_PROOFS = ("tile", "checkpoint", "cosignature", "stamp")
KEPT = ("event", "personal", "log", "access", *_PROOFS)
"""Tables whose rows never change, but for what a recorded disposal takes away."""
MOVING = ("head", "progress", "access_head", "person_key")
"""Tables that follow the record; none of them loses a row, but for a person's key."""
GUARDED = (*KEPT, *MOVING)
PROJECTIONS = ("act", "standing", "projected")
"""Tables made from the record, which can be made again."""

_ALLOWED: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "kyodo_writer": {"SELECT": ("event", "head")},
    "kyodo_auditor": {"SELECT": (*GUARDED, *PROJECTIONS)},
    "kyodo_sequencer": {
        "SELECT": ("event", "log", "progress", *_PROOFS),
        "INSERT": ("log", *_PROOFS),
        "UPDATE": ("progress",),
    },
    "kyodo_projector": {
        "SELECT": ("event", "log", "head", *PROJECTIONS),
        "INSERT": ("act", "standing"),
        "UPDATE": PROJECTIONS,
        "DELETE": ("act", "standing"),
        "TRUNCATE": ("act", "standing"),
    },
    "kyodo_disposal": {"MAINTAIN": ("event", "personal", "person_key", "act")},
}
_CALLED: Mapping[str, tuple[str, ...]] = {
    "kyodo_writer": ("append", "append_one", "person_keys"),
    "kyodo_auditor": (
        *("within_reach", "narrowed_to", "places", "sees_personal", "hashes", "log_size"),
        *("note_access", "find_acts", "count_acts"),
    ),
    "kyodo_sequencer": ("hashes", "log_size"),
    "kyodo_disposal": ("dispose", "erase_person", "cases_of_person"),
}
GRANTS = {
    (role, table, privilege)
    for role, privileges in _ALLOWED.items()
    for privilege, tables in privileges.items()
    for table in tables
}
CALLS = {(role, function) for role, functions in _CALLED.items() for function in functions}
POLICIES = {
    *((table, "auditor", "r") for table in (*GUARDED, *PROJECTIONS) if table != "progress"),
    ("progress", "auditor_reads", "r"),
    ("access", "own_looks", "r"),
    *((table, "writer", "r") for table in ("event", "head", "log")),
    *((table, "sequencer", "r") for table in ("head", "event", "log", *_PROOFS)),
    *((table, "sequencer_adds", "a") for table in ("log", *_PROOFS)),
    ("progress", "sequencer_reads", "r"),
    ("progress", "sequencer_moves", "w"),
    *((table, "projector", "*") for table in PROJECTIONS),
    *((table, "projector", "r") for table in ("event", "log", "head")),
}
TRIGGERS = {
    **{(table, "nothing_changes"): 58 for table in KEPT},
    **{(table, "nothing_changes"): 42 for table in ("event", "head", "progress", "access_head")},
    **{(table, "nothing_changes"): 50 for table in ("personal", "person_key")},
    ("event", "only_disposal"): 19,
    ("personal", "only_disposal"): 11,
}
"""pg_trigger.tgtype: 1 for each row, 2 before, 8 DELETE, 16 UPDATE, 32 TRUNCATE."""

_GRANTS = """
select coalesce(r.rolname, 'public'), c.relname, a.privilege_type
from pg_class c cross join lateral aclexplode(c.relacl) a left join pg_roles r on r.oid = a.grantee
where c.relnamespace = 'kyodo'::regnamespace and c.relkind in ('r', 'S', 'v')
  and a.grantee <> c.relowner
"""
_CALLS = """
select coalesce(r.rolname, 'public'), p.proname
from pg_proc p
cross join lateral aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
left join pg_roles r on r.oid = a.grantee
where p.pronamespace = 'kyodo'::regnamespace and a.grantee <> p.proowner
"""
_POLICIES = """
select c.relname, p.polname, p.polcmd::text from pg_policy p join pg_class c on c.oid = p.polrelid
where c.relnamespace = 'kyodo'::regnamespace
"""
_TRIGGERS = """
select c.relname, t.tgname, t.tgenabled::text, t.tgtype, p.prosrc
from pg_class c
join pg_trigger t on t.tgrelid = c.oid and not t.tgisinternal
join pg_proc p on p.oid = t.tgfoid
where c.relnamespace = 'kyodo'::regnamespace
"""
_OPEN = """
select c.relname from pg_class c
where c.relnamespace = 'kyodo'::regnamespace and c.relname = any ($1) and c.relrowsecurity
"""
_DEFINERS = """
select bool_and(prosecdef and coalesce(proconfig @> array['search_path=pg_catalog, pg_temp'], false))
from pg_proc where pronamespace = 'kyodo'::regnamespace
  and proname in ('append', 'append_one', 'note_access', 'dispose', 'erase_person', 'person_keys')
"""


async def check_guards(pool: asyncpg.Pool) -> None:
    """Raise GuardsDrifted unless grants, policies and triggers are as the migrations made them."""
    async with pool.acquire() as connection:
        differences = [
            *_compare("grant", await _set(connection, _GRANTS), GRANTS),
            *_compare("call", await _set(connection, _CALLS), CALLS),
            *_compare("policy", await _set(connection, _POLICIES), POLICIES),
            *_triggers(await connection.fetch(_TRIGGERS)),
            *_unsecured(await connection.fetch(_OPEN, [*GUARDED, *PROJECTIONS])),
        ]
        if not await connection.fetchval(_DEFINERS):
            differences.append(
                "a writing function is not a definer function with a fixed search_path"
            )
    if differences:
        raise GuardsDrifted(differences)


async def _set(connection: Connection, query: str) -> set[tuple[str, ...]]:
    return {tuple(row) for row in await connection.fetch(query)}


def _compare(what: str, found: set[tuple[str, ...]], wanted: set[tuple[str, ...]]) -> list[str]:
    missing = [f"{what} missing: {' '.join(each)}" for each in sorted(wanted - found)]
    return missing + [f"{what} not foreseen: {' '.join(each)}" for each in sorted(found - wanted)]


def _triggers(rows: list[asyncpg.Record]) -> Iterator[str]:
    found = {(row["relname"], row["tgname"]): row for row in rows}
    for (table, name), kind in TRIGGERS.items():
        row = found.get((table, name))
        if row is None or row["tgenabled"] != "A" or row["tgtype"] != kind:
            yield f"trigger {name} is not as made: {table}"
        elif "raise exception" not in row["prosrc"]:
            yield f"trigger {name} refuses nothing: {table}"


def _unsecured(rows: list[asyncpg.Record]) -> Iterator[str]:
    secured = {row["relname"] for row in rows}
    for table in (*GUARDED, *PROJECTIONS):
        if table not in secured:
            yield f"row-level security is off: {table}"
