"""A practice file and a shop's file are told apart, and practice is counted in the shop's."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from pos.domain.errors import StoreError
from pos.practice.sitting.trainees import forget_trainee, trainee_called
from pos.store import PracticeOff, PracticeOn, RoundBegun, open_store
from tests.builders import MENU, NOW, PAIRINGS
from tests.office_acts import enter_till, gate, make_true, put_menu


def refusal(path: Path, *, practice: bool) -> str:
    with pytest.raises(StoreError) as raised:
        open_store(path, practice=practice)
    return raised.value.message_id


def test_a_practice_file_is_no_shops_file(tmp_path: Path) -> None:
    open_store(tmp_path / "practice.db", practice=True).close()
    assert refusal(tmp_path / "practice.db", practice=False) == "practice-file"
    open_store(tmp_path / "practice.db", practice=True).close()


def test_a_shops_file_is_no_practice_file(tmp_path: Path) -> None:
    store = open_store(tmp_path / "shop.db")
    put_menu(store, MENU, PAIRINGS, NOW)
    store.close()
    assert refusal(tmp_path / "shop.db", practice=True) == "shops-file"
    open_store(tmp_path / "shop.db").close()


def test_a_shop_with_a_till_and_no_menu_is_a_shop_already(tmp_path: Path) -> None:
    store = open_store(tmp_path / "shop.db")
    enter_till(store, "1")
    store.close()
    assert refusal(tmp_path / "shop.db", practice=True) == "shops-file"


def test_a_till_of_practice_has_a_series_of_its_own(tmp_path: Path) -> None:
    store = open_store(tmp_path / "practice.db", practice=True)
    assert enter_till(store, "1", "Ø").series == "Ø1"
    assert enter_till(store, "1").series == "Ø1"


def test_a_period_that_nobody_ended_is_found_and_ended_once(tmp_path: Path) -> None:
    store = open_store(tmp_path / "shop.db")
    gate(store).do(make_true, PracticeOn("a", "1", 7))
    gate(store).do(make_true, PracticeOn("b", "2", 7))
    assert store.periods.never_ended("1") == ("a",)
    gate(store, NOW + timedelta(hours=1)).do(make_true, PracticeOff("a", None, None))
    gate(store, NOW + timedelta(hours=2)).do(make_true, PracticeOff("a", None, None))
    first, second = store.periods.all()
    assert (first.off_at, first.count, first.total) == (NOW + timedelta(hours=1), None, None)
    assert second.off_at is None


def test_a_name_goes_and_the_number_stays(tmp_path: Path) -> None:
    store = open_store(tmp_path / "practice.db", practice=True)
    kari = trainee_called(gate(store), "Kari")
    assert trainee_called(gate(store), "Kari") == kari
    gate(store).do(forget_trainee, kari)
    assert [(entry.id, entry.name) for entry in store.trainees.all()] == [(kari, None)]
    assert trainee_called(gate(store), "Kari") != kari


def test_a_round_with_a_time_that_is_none_is_damage(tmp_path: Path) -> None:
    store = open_store(tmp_path / "practice.db", practice=True)
    till, trainee = enter_till(store, "1"), trainee_called(gate(store), "Kari")
    number = 1
    gate(store).do(make_true, RoundBegun(number, trainee, till.id, "guided", "a", 1, "[]", "{}"))
    conn = store.file.conn
    conn.execute("UPDATE practice_round SET began_us = 1 << 62, finished_us = 1 << 62, finished_offset_s = 0")
    conn.execute("INSERT INTO practice_skill (round_id, skill, grade) VALUES (?, 'a', 1)", (number,))
    for read in (partial(store.rounds.open, till.id), partial(store.rounds.grades, trainee)):
        with pytest.raises(StoreError) as raised:
            read()
        assert raised.value.message_id == "database-damaged"
