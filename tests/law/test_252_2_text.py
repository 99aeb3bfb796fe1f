"""連携協約の文（法第252条の2）: drafted as data, digested, printed, made public, filed.

The printed forms of the shipped example are kept whole in `wording/*.txt`. Who changes a wording
of the system changes them, and the digest of every text drafted before.
"""

import hashlib
import json
import tomllib
from collections.abc import Callable
from copy import deepcopy
from html import unescape
from pathlib import Path
from typing import Any, TypeAlias, cast

import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from domain.agreement.wording import (
    AgreementFile,
    AgreementText,
    Form,
    NoAddressee,
    canonical,
    cautions,
    digest,
    new_form,
    page,
    plain,
)
from domain.agreement.wording.drafting import BadParties
from domain.agreement.wording.outline import reads, sections
from domain.agreement.wording.papers import addressee
from domain.agreement.wording.parties import UnknownBody, code_of
from store.canonical import parse, write
from tests.law.wording.agreements import (
    CITY,
    PREFECTURE,
    TOWN,
    Data,
    clause,
    data,
    example,
    other,
    roles,
    short,
    text,
    texts,
)

Path_: TypeAlias = tuple[int | str, ...]
GOLDEN = Path(__file__).parent / "wording"
FIRST = "3130a5a51507c190799fbaabd691e4671142b268d971332df9098431e8d72627"
CHANGED = "9b4708c22d5d64efd3077d35aab91c5c6b6d0d55d77efa1d77d4bfff23a233d6"


def faults(found: Data, kind: type[AgreementText] = AgreementFile) -> dict[str, str]:
    """What is wrong with a file, by the path of its field."""
    with pytest.raises(ValidationError) as error:
        kind.model_validate(found)
    return {".".join(map(str, one["loc"])): one["msg"] for one in error.value.errors()}


def read(found: Data) -> str:
    """A text as it is read."""
    return "\n".join(reads(AgreementText.model_validate(found)))


# --- 印字 ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("style", ["縦書き", "横書き"])
@pytest.mark.parametrize("form", ["協約", "告示", "届出"])
@pytest.mark.parametrize("version", [1, 2])
def test_the_example_is_printed_as_kept(style: str, form: Form, version: int) -> None:
    file = AgreementFile.model_validate({**data(version), "style": style})
    kept = GOLDEN / f"{form}-{version}-{style}.txt"
    assert plain(file, form, PREFECTURE) == kept.read_text("utf-8")


def test_the_model_agreement_has_its_five_articles() -> None:
    articles = [one for one in sections(example(1)) if one.place == "条"]
    assert [(one.label, one.heading) for one in articles] == [
        ("第一条", "（基本方針）"),
        ("第二条", "（不足する専門人材）"),
        ("第三条", "（役割）"),
        ("第四条", "（派遣期間）"),
        ("第五条", "（費用負担）"),
    ]


def test_an_example_says_so_wherever_it_is_printed() -> None:
    for form in ("協約", "告示", "届出"):
        assert "記入例であり" in plain(example(1), form, TOWN)
        assert "記入例であり" in page(example(1), form, TOWN)
    assert "記入例" not in plain(AgreementFile.model_validate(short()), "協約", TOWN)


def test_what_is_not_known_yet_stays_blank() -> None:
    draft = AgreementFile.model_validate(short())
    notice = plain(draft, "告示", TOWN)
    assert "神石高原町告示第　　号" in notice
    assert "広島県及び神石高原町は、　　年　　月　　日、次のとおり" in notice
    assert "神石高原町長　　　　　　　\n" in notice


def test_a_change_and_an_abolition_are_made_public_and_filed_as_such() -> None:
    changed = plain(example(2), "告示", PREFECTURE)
    assert (
        "令和六年十二月二十日に締結した連携協約を、令和八年三月二十四日、次のとおり変更した"
        in changed
    )
    assert "第二百五十二条の二第四項" in changed
    found = data(2)
    found["conclusion"]["act"] = "廃止"
    gone = AgreementFile.model_validate(found)
    assert "連携協約の廃止について（届出）" in plain(gone, "届出", PREFECTURE)
    assert "廃止した連携協約の写し" in plain(gone, "届出", PREFECTURE)


def test_a_notice_names_the_head_of_its_day() -> None:
    found = data(1)
    found["notices"][0]["name"] = "後任　三郎"
    printed = plain(AgreementFile.model_validate(found), "告示", PREFECTURE)
    assert "Ａ県知事　後任　三郎\n" in printed
    assert "甲　Ａ県知事　例示　太郎\n" in printed


def test_more_than_two_parties_are_joined_as_in_statutes() -> None:
    three = short()
    three["parties"].append({"code": CITY, "called": "丙"})
    words = read(three)
    assert (
        "広島県（以下「甲」という。）、神石高原町（以下「乙」という。）及び呉市（以下「丙」という。）は、"
        in words
    )
    assert "本書三通を作成し、甲、乙及び丙が" in words


def test_a_party_called_by_its_name_is_not_introduced_twice() -> None:
    found = short()
    found["parties"][1]["called"] = "神石高原町"
    assert "及び神石高原町は、地方自治法" in read(found)


def test_branches_and_deleted_articles_keep_the_numbers_of_the_others() -> None:
    found = text(
        other("甲", "一。", branch=True),
        other("乙", "二。", branch=True),
        {"kind": "削除"},
        other("丙", "三。"),
    )
    labels = [(one.label, one.heading) for one in sections(found) if one.place == "条"]
    assert labels[2:] == [
        ("第二条の二", "（甲）"),
        ("第二条の三", "（乙）"),
        ("第三条", ""),
        ("第四条", "（丙）"),
    ]
    assert "第三条　削除" in reads(found)


def test_supplements_number_their_paragraphs_where_there_are_several() -> None:
    one = text(supplements=[{"paragraphs": ["一。"]}])
    two = text(supplements=[{"note": "令和九年変更", "paragraphs": ["一。", "二。"]}])
    assert "一。" in reads(one)
    assert reads(two)[-5:-3] == ("１　一。", "２　二。")
    assert "附　則（令和九年変更）" in reads(two)


def test_data_are_worded_once() -> None:
    single = text(
        {
            "kind": "専門人材",
            "lacking": TOWN,
            "specialists": [{"title": "保健師", "expertise": "母子保健", "number": 2}],
        },
        {
            "kind": "派遣期間",
            "dispatches": [{"of": "保健師", "since": "2026-04-01", "until": "2028-03-31"}],
        },
        {"kind": "効力発生", "since": "2026-04-01", "until": "2028-03-31"},
    )
    words = "\n".join(reads(single))
    assert "保健師を派遣する期間は、令和八年四月一日から令和十年三月三十一日までとする。" in words
    assert "ロ　人数　二人" in words
    assert (
        "この連携協約は、令和八年四月一日から効力を生じ、令和十年三月三十一日限り、その効力を失う。"
        in words
    )


def test_tables_stand_at_the_end() -> None:
    table = {"title": "別表第一", "columns": ["分野", "内容"], "rows": [["保健", "<指導>"]]}
    file = AgreementFile.model_validate(short(appendices=[table]))
    assert plain(file, "協約", TOWN).endswith("別表第一\n分野　｜　内容\n保健　｜　<指導>\n")
    assert "<tr><td>保健</td><td>&lt;指導&gt;</td></tr>" in page(file, "協約", TOWN)
    assert "appendices.0" in faults(short(appendices=[{**table, "rows": [["一", "二", "三"]]}]))
    assert "appendices.1.title" in faults(short(appendices=[table, table]))


@given(found=texts())
@settings(max_examples=60, deadline=None)
def test_every_word_is_on_the_page_and_none_of_it_is_markup(found: AgreementText) -> None:
    file = AgreementFile.model_validate(found.model_dump())
    html = page(file, "協約", TOWN)
    shown = unescape(html)
    for line in (line.words for section in sections(found) for line in section.lines):
        assert line in shown
    assert "<script" not in html
    assert html.count("<main>") == 1


def test_a_page_shows_markup_as_words() -> None:
    file = AgreementFile.model_validate(short(other("雑則", "<b>甲</b>&amp;"), title="<i>協約"))
    html = page(file, "協約", TOWN)
    assert "&lt;b&gt;甲&lt;/b&gt;&amp;amp;" in html
    assert "<i>" not in html


def test_a_page_needs_nothing_from_elsewhere() -> None:
    html = page(example(1), "協約", TOWN)
    assert "vertical-rl" in html
    assert digest(example(1)) in html
    assert not any(word in html for word in ("http", "src=", "url(", "<script"))


# --- 指紋 ---------------------------------------------------------------------------------------


def test_the_digests_of_the_examples_never_change() -> None:
    assert digest(example(1)) == FIRST
    assert digest(example(2)) == CHANGED


def test_what_comes_after_the_votes_leaves_the_digest_alone() -> None:
    found = data(1)
    for key in ("resolutions", "conclusion", "notices", "notifications"):
        del found[key]
    assert digest(AgreementText.model_validate(found)) == FIRST


@given(found=texts())
@settings(max_examples=60, deadline=None)
def test_the_canonical_bytes_are_those_of_rfc_8785_and_hold_the_whole_text(
    found: AgreementText,
) -> None:
    written = canonical(found)
    assert rfc8785.dumps(json.loads(written)) == written
    assert write(parse(written.decode())) == written.decode()
    assert hashlib.sha256(written).hexdigest() == digest(found)
    again = AgreementText.model_validate(json.loads(written)["text"])
    assert again == found
    assert canonical(again) == written


def leaves(found: Any, path: Path_ = ()) -> list[Path_]:
    """The paths of all texts and numbers."""
    if isinstance(found, dict):
        inside = [*cast("Data", found).items()]
    elif isinstance(found, list):
        inside = [*enumerate(cast("list[Any]", found))]
    else:
        return [path] if isinstance(found, str | int) and not isinstance(found, bool) else []
    return [leaf for step, one in inside for leaf in leaves(one, (*path, step))]


def altered(found: Any, path: Path_) -> Any:
    """The same with one leaf changed a little."""
    whole = deepcopy(found)
    *before, last = path
    at = whole
    for step in before:
        at = at[step]
    at[last] = at[last] + 1 if isinstance(at[last], int) else f"{at[last]}も"
    return whole


def test_any_word_changed_is_another_text() -> None:
    whole = json.loads(canonical(example(1)))["text"]
    tried = 0
    for path in leaves(whole):
        try:
            other_text = AgreementText.model_validate(altered(whole, path))
        except ValidationError:  # a code, a kind or a day that is none
            continue
        tried += 1
        assert digest(other_text) != FIRST, path
    assert tried > 25


@given(one=texts(), two=texts())
@settings(max_examples=60, deadline=None)
def test_two_texts_have_one_digest_only_where_they_are_the_same(
    one: AgreementText, two: AgreementText
) -> None:
    assert (digest(one) == digest(two)) == (one == two)


# --- 誤りと気付き -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("articles", "path", "words"),
    [
        ([roles()], "articles", "基本的な方針"),
        ([clause("基本方針", "甲。")], "articles", "役割分担"),
        ([{"kind": "役割分担"}], "articles.0.役割分担", "fields"),
        ([clause("その他", "甲。")], "articles.0.その他", "heading"),
        ([clause("目的")], "articles.0.目的.paragraphs", ""),
        ([clause("目的", "一\n二")], "articles.0.目的.paragraphs.0.text", "改行"),
        ([clause("目的", "\x1b[2J")], "articles.0.目的.paragraphs.0.text", "制御文字"),
        ([{"kind": "効力発生"}], "articles.0.効力発生", "since"),
        ([{"kind": "効力発生", "until": "2026-04-01"}], "articles.0.効力発生", "since"),
        ([{"kind": "費用負担"}], "articles.0.費用負担", "costs"),
        ([{"kind": "派遣期間"}], "articles.0.派遣期間", "dispatches"),
        ([{"kind": "目標"}], "articles.0", ""),
    ],
)
def test_an_article_that_says_too_little_is_told_where(
    articles: list[Data], path: str, words: str
) -> None:
    found = faults(short(articles=articles))
    assert words in found[path]


def test_every_contradiction_is_told_at_once_at_its_own_field() -> None:
    specialists = {
        "kind": "専門人材",
        "lacking": CITY,
        "specialists": [{"title": "保健師", "expertise": "母子保健", "number": 1}] * 2,
    }
    period = {
        "kind": "派遣期間",
        "dispatches": [{"of": "薬剤師", "since": "2026-04-01", "until": "2026-05-01"}],
    }
    effect = {"kind": "効力発生", "since": "2026-04-01"}
    cost = {"kind": "費用負担", "costs": [{"what": "旅費", "borne_by": [{"party": CITY}]}]}
    found = faults(short(specialists, period, effect, effect, cost))
    assert set(found) == {
        "articles.2.lacking",
        "articles.2.specialists.0.title",
        "articles.2.specialists.1.title",
        "articles.3.dispatches.0.of",
        "articles.5.kind",
        "articles.6.costs.0.borne_by.0.party",
    }


def test_a_party_has_one_role_in_a_field_and_one_name_in_a_text() -> None:
    twice = roles()
    twice["fields"][0]["roles"].append(twice["fields"][0]["roles"][0])
    found = faults(short(articles=[clause("基本方針", "甲。"), twice]))
    assert set(found) == {"articles.1.fields.0.roles.2.party"}
    same = [{"code": PREFECTURE, "called": "甲"}, {"code": PREFECTURE, "called": "甲"}]
    assert {"parties.1.code", "parties.1.called"} <= set(faults(short(parties=same)))


@pytest.mark.parametrize(
    "party",
    [
        {"code": "340007"},
        {"code": "34000"},
        {"code": "３４０００６"},
        {"code": "348058"},
    ],
)
def test_a_code_that_is_none_is_refused(party: Data) -> None:
    parties = [{"code": TOWN, "called": "甲"}, {**party, "called": "乙"}]
    assert any(path.startswith("parties.1") for path in faults(short(parties=parties)))


def test_a_name_must_be_that_of_the_code_but_in_an_example() -> None:
    parties = [
        {"code": PREFECTURE, "called": "甲", "name": "Ａ県"},
        {"code": TOWN, "called": "乙"},
    ]
    assert set(faults(short(parties=parties))) == {"parties.0.name"}
    assert AgreementFile.model_validate(short(parties=parties, example=True))


def test_divisions_are_bounded_in_depth_and_number() -> None:
    deep = {"text": "一", "items": [{"text": "イ", "items": [{"text": "（１）", "items": ["ア"]}]}]}
    many = {"text": "一", "items": ["分"] * 47}
    for items, words in (([deep], "段まで"), ([many], "個まで")):
        found = faults(short(other("細分", {"text": "次のとおり。", "items": items})))
        assert words in found["articles.2.その他.paragraphs.0"]


def test_the_first_article_is_no_branch() -> None:
    found = faults(short(articles=[clause("基本方針", "甲。", branch=True), roles()]))
    assert set(found) == {"articles.0.branch"}


MISTAKES: list[tuple[Callable[[Data], object], str]] = [
    (lambda one: one["conclusion"].update(act="変更"), "conclusion"),
    (lambda one: one["conclusion"].update(original_on="2024-12-01"), "conclusion"),
    (lambda one: one["conclusion"].update(on="2024-12-13"), "resolutions.1.on"),
    (lambda one: one["notices"][0].update(on="2024-12-19"), "notices.0.on"),
    (lambda one: one["notifications"][0].update(on="2024-12-19"), "notifications.0.on"),
    (lambda one: one["notifications"][0].update(addressee="知事"), "notifications.0.addressee"),
    (lambda one: one["notices"].append({"party": TOWN}), "notices.2.party"),
    (lambda one: one["notices"].append({"party": CITY}), "notices.2.party"),
    (
        lambda one: one["conclusion"]["signatures"][0].update(party=CITY),
        "conclusion.signatures.0.party",
    ),
]


@pytest.mark.parametrize(("change", "path"), MISTAKES)
def test_papers_that_contradict_the_law_are_told(
    change: Callable[[Data], object], path: str
) -> None:
    found = data(1)
    change(found)
    assert path in faults(found)


def test_cautions_tell_what_a_careful_reader_would_ask() -> None:
    found = text(
        other("雑則", "第九条及び第二条の二の規定により、3人を派遣する。", "丙は、第１条による。"),
        other(
            "法",
            "地方公務員法（昭和二十五年法律第二百六十一号）第三条、同法第九十九条及び「法」第八十条による。",
        ),
    )
    assert cautions(found) == [
        "第三条に半角の「3」があります。全角で書くのが通例です",
        "第三条が引く第九条は、この文にありません。条の番号を確かめてください",
        "第三条が引く第二条の二は、この文にありません。条の番号を確かめてください",
        "第三条の「第１条」は、縦書きの文では漢数字で書くのが通例です",
        "第三条の「丙」と呼ぶ当事者がありません。当事者の呼び方を確かめてください",
        "効力発生の条も附則もありません。効力がいつ生ずるかを確かめてください",
    ]


def test_what_cannot_be_seen_is_told() -> None:
    found = cautions(
        text(other("雑則", "甲\u200b乙\u202e"), supplements=[{"paragraphs": ["一。"]}])
    )
    assert [one[:17] for one in found] == [
        "第三条に見えない文字 U+200B",
        "第三条に見えない文字 U+202E",
    ]


def test_cautions_of_specialists_and_roles() -> None:
    specialists = {
        "kind": "専門人材",
        "lacking": TOWN,
        "specialists": [
            {"title": "保健師", "expertise": "母子保健", "number": 1},
            {"title": "薬剤師", "expertise": "薬事", "number": 1},
        ],
    }
    period = {
        "kind": "派遣期間",
        "dispatches": [{"of": "保健師", "since": "2026-04-01", "until": "2026-05-01"}],
    }
    idle = roles()
    del idle["fields"][0]["roles"][1]
    articles = [clause("基本方針", "甲。"), idle, specialists, period]
    found = cautions(text(articles=articles, supplements=[{"paragraphs": ["一。"]}]))
    assert [one[:14] for one in found] == [
        "乙（神石高原町）の役割が一つ"[:14],
        "専門人材の条がありますが、費用"[:14],
        "専門人材「薬剤師」の派遣の期間"[:14],
    ]


@pytest.mark.parametrize("version", [1, 2])
def test_the_examples_give_no_cause_for_caution(version: int) -> None:
    assert cautions(example(version)) == []


# --- 届出先、様式 -------------------------------------------------------------------------------


def of(*codes: str, **fields: object) -> AgreementFile:
    parties = [{"code": code, "called": sign} for code, sign in zip(codes, "甲乙丙", strict=False)]
    told = [{"party": code, "does": ["行うこと。"]} for code in codes]
    articles = [
        clause("基本方針", "連携する。"),
        {"kind": "役割分担", "fields": [{"name": "保健", "roles": told}]},
    ]
    return AgreementFile.model_validate(short(parties=parties, articles=articles, **fields))


def test_notification_goes_to_the_minister_where_a_prefecture_is_a_party() -> None:
    assert addressee(of(TOWN, PREFECTURE), TOWN) == "総務大臣"


def test_notification_goes_to_the_governor_where_none_is() -> None:
    assert addressee(of(TOWN, CITY), TOWN) == "広島県知事"


def test_across_prefectures_somebody_must_say_who() -> None:
    two = of(TOWN, "332020")
    with pytest.raises(NoAddressee, match="法第252条の2第2項、第253条"):
        plain(two, "届出", TOWN)
    told = of(TOWN, "332020", notifications=[{"party": TOWN, "addressee": "岡山県知事"}])
    assert "　岡山県知事　殿\n" in plain(told, "届出", TOWN)


def test_a_union_is_named_and_its_addressee_said() -> None:
    union = {"code": "348058", "called": "乙", "name": "架空広域連合", "signs_as": "架空広域連合長"}
    parties = [{"code": TOWN, "called": "甲"}, union]
    articles = [
        clause("基本方針", "連携する。"),
        {"kind": "役割分担", "paragraphs": ["甲が行う。"]},
    ]
    found = AgreementFile.model_validate(short(parties=parties, articles=articles))
    assert "乙　架空広域連合長" in plain(found, "協約", TOWN)
    with pytest.raises(NoAddressee):
        addressee(found, TOWN)


def test_a_new_form_is_filled_in_and_then_a_text() -> None:
    begun = new_form([PREFECTURE, TOWN])
    assert begun.count("広島県") >= 1
    filled = tomllib.loads(
        begun.replace('since = ""', "since = 2026-04-01")
        .replace('until = ""', "until = 2028-03-31")
        .replace('of = ""', 'of = "書き入れた文"')
        .replace('""', '"書き入れた文"')
    )
    file = AgreementFile.model_validate(filled)
    assert cautions(file) == []
    assert "第９条　この連携協約は、令和８年４月１日から効力を生ずる。" in plain(file, "協約", TOWN)


@pytest.mark.parametrize("codes", [[], [TOWN], [TOWN, TOWN]])
def test_a_new_form_is_between_two_or_more_bodies(codes: list[str]) -> None:
    with pytest.raises(BadParties):
        new_form(codes)


def test_bodies_are_said_by_code_or_name() -> None:
    assert code_of("広島県") == PREFECTURE
    assert code_of("神石高原町") == TOWN
    assert code_of("東京都府中市") == "132063"
    with pytest.raises(UnknownBody, match="342084（広島県）"):
        code_of("府中市")
    for nobody in ("架空市", "999999", "34"):
        with pytest.raises(UnknownBody):
            code_of(nobody)


@given(codes=st.lists(st.sampled_from([PREFECTURE, TOWN, CITY, "332020"]), min_size=2, unique=True))
def test_a_new_form_is_toml_whoever_the_parties_are(codes: list[str]) -> None:
    begun = tomllib.loads(new_form(codes))
    assert [one["code"] for one in begun["parties"]] == codes
