"""Restoring a backup never shortens a journal, deletes no file, and gives no number out twice."""

from __future__ import annotations

import lzma
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from pos.domain.errors import BadInput, StoreError
from pos.office.keeping.restore import Lost, Plan, planned, prepared, restore
from pos.office.verifying import verify_all, verify_file
from pos.store import known_of, open_store, read_witness, witness_path
from tests.office.keeping.shops import a_shop, backed_up, nothing, sold_on
from tests.office_acts import gate

JUMPS = "SELECT series, from_number, to_number FROM number_jump"
RESTORED = "SELECT head_seq, lost_to FROM file_restored"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A shop's file with four sales, and `copy.db`, its backup after the third."""
    found = a_shop(tmp_path / "shop")
    backed_up(found, tmp_path / "copy.db")
    assert sold_on(found) == "K1-4"
    return found


def restored(backup: Path, target: Path, *given: tuple[str, int]) -> tuple[Plan, tuple[Path, ...]]:
    """Restore a backup, and check that everything agrees."""
    with prepared(backup, target, nothing) as store:
        plan = planned(store, target, given)
        aside = restore(gate(store), plan, backup, target)
    with closing(open_store(target)) as store:
        store.witness.check()
        assert verify_file(store).finding is None
    assert not [entry for entry in target.parent.iterdir() if entry.name.startswith("pos-restore-")]
    return plan, aside


def refusal(backup: Path, target: Path) -> BadInput:
    with prepared(backup, target, nothing) as store, pytest.raises(BadInput) as error:
        planned(store, target)
    return error.value


def damage(path: Path) -> bytes:
    """Make a file unreadable. Returns its content afterwards."""
    content = bytearray(path.read_bytes())
    content[:200] = bytes(200)
    path.write_bytes(content)
    return bytes(content)


def test_on_a_fresh_machine_the_next_sale_has_the_next_number(path: Path, tmp_path: Path) -> None:
    plan, aside = restored(tmp_path / "copy.db", tmp_path / "spare" / "shop.db")
    assert (plan.acts, plan.lost, aside) == (0, (), ())
    assert sold_on(tmp_path / "spare" / "shop.db") == "K1-4"


def test_the_numbers_on_paper_are_not_given_out_again(path: Path, tmp_path: Path) -> None:
    spare = tmp_path / "spare" / "shop.db"
    plan, _ = restored(tmp_path / "copy.db", spare, ("K1", 4))
    assert plan.lost == (Lost("K1", 4, 4),)
    assert sold_on(spare) == "K1-5"
    with closing(open_store(spare)) as store:
        assert store.file.conn.execute(JUMPS).fetchall() == [("K1", 3, 4)]
        assert verify_all(store).finding is None


def test_a_lower_number_on_paper_changes_nothing(path: Path, tmp_path: Path) -> None:
    plan, _ = restored(tmp_path / "copy.db", tmp_path / "spare" / "shop.db", ("K1", 2))
    assert plan.lost == ()


def test_numbers_of_an_unknown_series_are_refused(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "spare" / "shop.db"
    with prepared(tmp_path / "copy.db", target, nothing) as store, pytest.raises(BadInput, match="restore-no-series"):
        planned(store, target, [("K7", 3)])


def test_a_file_with_more_than_the_backup_stays_and_the_difference_is_reported(path: Path, tmp_path: Path) -> None:
    before = path.read_bytes()
    further = known_of(path).head.seq - known_of(tmp_path / "copy.db").head.seq
    error = refusal(tmp_path / "copy.db", path)
    assert error.message_id == "restore-goes-further"
    assert (error.values["acts"], error.values["sales"]) == (further, 1)
    assert path.read_bytes() == before


def test_a_damaged_file_is_set_aside_and_the_loss_is_reported(path: Path, tmp_path: Path) -> None:
    witness, content = known_of(path), damage(path)
    plan, aside = restored(tmp_path / "copy.db", path)
    assert plan.is_damaged
    assert plan.acts == witness.head.seq - plan.known.head.seq - 2  # its paper came behind what the witness knows
    assert plan.lost == (Lost("K1", 4, 4),)
    assert aside[0].read_bytes() == content
    assert read_witness(aside[0]) is not None
    assert sold_on(path) == "K1-5"
    with closing(open_store(path)) as store:
        assert store.file.conn.execute(RESTORED).fetchall() == [(plan.known.head.seq, plan.lost_to)]


def test_a_file_that_is_gone_is_known_by_its_witness(path: Path, tmp_path: Path) -> None:
    path.unlink()
    plan, aside = restored(tmp_path / "copy.db", path)
    assert (plan.is_damaged, plan.lost, aside) == (False, (Lost("K1", 4, 4),), ())
    assert sold_on(path) == "K1-5"


def test_an_emptied_file_is_restored(path: Path, tmp_path: Path) -> None:
    path.write_bytes(b"")
    restored(tmp_path / "copy.db", path)
    assert sold_on(path) == "K1-5"


def test_an_older_file_is_set_aside_for_a_newer_backup(path: Path, tmp_path: Path) -> None:
    backed_up(path, tmp_path / "newer.db")
    older = tmp_path / "old" / "shop.db"
    older.parent.mkdir()
    shutil.copy(tmp_path / "copy.db", older)
    plan, (aside,) = restored(tmp_path / "newer.db", older)
    assert (plan.acts, plan.lost) == (0, ())
    assert aside.read_bytes() == (tmp_path / "copy.db").read_bytes()
    assert sold_on(older) == "K1-5"


def test_a_file_equal_to_the_backup_is_left_alone(path: Path, tmp_path: Path) -> None:
    shutil.copy(tmp_path / "copy.db", tmp_path / "same.db")
    assert refusal(tmp_path / "copy.db", tmp_path / "same.db").message_id == "restore-same"


def test_a_file_that_diverged_from_the_backup_is_refused(path: Path, tmp_path: Path) -> None:
    """Somebody sold both from the backup and from the file."""
    other = tmp_path / "other" / "shop.db"
    other.parent.mkdir()
    shutil.copy(tmp_path / "copy.db", other)
    shutil.copytree(tmp_path / "copy.db.signing", other.with_name("shop.db.signing"))
    sold_on(other)
    assert refusal(other, path).message_id == "restore-parted"
    sold_on(path, 2)
    assert refusal(other, path).message_id == "restore-parted"


def test_another_shops_file_is_refused(path: Path, tmp_path: Path) -> None:
    other = a_shop(tmp_path / "other", 1)
    assert refusal(tmp_path / "copy.db", other).message_id == "restore-other-shop"


def test_a_file_of_another_program_is_refused(path: Path, tmp_path: Path) -> None:
    other = tmp_path / "diary.db"
    with closing(sqlite3.connect(other)) as conn:
        conn.execute("CREATE TABLE diary (day TEXT)")
    with prepared(tmp_path / "copy.db", other, nothing) as store, pytest.raises(StoreError, match="not-a-database"):
        planned(store, other)


def test_a_backup_that_was_changed_or_cut_or_damaged_is_refused(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "spare" / "shop.db"
    for number, ruin in enumerate(
        (
            lambda copy: copy.write_bytes(copy.read_bytes()[:40_000]),
            damage,
            lambda copy: changed(copy, "UPDATE sale_line SET name = json_set(name, '$.nb', 'x')", "sale_line_is_so"),
            lambda copy: changed(copy, "DELETE FROM receipt"),
        )
    ):
        copy = tmp_path / f"copy-{number}.db"
        shutil.copy(tmp_path / "copy.db", copy)
        ruin(copy)
        with pytest.raises((BadInput, StoreError)) as error, prepared(copy, target, nothing):
            pass
        assert error.value.message_id in ("restore-not-whole", "database-damaged", "not-a-database"), number
        assert str(copy) in str(error.value)
        assert not target.exists()
    with closing(sqlite3.connect(tmp_path / "copy.db")) as conn:
        assert conn.execute("SELECT COUNT(*) FROM sale").fetchone() == (3,)


def changed(path: Path, statement: str, trigger: str = "") -> None:
    with closing(sqlite3.connect(path)) as conn:
        if trigger:
            conn.execute(f"DROP TRIGGER {trigger}")
        conn.execute(statement)
        conn.commit()


def test_a_backup_that_does_not_match_its_head_is_refused(path: Path, tmp_path: Path) -> None:
    backed_up(path, tmp_path / "newer.db")
    shutil.copy(witness_path(tmp_path / "newer.db"), witness_path(tmp_path / "copy.db"))
    with pytest.raises(BadInput, match="restore-not-whole"), prepared(tmp_path / "copy.db", path, nothing):
        pass


def test_a_backup_without_its_head_is_restored_too(path: Path, tmp_path: Path) -> None:
    witness_path(tmp_path / "copy.db").unlink()
    restored(tmp_path / "copy.db", tmp_path / "spare" / "shop.db")


def test_a_backup_of_an_older_version_is_migrated(tmp_path: Path) -> None:
    made = Path(__file__).parents[2] / "store" / "made_by_0_1_0" / "shop.db.xz"
    (tmp_path / "old.db").write_bytes(lzma.decompress(made.read_bytes()))
    restored(tmp_path / "old.db", tmp_path / "spare" / "shop.db")


def test_the_backups_keys_are_restored_and_replace_no_others(path: Path, tmp_path: Path) -> None:
    keys = tmp_path / "copy.db.signing"
    with_it = {key.name: key.read_text() for key in keys.iterdir()}
    (keys / "2.pem").write_text("two")
    spare = tmp_path / "spare" / "shop.db"
    spare.with_name("shop.db.signing").mkdir(parents=True)
    spare.with_name("shop.db.signing").joinpath("2.pem").write_text("its own")
    restored(tmp_path / "copy.db", spare)
    there = {entry.name: entry.read_text() for entry in spare.with_name("shop.db.signing").iterdir()}
    assert there == {**with_it, "2.pem": "its own"}


def test_an_interrupted_restore_can_be_repeated(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is interrupted at each rename that replaces a damaged file."""
    damage(path)
    renamed: list[Path] = []
    real = Path.replace

    def cut_off_behind(number: int) -> Callable[[Path, Path], Path]:
        def replace(self: Path, target: Path) -> Path:
            if len(renamed) == number:
                raise KeyboardInterrupt
            renamed.append(self)
            return real(self, target)

        return replace

    for number in (0, 1):
        renamed.clear()
        with monkeypatch.context() as patch:
            patch.setattr(Path, "replace", cut_off_behind(number))
            with pytest.raises(KeyboardInterrupt):
                restored(tmp_path / "copy.db", path)
    plan, _ = restored(tmp_path / "copy.db", path)
    assert plan.lost == (Lost("K1", 4, 4),)
    assert sold_on(path) == "K1-5"
