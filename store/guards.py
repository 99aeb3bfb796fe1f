"""Guards: What keeps the record from being changed, compared with what it should be.

A worker checks them as it starts, so that a grant given by hand or a trigger switched off is
noticed before anything is written.
"""

import asyncpg

from store.database import Connection
from store.errors import GuardsDrifted

_PROOFS = ("tile", "checkpoint", "cosignature", "stamp")
KEPT = ("event", "personal", "log", *_PROOFS)
"""Tables whose rows never change."""
GUARDED = (*KEPT, "head", "progress")
_ROLES = ("kyodo_writer", "kyodo_auditor", "kyodo_sequencer")

GRANTS = {
    *(("kyodo_writer", table, "SELECT") for table in ("event", "head", "personal")),
    *(("kyodo_auditor", table, "SELECT") for table in GUARDED),
    *(("kyodo_sequencer", table, "SELECT") for table in ("event", "log", "progress")),
    *(("kyodo_sequencer", table, "SELECT") for table in _PROOFS),
    *(("kyodo_sequencer", table, "INSERT") for table in ("log", *_PROOFS)),
    ("kyodo_sequencer", "progress", "UPDATE"),
}
CALLS = {
    ("kyodo_writer", "append"),
    ("kyodo_writer", "append_one"),
    ("kyodo_auditor", "within_reach"),
    ("kyodo_auditor", "narrowed_to"),
    ("kyodo_auditor", "hashes"),
    ("kyodo_sequencer", "hashes"),
}
POLICIES = {
    *((table, "writer", "r") for table in ("event", "head", "personal", "log")),
    *((table, "auditor", "r") for table in ("head", *KEPT)),
    *((table, "sequencer", "r") for table in ("head", *KEPT)),
    *((table, "sequencer_adds", "a") for table in ("log", *_PROOFS)),
    ("progress", "sequencer_reads", "r"),
    ("progress", "sequencer_moves", "w"),
    ("progress", "auditor_reads", "r"),
}
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
select c.relname, c.relrowsecurity, t.tgenabled::text, t.tgtype, p.proname, p.prosrc
from pg_class c
left join pg_trigger t on t.tgrelid = c.oid and t.tgname = 'nothing_changes'
left join pg_proc p on p.oid = t.tgfoid
where c.relnamespace = 'kyodo'::regnamespace and c.relname = any ($1)
"""
_APPEND = """
select bool_and(prosecdef and coalesce(proconfig @> array['search_path=pg_catalog, pg_temp'], false))
from pg_proc where pronamespace = 'kyodo'::regnamespace and proname in ('append', 'append_one')
"""
_TYPES = {**dict.fromkeys(KEPT, 58), "head": 42, "progress": 42}
"""pg_trigger.tgtype: BEFORE, statement; TRUNCATE and DELETE, for what is kept UPDATE also."""


async def check_guards(pool: asyncpg.Pool) -> None:
    """Raise GuardsDrifted unless grants, policies and triggers are as the migrations made them."""
    async with pool.acquire() as connection:
        differences = [
            *_compare("grant", await _set(connection, _GRANTS), GRANTS),
            *_compare("call", await _set(connection, _CALLS), CALLS),
            *_compare("policy", await _set(connection, _POLICIES), POLICIES),
            *_triggers(await connection.fetch(_TRIGGERS, list(GUARDED))),
        ]
        if not await connection.fetchval(_APPEND):
            differences.append(
                "an append function is not a definer function with a fixed search_path"
            )
    if differences:
        raise GuardsDrifted(differences)


async def _set(connection: Connection, query: str) -> set[tuple[str, ...]]:
    return {tuple(row) for row in await connection.fetch(query)}


def _compare(what: str, found: set[tuple[str, ...]], wanted: set[tuple[str, ...]]) -> list[str]:
    missing = [f"{what} missing: {' '.join(each)}" for each in sorted(wanted - found)]
    return missing + [f"{what} not foreseen: {' '.join(each)}" for each in sorted(found - wanted)]


def _triggers(rows: list[asyncpg.Record]) -> list[str]:
    differences: list[str] = []
    for row in rows:
        table = row["relname"]
        if not row["relrowsecurity"]:
            differences.append(f"row-level security is off: {table}")
        if row["tgenabled"] != "A" or row["tgtype"] != _TYPES[table]:
            differences.append(f"trigger nothing_changes is not as made: {table}")
        elif "raise exception" not in row["prosrc"]:
            differences.append(f"trigger nothing_changes refuses nothing: {table}")
    gone = sorted(set(GUARDED) - {row["relname"] for row in rows})
    return differences + [f"table missing: {table}" for table in gone]
