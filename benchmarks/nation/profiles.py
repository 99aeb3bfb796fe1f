"""条例の定め: An invented ordinance for every municipality, as the profile files of a rulebook.

Each is a small TOML file which `activities.rulebook.Rulebook(extra=folder)` reads: own holidays,
activities, periods, delegations, grounds of revocation, some of them amended from 令和9年4月1日.
Whatever it does not say is taken from the defaults, as with a real profile.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TypeAlias

from benchmarks.nation.chance import Dice
from benchmarks.nation.places import Place, place_of
from domain.municipalities import municipalities

Toml: TypeAlias = "str | int | date | tuple[Toml, ...] | Mapping[str, Toml]"

AMENDED = date(2027, 4, 1)
"""The first day of what is amended; nothing a pending application is examined on gets stricter."""
_HEAD = """# ベンチマークのために作った架空の定め。実在の条例・規則ではない。

code = "{code}"
name = "{name}"
mayor = "{name}長"
title = "{name}指定地域共同活動団体の指定等に関する条例"
number = "令和{year}年{name}条例第{number}号"
"""
_OWN_DAYS: Mapping[str, tuple[str, str]] = {
    "沖縄県": ("06-23", "慰霊の日"),
    "広島市": ("08-06", "平和記念日"),
}
_ACTIVITIES = {
    "living": "地域住民の生活支援に資する活動",
    "health": "地域住民の健康の維持増進に資する活動",
    "exchange": "地域住民の交流促進に資する活動",
    "learning": "地域住民の生涯学習に資する活動",
    "safety": "防災、防犯及び交通安全に資する活動",
    "children": "子どもの育成に資する活動",
    "elderly": "高齢者の見守りに資する活動",
    "environment": "環境の美化及び保全に資する活動",
    "culture": "地域の文化の継承に資する活動",
    "transport": "住民の移動の支援に資する活動",
}
_AREAS = (
    "小学校区",
    "中学校区",
    "旧町村の区域",
    "連合町内会の区域",
    "おおむね中学校区",
    "大字の区域",
)
_MEMBERS = (
    "自主防災会",
    "民生委員児童委員協議会",
    "老人クラブ",
    "女性会",
    "子ども会",
    "体育協会",
    "消防団",
)
_PAPERS = ("規約", "役員名簿", "構成員名簿", "代表者であることを証する書類")
_MORE_PAPERS = (
    "事業計画書",
    "事業報告書",
    "収支予算書",
    "収支決算書",
    "区域図",
    "総会の議事録の写し",
)
_DELEGABLE = ("RequestCorrection", "RequestReport", "InviteExplanation", "ExtendOrderDeadline")
_GROUNDS = {
    "dormant": "2年にわたり特定地域共同活動を行っていないとき",
    "silent": "正当な理由なく報告をせず、又は虚偽の報告をしたとき",
    "unnotified": "条例に定める届出を怠り、催告に応じないとき",
}


def write_profiles(seed: int, folder: Path) -> None:
    """A profile for every municipality, into a folder that is there."""
    for municipality in municipalities():
        text = profile(seed, place_of(seed, municipality))
        (folder / f"{municipality.code}.toml").write_text(text, "utf-8")


def profile(seed: int, place: Place) -> str:
    """The TOML text of a municipality's profile."""
    dice = Dice.of(seed, "profile", place.code)
    head = _HEAD.format(
        code=place.code,
        name=place.name,
        year=place.since.year - 2018,
        number=dice.between(1, 60),
    )
    own = _Own(place.since)
    _activities(own, dice)
    _requirements(own, dice)
    _periods(own, dice)
    _authority(own, dice, place)
    return "\n".join([head, *_calendar(dice, place), *own.blocks])


class _Own:
    """The values that the municipality lays down, as blocks of TOML."""

    def __init__(self, since: date) -> None:
        self._since = since
        self.blocks: list[str] = []

    def lay_down(self, name: str, value: Toml, basis: str, since: date | None = None) -> None:
        """One value, from the first day of the ordinance or from `since`."""
        self.blocks.append(
            f"[[parameters.{name}.values]]\n"
            f"since = {since or self._since}\nvalue = {_toml(value)}\nbasis = {_toml(basis)}\n"
        )

    def amend(self, name: str, value: Toml, basis: str) -> None:
        """Another value from the day of the amendment."""
        self.lay_down(name, value, f"令和8年改正後の{basis}", AMENDED)


def _toml(value: Toml) -> str:
    """A value as TOML writes it; a JSON text is a basic string of TOML."""
    match value:
        case bool():
            return str(value).lower()
        case int():
            return str(value)
        case str():
            return json.dumps(value, ensure_ascii=False)
        case date():
            return value.isoformat()
        case tuple():
            return f"[{', '.join(map(_toml, value))}]"
        case _:
            pairs = (f"{name} = {_toml(one)}" for name, one in value.items())
            return f"{{ {', '.join(pairs)} }}"


def _calendar(dice: Dice, place: Place) -> Iterator[str]:
    """年末年始 and, here and there, a day of the municipality's own."""
    rule = f"{place.name}の休日を定める条例"
    first, last = dice.one_of((("12-29", "01-03"),) * 8 + (("12-28", "01-04"), ("12-29", "01-04")))
    yield f'[calendar]\nrolls = {{ "法令" = "法第4条の2第4項", "条例等" = "{rule}第2条" }}\n'
    yield _yearly(first, last, "年末年始の休日", f"{rule}第1条第1項第3号")
    own = _OWN_DAYS.get(place.name) or _OWN_DAYS.get(place.prefecture)
    if own is None and dice.happens(0.15):
        month = dice.one_of((2, 3, 6, 7, 10, 11))
        own = (f"{month:02}-{dice.between(1, 28):02}", f"{place.name}記念日")
    if own:
        yield _yearly(own[0], own[0], own[1], f"{rule}第1条第1項第4号")


def _yearly(first: str, last: str, reason: str, rule: str) -> str:
    return (
        f'[[calendar.yearly]]\nfirst = "{first}"\nlast = "{last}"\n'
        f"reason = {_toml(reason)}\nrule = {_toml(rule)}\n"
    )


def _items(texts: Mapping[str, str], ids: tuple[str, ...]) -> Toml:
    return tuple({"id": id, "text": texts[id]} for id in ids)


def _activities(own: _Own, dice: Dice) -> None:
    """特定地域共同活動, to which an amendment may add one."""
    ids = dice.some_of(tuple(_ACTIVITIES), 3, 7)
    own.lay_down("activities", _items(_ACTIVITIES, ids), "条例第2条")
    added = next(id for id in _ACTIVITIES if id not in ids)
    if dice.happens(0.3):
        own.amend("activities", _items(_ACTIVITIES, (*ids, added)), "条例第2条")


def _requirements(own: _Own, dice: Dice) -> None:
    own.lay_down("area_unit", dice.one_of(_AREAS), "条例第3条第1項")
    if dice.happens(0.5):
        percent = dice.one_of((50, 50, 60, 67))
        own.lay_down("principal_member_percent", percent, "条例第3条第2項")
    if dice.happens(0.4):
        own.lay_down("constituent_bodies", dice.some_of(_MEMBERS, 2, 5), "規則第2条")
    if dice.happens(0.6):
        papers = (*_PAPERS, *dice.some_of(_MORE_PAPERS, 2, 6))
        own.lay_down("attachments", papers, "規則第3条")
    if dice.happens(0.5):
        grounds = dice.some_of(tuple(_GROUNDS), 1, 3)
        own.lay_down("revocation_grounds", _items(_GROUNDS, grounds), "条例第12条")


def _periods(own: _Own, dice: Dice) -> None:
    """The periods of the procedure; that of reports may be amended."""
    if dice.happens(0.6):
        standard: Toml = {
            "period": _period(dice.one_of((20, 30, 45, 60)), "日", "長の定め", "告示"),
            "excludes_correction": dice.happens(0.8),
        }
        own.lay_down("standard_period", standard, "標準処理期間に関する告示")
    for name, lengths, basis in (
        ("correction_period", (7, 10, 14, 20, 30), "規則第4条"),
        ("report_period", (14, 20, 30, 30, 60), "条例第9条第1項"),
        ("explanation_period", (10, 14, 14, 21), "規則第11条"),
        ("hearing_lead", (10, 14, 14, 20), "規則第12条"),
    ):
        if dice.happens(0.6):
            length = dice.one_of(lengths)
            unit = "開庁日" if name == "report_period" and dice.happens(0.2) else "日"
            own.lay_down(name, _period(length, unit, "条例等", basis), basis)
            if name == "report_period" and dice.happens(0.2):
                own.amend(name, _period(length + 5, unit, "条例等", basis), basis)


def _period(length: int, unit: str, source: str, basis: str) -> Toml:
    return {"length": length, "unit": unit, "source": source, "basis": basis}


def _authority(own: _Own, dice: Dice, place: Place) -> None:
    """Who decides, from when a designation has effect, and since when the criteria are public."""
    published: Toml = {"review_criteria": place.since, "disposition_criteria": place.since}
    own.lay_down("published", published, f"{place.name}告示")
    if dice.happens(0.3):
        own.lay_down("effect_of_designation", "指定書の日", "条例第4条第2項")
    if place.size in ("町", "村") or dice.happens(0.3):
        return
    chief = tuple(
        {"command": command, "office": f"{place.bureau}長", "mode": "専決"}
        for command in dice.some_of(_DELEGABLE, 1, len(_DELEGABLE))
    )
    deputy = {"command": "Designate", "office": f"副{place.kind}長", "mode": "代決"}
    table: Toml = (*chief, deputy) if dice.happens(0.3) else chief
    own.lay_down("delegations", table, f"{place.name}事務決裁規程別表第1")
