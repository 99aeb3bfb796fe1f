"""表と列の説明: What the tables and columns of the SQLite file are called, as Datasette shows it.

Every table and column is described in Japanese; `COLUMNS` is also what the tables are made of.
"""

from collections.abc import Mapping

from domain.people import ROLE_NAMES

_ROLES = "、".join(f"{role} {name}" for role, name in ROLE_NAMES.items())
Columns = Mapping[str, tuple[str, str]]
"""By name: the declaration in SQL, and the description."""

COLUMNS: Mapping[str, Columns] = {
    "municipalities": {
        "municipality": (
            "text not null primary key",
            "全国地方公共団体コード（検査数字を含む6桁）",
        ),
        "prefecture": ("text", "都道府県"),
        "name": ("text not null", "市町村・特別区の名"),
    },
    "provisions": {
        "provision": ("text not null primary key", "条項の番号（法令番号/条/項/号）"),
        "citation": ("text not null", "条項（「法第260条の49第11項」）"),
        "law": ("text not null", "e-Gov 法令番号"),
        "article": ("text not null", "条（e-Gov の Num。260_49 は第260条の49）"),
        "paragraph": ("integer", "項"),
        "item": ("text", "号（1_イ は第1号イ）"),
    },
    "cases": {
        "case_id": ("text not null primary key", "事案番号（制度-団体コード-番号）"),
        "municipality": ("text not null references municipalities (municipality)", "団体コード"),
        "institution": ("text not null", "制度（指定・協約・紛争）"),
        "acts": ("integer not null", "この引渡しに含まれる行為の数（件）"),
        "disposed": ("integer not null", "うち本文が廃棄されたもの（件）"),
        "first_on": ("text not null", "最も早い法律上の日"),
        "last_on": ("text not null", "最も遅い法律上の日"),
        "last_number": ("integer not null", "この引渡しに含まれる最後の版"),
        "last_title": ("text not null", "最後の行為"),
    },
    "acts": {
        "position": ("integer not null primary key", "全事案を通じた通し番号（記録の順）"),
        "municipality": ("text not null references municipalities (municipality)", "団体コード"),
        "case_id": ("text not null references cases (case_id)", "事案番号"),
        "number": ("integer not null", "版（事案の中での番号）"),
        "kind": ("text not null", "種別（記録上の名。変わらない）"),
        "title": ("text not null", "行為"),
        "on_day": ("text not null", "法律上の日"),
        "on_wareki": ("text not null", "法律上の日（和暦）"),
        "recorded_at": ("text not null", "記録した時刻（協定世界時、ISO 8601）"),
        "recorded_wareki": ("text not null", "記録した日（日本時間、和暦）"),
        "days_late": ("integer not null", "法律上の日から記録した日（日本時間）までの日数"),
        "person": ("text not null", "行為者の番号（職員番号、団体の番号など）"),
        "office": ("text not null", "行為者の職"),
        "role": ("text not null", f"行為者の別（{_ROLES}）"),
        "acting_for": ("text", "専決・代決のとき、名義の職"),
        "drafter": ("text", "起案者の番号"),
        "provision": ("text not null references provisions (provision)", "根拠条項"),
        "basis": ("text not null", "根拠条項（「法第260条の49第11項」）"),
        "ordinance": ("text not null", "判断の基準とした条例等の版"),
        "command_id": ("text not null", "受付番号"),
        "document": ("text", "文書番号"),
        "reasons": ("text", "理由（行為の理由、なければ認定の理由）"),
        "texts": ("text", "人の書いた文（本文から。検索のため）"),
        "hash": ("text not null", "ハッシュ値（事案のここまでの全てを封ずる。16進）"),
        "body": ("text", "事実の本文（正規の JSON）。廃棄の後は空"),
    },
}

INDEXES: Mapping[str, str] = {
    "acts_by_case": "acts (case_id, number)",
    "acts_by_day": "acts (on_day)",
    "acts_by_kind": "acts (kind, on_day)",
    "acts_by_provision": "acts (provision, on_day)",
    "acts_by_person": "acts (person, on_day)",
    "acts_by_drafter": "acts (drafter, on_day)",
    "acts_by_municipality": "acts (municipality, on_day)",
    "cases_by_municipality": "cases (municipality)",
}

_TABLES: Mapping[str, tuple[str, str]] = {
    "municipalities": ("団体", "行為のあった市町村・特別区"),
    "provisions": ("条項", "行為の根拠とされた条項"),
    "cases": ("事案", "事案ごとに、この引渡しに含まれる行為をまとめたもの"),
    "acts": (
        "行為",
        (
            "記録された行為の一件ごと。個人に関する情報の本文は含まない（封印値だけがある）。"
            "検索欄は三文字以上の語句で全文を調べる。二文字の語句は問合せ「語句」で調べる"
        ),
    ),
}
_PHRASE = """
select position, case_id, number, on_wareki, title, office, basis, reasons, texts
from acts
where instr(texts, :phrase) > 0
order by position
"""


def metadata(database: str) -> dict[str, object]:
    """`metadata.json` of Datasette for a file of the name `database` (without its suffix)."""
    described = {
        "description": "行為の記録の写し（引渡し）。原本は記録のデータベースにある",
        "tables": {name: _table(name) for name in COLUMNS},
        "queries": {
            "phrase": {
                "title": "語句",
                "description": "人の書いた文のどこかにある語句（二文字でもよい）。全行を読むので遅い",
                "sql": _PHRASE.strip(),
            }
        },
    }
    return {"title": "行為の記録", "databases": {database: described}}


def _table(name: str) -> dict[str, object]:
    title, description = _TABLES[name]
    described: dict[str, object] = {
        "title": title,
        "description": description,
        "columns": {column: told for column, (_, told) in COLUMNS[name].items()},
    }
    if name == "acts":
        described |= {
            "sort": "position",
            "label_column": "title",
            "facets": ["title", "municipality"],
            "units": {"days_late": "day"},
            "fts_table": "acts_fts",
            "fts_pk": "position",
        }
    return described | ({"label_column": "citation"} if name == "provisions" else {})
