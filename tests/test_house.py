"""The house rules that can be checked by a program."""

import ast
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "pos"
SOURCES = sorted(PACKAGE.rglob("*.py"))
ROOMS = sorted(
    f"pos.{path.stem}"
    for path in PACKAGE.iterdir()
    if not path.name.startswith("_") and (path.suffix == ".py" or (path / "__init__.py").exists())
)

# Run in a process of its own: loads every module of the rooms, and fails at the first one that loads Textual.
LOAD_ALL_OF = """
import importlib, pkgutil, sys
for name in sys.argv[1:]:
    room = importlib.import_module(name)
    for module in pkgutil.walk_packages(getattr(room, "__path__", []), name + "."):
        importlib.import_module(module.name)
    if "textual" in sys.modules:
        sys.exit(f"{name} loads Textual")
"""

STANDARD_REPLACE = re.compile(r"from dataclasses import [^\n]*\breplace\b|\bdataclasses\.replace\b")

# Addresses of package registries, and paths that exist on one machine only.
OURS_ALONE = re.compile(
    r"https?:"
    r"//[^\s\"'<>]+/simple\b|files\.python"
    r"hosted|\bpypi"
    r"\.org|--(?:extra-)?index"
    r"-url"
    r"|(?<![\w.~])/(?:work|root|opt/pypi)/"
)


@cache
def trees() -> list[tuple[str, ast.Module]]:
    return [(path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))) for path in SOURCES]


def tracked_texts() -> Iterator[tuple[str, str]]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True)
    for name in filter(None, listed.stdout.decode().split("\0")):
        path = ROOT / name
        content = path.read_bytes() if path.is_file() else b""
        if b"\0" not in content:
            yield name, content.decode(errors="replace")


def test_imports_point_down_and_in_no_circle(capsys: pytest.CaptureFixture[str]) -> None:
    broken = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True, no_logo=True)
    assert not broken, capsys.readouterr().out


def test_only_the_ui_loads_textual() -> None:
    rooms = [room for room in ROOMS if room != "pos.ui"]
    ran = subprocess.run([sys.executable, "-c", LOAD_ALL_OF, *rooms], cwd=ROOT, check=False, capture_output=True)
    assert ran.returncode == 0, ran.stderr.decode()


def test_no_two_classes_have_one_name() -> None:
    names = Counter(node.name for _, tree in trees() for node in tree.body if isinstance(node, ast.ClassDef))
    assert [name for name, count in names.items() if count > 1] == []


def test_every_module_says_what_lives_in_it() -> None:
    assert [name for name, tree in trees() if not ast.get_docstring(tree)] == []


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="only a checkout knows its tracked files")
def test_values_are_replaced_in_one_way() -> None:
    """`pos.domain.value.replace` takes a quarter of the time of the standard library's."""
    own = PACKAGE / "domain" / "value.py"
    found = [path for path in SOURCES if path != own and STANDARD_REPLACE.search(path.read_text(encoding="utf-8"))]
    assert found == []


def test_no_tracked_file_names_a_package_registry_or_a_machine() -> None:
    found = [
        f"{name}:{number}: {line.strip()[:120]}"
        for name, text in tracked_texts()
        for number, line in enumerate(text.splitlines(), 1)
        if OURS_ALONE.search(line)
    ]
    assert found == []


@pytest.mark.parametrize(
    "line",
    ["https://pypi" + ".org/x", "https://a.example" + "/simple/rich", "-f " + "/root" + "/wheels"],
)
def test_an_address_of_a_registry_is_recognised(line: str) -> None:
    assert OURS_ALONE.search(line)


def test_constraints_are_exact_versions_without_addresses() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.+!]+", line)] == []


WRITES_WITHOUT_AN_ACT = {
    "pos/register/acts.py": "the transaction of both gates",
    "pos/store/file/connection.py": "what a writing transaction is",
    "pos/store/migrations/steps.py": "migrations",
    "pos/store/practice/practice_file.py": "a new file is marked as one for practice when it is opened",
    "pos/store/file/packing.py": "upkeep: the journal's texts are packed",
    "pos/store/offers/asking_sums.py": "upkeep: the report's sums can be made again from the ledger",
    "pos/store/learning/counts.py": "upkeep: counts can be made again from orders",
    "pos/store/verifying/remaking.py": "a file of its own, made again from the journal to be compared",
    "pos/store/menu/pairings_beside.py": "pairings that no till reads until the act that publishes their menu",
}
"""The modules that open a transaction to write, and why they may."""


def test_nothing_but_the_gates_migrations_and_upkeep_opens_a_transaction_to_write() -> None:
    opens = ("writing", "rebuilding", "write_in_slices")
    found = {
        name
        for name, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in opens
    }
    assert found == WRITES_WITHOUT_AN_ACT.keys()


def test_no_statement_begins_a_transaction_beside_the_stores() -> None:
    begins = re.compile(r"^\s*(BEGIN|SAVEPOINT)\b")
    found = {
        name
        for name, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and begins.match(node.value)
    }
    assert found == {"pos/store/file/connection.py"}
