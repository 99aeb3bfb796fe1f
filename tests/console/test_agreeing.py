"""`kyodo agreement`: an official drafts, prints, compares and publishes a text."""

import hashlib
import json
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from console.agreeing import agreement_app
from console.answers import Ended
from console.main import app

Said = Callable[..., str]


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Said:
    """What a command printed."""

    def run(*words: object) -> str:
        capsys.readouterr()
        agreement_app(
            [f"{one}" for one in words], exit_on_error=False, result_action="return_value"
        )
        return capsys.readouterr().out

    return run


def refused(*words: object) -> str:
    """What a command ended with, as the input's fault."""
    with pytest.raises(Ended) as ended:
        agreement_app(
            [f"{one}" for one in words], exit_on_error=False, result_action="return_value"
        )
    assert ended.value.code == 2
    return f"{ended.value}"


@pytest.fixture
def first(tmp_path: Path, said: Said) -> Path:
    return kept(tmp_path / "一.toml", said("new", "--example"))


@pytest.fixture
def second(tmp_path: Path, said: Said) -> Path:
    return kept(tmp_path / "二.toml", said("new", "--example", "--changed"))


def kept(file: Path, words: str) -> Path:
    file.write_text(words, "utf-8")
    return file


def test_the_text_is_printed_in_every_form(first: Path, said: Said) -> None:
    assert "第二条　乙において不足する専門人材" in said("text", first)
    notice = said("text", first, "--form", "告示", "--by", "Ｂ町")
    assert "Ｂ町告示第十四号" in notice
    assert "同条第二項の規定により、告示する。" in notice
    assert "総務大臣　殿" in said("text", first, "--form", "届出")
    assert "Ｂ町長　例示　花子" in said("text", first, "--form", "届出", "--by", "345458")


def test_standard_output_is_the_document_alone(
    first: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = kept(
        tmp_path / "半角.toml", first.read_text("utf-8").replace("採用に要する", "採用(人)に要する")
    )
    agreement_app(["text", f"{file}"], exit_on_error=False, result_action="return_value")
    printed = capsys.readouterr()
    assert "・" not in printed.out
    assert "・第五条に半角の「(」があります" in printed.err


def test_machines_get_text_data_digest_and_cautions(first: Path, said: Said) -> None:
    found = json.loads(said("text", first, "--form", "届出", "--json"))
    assert found["sha256"] == json.loads(said("digest", first, "--json"))["sha256"]
    assert found["data"]["articles"][1]["specialists"][0]["number"] == 1
    assert "二　土木技師" in found["reads"]
    assert "　総務大臣　殿" in found["printed"]
    assert found["cautions"] == []


def test_the_page_is_written_where_it_is_asked_for(first: Path, tmp_path: Path, said: Said) -> None:
    page = tmp_path / "協約.html"
    assert said("text", first, "--html", page) == ""
    assert page.read_text("utf-8").startswith("<!doctype html>")
    assert "フォルダ" in refused("text", first, "--html", tmp_path / "ない" / "協約.html")


def test_the_digest_is_that_of_the_canonical_bytes(first: Path, tmp_path: Path, said: Said) -> None:
    bytes_at = tmp_path / "文.json"
    told = said("digest", first, "--canonical", bytes_at)
    assert told.split()[0] == hashlib.sha256(bytes_at.read_bytes()).hexdigest()


def test_machines_get_the_articles_that_lay_down_what_the_law_asks_for(
    first: Path, said: Said
) -> None:
    found = json.loads(said("digest", first, "--json"))
    assert found["title"] == "Ａ県及びＢ町における専門人材の確保に係る連携協約"
    assert found["basic_policy"] == ["第一条"]
    assert found["roles"] == ["第三条"]
    assert found["expertise"] == ["第二条"]


def test_what_is_added_after_the_votes_does_not_change_the_digest(
    first: Path, tmp_path: Path, said: Said
) -> None:
    draft = first.read_text("utf-8").partition("# --- ここから下は")[0]
    assert said("digest", kept(tmp_path / "案.toml", draft)) == said("digest", first)


def test_two_versions_stand_side_by_side(first: Path, second: Path, said: Said) -> None:
    table = said("compare", first, second)
    for words in ("［二人］", "［一人］", "加える", "番号を改める", "（新設）", "第一条　（略）"):
        assert words in table
    assert "改める 2 件、加える 2 件、番号を改める 1 件" in table
    assert "（略）" not in said("compare", first, second, "--whole")


def test_a_version_beside_itself_says_that_it_is_the_same(first: Path, said: Said) -> None:
    assert "二つの版の文は、同じである。" in said("compare", first, first)


def test_machines_get_every_piece_of_a_comparison(first: Path, second: Path, said: Said) -> None:
    found = json.loads(said("compare", first, second, "--json"))
    assert found["old"] != found["new"]
    renumbered = next(one for one in found["pairs"] if one["change"] == "番号を改める")
    assert (renumbered["old"], renumbered["new"]) == ("第五条", "第六条")
    for pair in found["pairs"]:
        for side in (row[which] for row in pair["rows"] for which in ("old", "new")):
            assert side is None or "".join(one["words"] for one in side["pieces"]) == side["words"]


def test_the_table_is_written_as_a_page(
    first: Path, second: Path, tmp_path: Path, said: Said
) -> None:
    page = tmp_path / "対照表.html"
    assert said("compare", first, second, "--html", page) == ""
    html = page.read_text("utf-8")
    assert "<th>変更後</th><th>変更前</th>" in html
    assert "記入例であり" in html


def test_a_new_form_names_the_parties_and_tells_what_is_still_empty(
    tmp_path: Path, said: Said
) -> None:
    begun = said("new", "広島県", "345458")
    assert [one["code"] for one in tomllib.loads(begun)["parties"]] == ["340006", "345458"]
    assert "届出先は 総務大臣" in begun
    told = refused("text", kept(tmp_path / "新.toml", begun))
    assert "title: 空です。書き入れてください" in told
    assert "articles 4件目 役割分担 fields 1件目 roles 2件目 does 1件目: 空です" in told
    assert "1 件以上" not in told


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ((), "2以上"),
        (("広島県",), "2以上"),
        (("広島県", "広島県"), "二度"),
        (("広島県", "府中市"), "一つに定まりません"),
        (("広島県", "架空町"), "ありません"),
        (("広島県", "340007"), "検査数字"),
    ],
)
def test_parties_that_are_none_are_told(words: tuple[str, ...], reason: str) -> None:
    assert reason in refused("new", *words)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ('style = "縦書き"', 'style = "斜め書き"', "style: 次のいずれかで書いてください"),
        ('kind = "基本方針"', 'kind = "方針"', "articles 1件目: kind は 目的・基本方針・"),
        ('kind = "基本方針"', 'kind = "目的"', "articles: 基本的な方針を定める条がありません"),
        ("number = 1 }", "number = 0 }", "specialists 1件目 number: 1 以上で書いてください"),
        ("number = 1 }", 'number = "一" }', "specialists 1件目 number: 整数で書いてください"),
        ("2027-03-31 }", "2024-12-31 }", "dispatches 1件目: 終わり（until）2024-12-31 が初日"),
        ('lacking = "345458"', 'lacking = "342025"', "lacking: 342025 は当事者（parties）にありません"),
        ('code = "345458"', 'code = "345459"', "parties 2件目 code: 団体コード 345459 の検査数字"),
        ("example = true", "", "parties 1件目 name: 団体コード 340006 の団体は「広島県」です"),
        ("heading =", "headline =", "articles 3件目 役割分担 headline: 知らない項目です"),
        ("2027-03-31 }", "1800-03-31 }", "dispatches 1件目 until: 1873-01-01 以上で書いてください"),
        ("[conclusion]", "[conclusion", "TOML として読めません"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_key(
    first: Path, tmp_path: Path, before: str, after: str, told: str
) -> None:
    words = first.read_text("utf-8")
    assert before in words
    file = kept(tmp_path / "誤り.toml", words.replace(before, after, 1))
    assert told in refused("digest", file)


def test_a_stranger_publishes_nothing(first: Path) -> None:
    told = refused("text", first, "--form", "告示", "--by", "呉市")
    assert "345458（Ｂ町）" in told


def test_an_addressee_that_nobody_names_is_asked_for(first: Path, tmp_path: Path) -> None:
    words = first.read_text("utf-8").replace("340006", "332020").replace('name = "Ａ県"', "")
    told = refused("text", kept(tmp_path / "越境.toml", words), "--form", "届出")
    assert "addressee に書いてください" in told


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert "読めません" in refused("text", tmp_path / "ない.toml")


def test_the_console_knows_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    app(["agreement", "new", "--example"], exit_on_error=False, result_action="return_value")
    assert "記入例" in capsys.readouterr().out
