"""Guards: What keeps the record from being changed, compared with what it should be.

A worker checks them as it starts, so that a grant given by hand or a trigger switched off is
noticed before anything is written.
"""

from collections.abc import Iterator, Mapping

import asyncpg

from store.database import Connection
from store.errors import GuardsDrifted

_PROOFS = ("tile", "checkpoint", "cosignature", "stamp")
KEPT = ("event", "personal", "log", "access", "party", *_PROOFS)
"""Tables whose rows never change, but for what a recorded disposal takes away."""
MOVING = ("head", "progress", "access_head", "person_key")
"""Tables that follow the record; none of them loses a row, but for a person's key."""
GUARDED = (*KEPT, *MOVING)
_MADE = ("act", "standing", "deadline")
PROJECTIONS = (*_MADE, "projected")
"""Tables made from the record, which can be made again."""
VIEWS: Mapping[str, str] = {
    "法令": "a74f47f170b5bdb1",
    "行為の種類": "7f2e3ecc435817f7",
    "行為": "2b11b1e1fda28601",
    "理由": "01857ec0711d7317",
    "不利益処分": "5e0ec55cdfb6fd44",
    "条例": "99593ca46cdf79a1",
    "介入": "c8aeec622b55ef28",
    "事案": "676d1a03c3401007",
    "期限": "461e12f1830a181c",
    "廃棄": "02bfbb2e26c7c2a6",
    "閲覧": "ad6603db03a907e6",
    "検認": "f98b53443d2e2685",
    "索引": "f8ad11b37f76c6be",
}
"""The views of the schema `audit`, each with a digest of what PostgreSQL `PRINTED_BY` prints of it."""
FUNCTIONS: Mapping[str, str] = {
    "今日()": "8be21364aa0ffe4b",
    "日(text)": "e62277508a15b9ec",
    "何年(integer)": "af973740dbbc3320",
    "数(text)": "60f70a4a763160e2",
    "列(jsonb)": "c69518de851c7e84",
    "和暦(date)": "3636c24a13ba34db",
    "年度(date)": "be5105f7bcbe13d5",
    "年度名(integer)": "7079516ac51b359e",
    "法令の略称(text)": "76f6e46b2c5a96b5",
    "条項(text, text, integer, text)": "7c28067b6f6a23aa",
    "条項(jsonb)": "9d58c07363db5a16",
    "団体名(text)": "b697824d222fd312",
    "理由の一覧(jsonb)": "48952d06107c57e1",
    "主な理由(jsonb)": "5d9f5a9ddf88d4ef",
    "事案_その日(date, timestamp without time zone)": "60bf4480e3f5319e",
    "期限の説明(jsonb)": "06a2e5151f89eee4",
    "書かれた文(jsonb)": "9864401427dc31d4",
    "二文字(text)": "58ce25ef0a3643b9",
    "行為_語句(text, text)": "e71c23321f7522d7",
}
"""The functions of the schema `audit` by name and types, likewise."""
PRINTED_BY = 18
"""Another version may print a definition otherwise; there, only what there is gets compared."""

_ALLOWED: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "kyodo_writer": {"SELECT": ("event", "head")},
    "kyodo_auditor": {
        "SELECT": (*GUARDED, *PROJECTIONS, "word", *VIEWS),
        "USAGE": ("schema audit",),
    },
    "kyodo_sequencer": {
        "SELECT": ("event", "log", "progress", *_PROOFS),
        "INSERT": ("log", *_PROOFS),
        "UPDATE": ("progress",),
    },
    "kyodo_projector": {
        "SELECT": ("event", "log", "head", *PROJECTIONS),
        "INSERT": _MADE,
        "UPDATE": PROJECTIONS,
        "DELETE": _MADE,
        "TRUNCATE": _MADE,
    },
    "kyodo_disposal": {"MAINTAIN": ("event", "personal", "person_key", *_MADE)},
}
_CALLED: Mapping[str, tuple[str, ...]] = {
    "kyodo_writer": ("append", "append_one", "person_keys"),
    "kyodo_auditor": (
        *("within_reach", "narrowed_to", "places", "sees_personal", "hashes", "log_size"),
        *("shared_cases", "withheld"),
        *("note_access", "find_acts", "count_acts"),
        *(signature.partition("(")[0] for signature in FUNCTIONS),
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
    ("event", "note_parties"): 7,
}
"""pg_trigger.tgtype: 1 for each row, 2 before, 4 INSERT, 8 DELETE, 16 UPDATE, 32 TRUNCATE."""
_FILLS = {"note_parties": "insert into kyodo.party"}
"""What the function of a trigger does that fills a table instead of refusing."""

_GRANTS = """
select coalesce(r.rolname, 'public'), c.relname, a.privilege_type
from pg_class c join pg_namespace n on n.oid = c.relnamespace
cross join lateral aclexplode(c.relacl) a left join pg_roles r on r.oid = a.grantee
where n.nspname in ('kyodo', 'audit') and c.relkind in ('r', 'S', 'v') and a.grantee <> c.relowner
union all
select coalesce(r.rolname, 'public'), 'schema ' || n.nspname, a.privilege_type
from pg_namespace n cross join lateral aclexplode(n.nspacl) a left join pg_roles r on r.oid = a.grantee
where n.nspname = 'audit' and a.grantee <> n.nspowner
"""
_CALLS = """
select coalesce(r.rolname, 'public'), p.proname
from pg_proc p join pg_namespace n on n.oid = p.pronamespace
cross join lateral aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
left join pg_roles r on r.oid = a.grantee
where n.nspname in ('kyodo', 'audit') and a.grantee <> p.proowner
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
_VIEWS = """
select c.relname as name, coalesce(c.reloptions @> array['security_invoker=true'], false) as asker,
       left(encode(sha256(convert_to(pg_get_viewdef(c.oid), 'UTF8')), 'hex'), 16) as digest
from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'audit'
"""
_FUNCTIONS = """
select p.proname || '(' || oidvectortypes(p.proargtypes) || ')' as name, not p.prosecdef as asker,
       left(encode(sha256(convert_to(pg_get_functiondef(p.oid), 'UTF8')), 'hex'), 16) as digest
from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = 'audit'
"""


async def check_guards(pool: asyncpg.Pool) -> None:
    """Raise GuardsDrifted unless grants, policies, triggers and views are as the migrations made them."""
    async with pool.acquire() as connection:
        differences = [
            *_compare("grant", await _set(connection, _GRANTS), GRANTS),
            *_compare("call", await _set(connection, _CALLS), CALLS),
            *_compare("policy", await _set(connection, _POLICIES), POLICIES),
            *_triggers(await connection.fetch(_TRIGGERS)),
            *_unsecured(await connection.fetch(_OPEN, [*GUARDED, *PROJECTIONS])),
            *await _views(connection),
        ]
        if not await connection.fetchval(_DEFINERS):
            differences.append(
                "a writing function is not a definer function with a fixed search_path"
            )
    if differences:
        raise GuardsDrifted(differences)


async def _set(connection: Connection, query: str) -> set[tuple[str, ...]]:
    return {tuple(row) for row in await connection.fetch(query)}


async def _views(connection: Connection) -> list[str]:
    """What is wrong with the views and functions that auditors read through."""
    async with connection.transaction():
        # Names are printed with their schemas, whatever path a login or a database has been given.
        await connection.execute("set local search_path = pg_catalog")
        views = await connection.fetch(_VIEWS)
        functions = await connection.fetch(_FUNCTIONS)
    printed = connection.get_server_version().major == PRINTED_BY
    return [
        *_redefined("view", views, VIEWS, printed=printed),
        *_redefined("function", functions, FUNCTIONS, printed=printed),
    ]


def _redefined(
    what: str, rows: list[asyncpg.Record], made: Mapping[str, str], *, printed: bool
) -> Iterator[str]:
    found = {row["name"]: row for row in rows}
    yield from _compare(what, {(name,) for name in found}, {(name,) for name in made})
    for name in sorted(found.keys() & made.keys()):
        if not found[name]["asker"]:
            yield f"{what} does not run with the rights of who asks: {name}"
        if printed and found[name]["digest"] != made[name]:
            yield f"{what} is not as made: {name} ({found[name]['digest']})"


def _compare(what: str, found: set[tuple[str, ...]], wanted: set[tuple[str, ...]]) -> list[str]:
    missing = [f"{what} missing: {' '.join(each)}" for each in sorted(wanted - found)]
    return missing + [f"{what} not foreseen: {' '.join(each)}" for each in sorted(found - wanted)]


def _triggers(rows: list[asyncpg.Record]) -> Iterator[str]:
    found = {(row["relname"], row["tgname"]): row for row in rows}
    for (table, name), kind in TRIGGERS.items():
        row = found.get((table, name))
        if row is None or row["tgenabled"] != "A" or row["tgtype"] != kind:
            yield f"trigger {name} is not as made: {table}"
        elif name in _FILLS and _FILLS[name] not in row["prosrc"]:
            yield f"trigger {name} fills nothing: {table}"
        elif name not in _FILLS and "raise exception" not in row["prosrc"]:
            yield f"trigger {name} refuses nothing: {table}"


def _unsecured(rows: list[asyncpg.Record]) -> Iterator[str]:
    secured = {row["relname"] for row in rows}
    for table in (*GUARDED, *PROJECTIONS):
        if table not in secured:
            yield f"row-level security is off: {table}"
