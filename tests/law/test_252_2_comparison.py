"""新旧の対照: what changed between two versions of an agreement."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings

from domain.agreement.wording import AgreementText, compare, table_page
from domain.agreement.wording.comparison import Comparison, Side, lines_of
from domain.agreement.wording.outline import sections
from domain.agreement.wording.words import pieces
from tests.law.wording.agreements import clause, example, other, roles, text, texts

A = other("会議", "甲及び乙は、毎年度、会議を開くものとする。")
B = other("負担", "費用は、甲が負担する。")
C = other("雑則", "この協約に定めのない事項は、協議して定める。")


def changes(found: Comparison) -> list[tuple[str, str]]:
    """Every part that is not the same, and what became of it."""
    return [(one.name, one.change) for one in found.changes]


def marked(found: Comparison) -> tuple[list[str], list[str]]:
    """The changed words of the old and of the new version, in order."""
    return _marked(found, "old"), _marked(found, "new")


def _marked(found: Comparison, which: str) -> list[str]:
    sides: list[Side | None] = [getattr(row, which) for pair in found.changes for row in pair.rows]
    return [
        one.words for side in sides if side for one in (*side.label, *side.words) if one.changed
    ]


def test_the_examples_are_compared_article_by_article() -> None:
    found = compare(example(1), example(2))
    assert changes(found) == [
        ("第二条", "改める"),
        ("第四条", "改める"),
        ("第五条", "加える"),
        ("第六条", "番号を改める"),
        ("附則", "加える"),
    ]
    old, new = marked(found)
    assert {"一人", "令和九年三月三十一日", "２", "第五条"} <= set(old)
    assert {"二人", "令和十一年三月三十一日", "第六条", "、精神保健", "介護予防"} <= set(new)


def test_an_article_added_renumbers_those_after_it() -> None:
    found = compare(text(A, C), text(A, B, C))
    assert changes(found) == [("第四条", "加える"), ("第五条", "番号を改める")]
    assert marked(found) == (["第四条"], ["（負担）", "第四条", "費用は、甲が負担する。", "第五条"])


def test_an_article_deleted_renumbers_those_after_it() -> None:
    found = compare(text(A, B, C), text(A, C))
    assert changes(found) == [("第四条", "削る"), ("第四条", "番号を改める")]


def test_a_branch_and_a_deleted_number_leave_the_others_alone() -> None:
    assert changes(compare(text(A, C), text(A, {**B, "branch": True}, C))) == [
        ("第三条の二", "加える")
    ]
    gone = compare(text(A, B, C), text(A, {"kind": "削除"}, C))
    assert changes(gone) == [("第四条", "改める")]
    assert "削除" in marked(gone)[1]


def test_an_article_in_the_place_of_another_is_another() -> None:
    found = compare(text(A), text(B))
    assert changes(found) == [("第三条", "削る"), ("第三条", "加える")]


def test_an_article_moved_is_found_again() -> None:
    found = compare(text(A, B, C), text(C, A, B))
    assert sorted(changes(found)) == sorted(
        [("第三条", "移して改める"), ("第四条", "番号を改める"), ("第五条", "番号を改める")]
    )


def test_a_heading_kept_holds_two_versions_of_an_article_together() -> None:
    rewritten = other("負担", "旅費及び手当については、別に定めるところによる。")
    assert changes(compare(text(A, B), text(A, rewritten))) == [("第四条", "改める")]


def test_words_are_marked_whole() -> None:
    old = text(other("数", "専門人材を一人派遣し、甲及び乙が費用を負担する。"))
    new = text(other("数", "専門人材を三人派遣し、甲又は乙が経費を負担する。"))
    assert marked(compare(old, new)) == (
        ["一人派遣", "及び", "費用"],
        ["三人派遣", "又は", "経費"],
    )


def test_title_preamble_parties_and_roles_are_compared_too() -> None:
    changed = roles()
    changed["fields"][0]["roles"][1]["does"] = ["派遣を受け入れ、報告すること。"]
    new = text(
        articles=[clause("基本方針", "甲及び乙は、連携する。"), changed],
        title="新しい連携協約",
        preamble="前文を改めた。",
        closing="末文を改めた。",
    )
    assert changes(compare(text(), new)) == [
        ("題名", "改める"),
        ("前文", "改める"),
        ("第二条", "改める"),
        ("末文", "改める"),
    ]


def test_a_row_of_a_table_is_compared() -> None:
    def table(*rows: Sequence[str]) -> AgreementText:
        found = {"title": "別表", "columns": ["分野", "内容"], "rows": list(rows)}
        return text(appendices=[found])

    found = compare(table(["保健", "指導"]), table(["保健", "健診"], ["道路", "点検"]))
    assert changes(found) == [("別表", "改める")]
    assert marked(found) == (["指導"], ["健診", "道路　｜　点検"])


@given(one=texts())
@settings(max_examples=60, deadline=None)
def test_a_version_compared_with_itself_shows_nothing(one: AgreementText) -> None:
    found = compare(one, one)
    assert found.changes == ()
    assert not any(row.changed for pair in found.pairs for row in pair.rows)
    assert "二つの版の文は、同じである。" in table_page("題名", found)


@given(old=texts(), new=texts())
@settings(max_examples=80, deadline=None)
def test_both_versions_can_be_read_off_the_comparison(
    old: AgreementText, new: AgreementText
) -> None:
    found = compare(old, new)
    assert sorted(_read(found, "old")) == sorted(_lines(old))
    assert _read(found, "new") == _lines(new)
    moved = any(one.change == "移して改める" for one in found.pairs)
    assert moved or _read(found, "old") == _lines(old)
    assert bool(found.changes) == (_lines(old) != _lines(new))


def _lines(one: AgreementText) -> list[tuple[str, str, int]]:
    return [
        (line.label, line.words, line.depth) for part in sections(one) for line in lines_of(part)
    ]


def _read(found: Comparison, which: str) -> list[tuple[str, str, int]]:
    sides: list[Side | None] = [getattr(row, which) for pair in found.pairs for row in pair.rows]
    return [
        ("".join(one.words for one in side.label), f"{side}", side.depth) for side in sides if side
    ]


@given(one=texts(), two=texts())
@settings(max_examples=40, deadline=None)
def test_what_is_marked_in_neither_column_is_the_same_in_both(
    one: AgreementText, two: AgreementText
) -> None:
    for pair in compare(one, two).pairs:
        for row in pair.rows:
            if row.new and row.old:
                assert _kept(row.new) == _kept(row.old)


def _kept(side: Side) -> str:
    return "".join(piece.words for piece in side.words if not piece.changed)


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("専門人材を１２人派遣する。", ["専門人材", "を", "１２", "人派遣", "する", "。"]),
        ("甲及び乙又は丙", ["甲", "及び", "乙", "又は", "丙"]),
        ("サービス<b>", ["サービス", "<", "b", ">"]),
        ("", []),
    ],
)
def test_a_sentence_is_cut_at_its_words(sentence: str, words: list[str]) -> None:
    assert pieces(sentence) == words


def test_the_table_marks_both_columns_and_leaves_out_what_is_the_same() -> None:
    html = table_page("連携協約", compare(example(1), example(2)))
    assert "<u>二人</u>" in html
    assert "<u>一人</u>" in html
    assert html.count("（新設）") == 2
    assert html.count("（削る）") == 1
    assert "第三条　（略）" in html
    assert "協議会" not in html
    whole = table_page("連携協約", compare(example(1), example(2)), whole=True)
    assert "（略）" not in whole
    assert "研修を行うこと。" in whole


def test_a_table_is_never_markup() -> None:
    html = table_page("<b>", compare(text(other("<i>", "<u>甲")), text(other("<i>", "<u>乙"))))
    assert "<i>" not in html
    assert "&lt;<u>" not in html.split("<tbody>")[0]
