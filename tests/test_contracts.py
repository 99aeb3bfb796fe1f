"""What every file of the tree keeps to: purity of the law, size, and no names of hosts."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LIBRARIES = {"pydantic", "pydantic_core", "typing_extensions", "domain"}
IMPURE = {"asyncio", "os", "random", "secrets", "socket", "subprocess", "threading", "time", "uuid"}
CLOCK = re.compile(r"\b(datetime\.(now|utcnow)|date\.today)\b")
_HOSTS = (("pypi", "org"), ("pythonhosted", "org"), ("registry", "npmjs"), ("deb", "debian", "org"))
HOSTS = re.compile("|".join(re.escape(".".join(parts)) for parts in _HOSTS))
_WORDS = (("Not", "Implemented", "Error"), ("TO", "DO"), ("FIX", "ME"))
UNFINISHED = re.compile("|".join(rf"\b{''.join(parts)}\b" for parts in _WORDS))
LONGEST = 500


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True
    ).stdout.decode()
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def sources(*folders: str) -> list[Path]:
    return [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name.partition(".")[0] for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


@pytest.mark.parametrize("path", sources("domain"), ids=lambda path: path.name)
def test_the_law_imports_the_standard_library_and_pydantic_and_nothing_impure(path: Path) -> None:
    found = set(imported(path))
    assert found <= LIBRARIES | sys.stdlib_module_names
    assert not found & IMPURE


@pytest.mark.parametrize("path", sources("domain"), ids=lambda path: path.name)
def test_the_law_reads_no_clock(path: Path) -> None:
    assert not CLOCK.search(path.read_text("utf-8"))


def test_no_source_is_longer_than_a_pleasure_to_read() -> None:
    folders = ("domain", "workflows", "activities", "store", "console", "benchmarks")
    lengths = {path: len(path.read_text("utf-8").splitlines()) for path in sources(*folders)}
    assert {path.name: lines for path, lines in lengths.items() if lines > LONGEST} == {}


def test_no_file_names_a_registry_and_no_source_is_unfinished() -> None:
    for path in tracked():
        text = path.read_text("utf-8", errors="ignore")
        assert not HOSTS.search(text), path
        if path.suffix == ".py":
            assert not UNFINISHED.search(text), path
