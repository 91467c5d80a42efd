"""A next-visit code is used once: with the till killed at any statement, and with two tills that ask at once."""

import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from pos.counter import Counter
from pos.domain.errors import Refused
from pos.register.verbs import next_visit
from pos.store import open_store
from tests.builders import NOW, PAIRINGS
from tests.durability.child import a_counter, press
from tests.durability.killing import Shop, assert_sound
from tests.durability.test_kill_at_each_step import finish, shops
from tests.forks import fork
from tests.office_acts import put_menu
from tests.register.visits import GIVING

DECLINED = "b enter 2 n n a"
ROWS = "SELECT redeemed_by, claimed_by, (SELECT COUNT(*) FROM next_visit AS other) FROM next_visit WHERE code = :code"
USES = "SELECT COUNT(*) FROM sale_discount WHERE incentive_id = 'next_visit'"
RACES = 6


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> tuple[Shop, str]:
    """A shop whose first sale gave a code, and the code."""
    shop = Shop(tmp_path_factory.mktemp("given"))
    shop.fill()
    store = open_store(shop.db)
    put_menu(store, GIVING, PAIRINGS, NOW)
    store.close()
    counter = a_counter(shop.db, shop.till, shop.paper, 1)
    for key in DECLINED.split():
        press(counter, key)
    assert counter.paid is not None
    assert counter.paid.next_visit is not None
    counter.register.store.close()
    return shop, counter.paid.next_visit.code


def race(database: Path, till: str, code: str, folder: Path) -> Callable[[], None]:
    """One of two tills: when it is ready it waits for the word, then says what became of the code."""

    def run() -> None:
        counter = a_counter(database, till, folder / "paper", 1)
        (folder / f"ready-{till}").touch()
        while not (folder / "go").exists():
            pass
        try:
            counter.register.do(next_visit.redeem, code)
        except Refused as error:
            print(error.message_id)
        else:
            print("got it")

    return run


def uses(counter: Counter) -> int:
    (count,) = counter.register.store.file.conn.execute(USES).fetchone()
    return int(count)


@pytest.mark.parametrize(
    ("after", "step"),
    [
        pytest.param(False, 23, id="before"),
        pytest.param(True, 29, id="after"),
        pytest.param(False, 1, marks=pytest.mark.soak, id="before-each"),
        pytest.param(True, 1, marks=pytest.mark.soak, id="after-each"),
    ],
)
def test_killed_while_a_code_is_used_it_is_used_once_or_free(
    tmp_path: Path, given: tuple[Shop, str], after: bool, step: int
) -> None:
    shop, code = given
    keys = f"b {' '.join(code)} enter enter 2 n a"
    seen = set()
    for killed in shops(shop.db, tmp_path, keys, after=after, step=step):
        counter = a_counter(killed.db, killed.till, killed.paper, 2)
        assert_sound(counter.register.store.file.conn)
        carried = counter.register.view.order.next_visit is not None
        used = uses(counter)
        assert not (carried and used)
        if not used:
            if not counter.register.view.order.lines:
                counter.press("b")
            if not carried:
                counter.scan(code)
            finish(counter)
        assert uses(counter) == 1
        with pytest.raises(Refused, match="next-visit-used"):
            counter.register.do(next_visit.redeem, code)
        counter.register.store.close()
        seen.add((carried, used))
    assert (True, 0) in seen


def test_of_two_tills_that_ask_at_once_one_gets_the_code(tmp_path: Path, given: tuple[Shop, str]) -> None:
    shop, code = given
    for number in range(RACES):
        folder = tmp_path / str(number)
        folder.mkdir()
        database = shutil.copy(shop.db, folder / "shop.db")
        children = [fork(race(Path(database), till, code, folder), folder / f"said-{till}") for till in ("1", "2")]
        while not all((folder / f"ready-{till}").exists() for till in ("1", "2")):
            time.sleep(0.001)
        (folder / "go").touch()
        assert not any(child.was_killed() for child in children)
        said = sorted((folder / f"said-{till}").read_text().strip() for till in ("1", "2"))
        assert said == ["got it", "next-visit-in-use"]
