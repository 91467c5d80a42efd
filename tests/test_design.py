"""The pages for engineers name tests and files: they exist, and no rule of docs/design.md is without a test."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "design.md").read_text(encoding="utf-8")
RULES = re.split(r"^(\d+)\. ", PAGE.partition("## The rules")[2].partition("\nPayment:")[0], flags=re.MULTILINE)[1:]


def test_every_rule_names_a_test() -> None:
    numbers, rules = RULES[::2], RULES[1::2]
    assert numbers == [str(number) for number in range(1, 16)]
    assert [number for number, rule in zip(numbers, rules, strict=True) if "`test_" not in rule] == []


@pytest.mark.parametrize("page", ["design.md", "norway.md"])
def test_every_test_that_the_page_names_exists(page: str) -> None:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py")]
    there = set(re.findall(r"^(?:async )?def (test_\w+)", "\n".join(sources), re.MULTILINE))
    assert set(re.findall(r"`(test_\w+)`", text)) - there == set()


@pytest.mark.parametrize(
    "page", ["CONTRIBUTING.md", "README.md", "docs/architecture.md", "docs/design.md", "docs/norway.md"]
)
def test_every_file_that_a_page_names_exists(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:pos|tests|data|docs)/[\w./-]+)`", text))
    linked = {path for path in re.findall(r"\]\(([\w./-]+)", text) if "://" not in path}
    there = {path for path in named if (ROOT / path).exists()}
    assert named - there == set()
    assert [path for path in linked if not (ROOT / page).parent.joinpath(path).exists()] == []
