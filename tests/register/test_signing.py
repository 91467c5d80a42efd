"""Each sale is signed in its own act, in the till's chain; without a key nothing is sold."""

from __future__ import annotations

import shutil
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from pos.country import NO_FISCAL, Signable, norway
from pos.country.norway.signing import folder_of
from pos.devices import Devices, FakePrinter, ManualTerminal
from pos.domain.errors import Refused, StoreError
from pos.domain.order.exchange import RefundReason
from pos.domain.order.order import TenderKind
from pos.domain.refunds.refund import Refund
from pos.office.signing import renew
from pos.office.verifying import verify_all, verify_file
from pos.register import Register, ShopGate
from pos.register.verbs import paying, refunding
from pos.store import Signature, Store, open_store
from tests.builders import MENU, PAIRINGS
from tests.durability.tampering import without_triggers
from tests.office_acts import gate, put_menu
from tests.register.every_act import Till
from tests.templates import PRACTICE, begin_file

FISCAL = norway().fiscal


def signatures(store: Store) -> list[tuple[int, Signature]]:
    return [(stored.till_id, stored.signature) for stored in store.signatures.all()]


def test_every_sale_has_a_signature_of_what_it_came_to(tmp_path: Path) -> None:
    till = Till(tmp_path)
    sales = [till.sold() for _ in range(3)]
    store = till.register.store
    found = [signed for _, signed in signatures(store)]
    assert [(one.series, one.number, one.at, one.total, one.net) for one in found] == [
        (sale.series, sale.receipt_number, sale.paid_at, sale.total, sale.total - sale.tax) for sale in sales
    ]
    assert verify_all(store, fiscal=FISCAL).finding is None


def test_a_return_is_signed_with_negative_amounts_in_the_same_chain(tmp_path: Path) -> None:
    till = Till(tmp_path)
    sale = till.sold()
    back = till.do(refunding.refund, sale.number, [(1, 1)], RefundReason.MADE_WRONG)
    assert isinstance(back, Refund)
    till.sold()
    store = till.register.store
    first, second, third = (signature for _, signature in signatures(store))
    assert (second.series, second.number, second.at) == ("R1", 1, back.at)
    assert (second.total, second.net) == (-sale.total, sale.tax - sale.total)
    what = Signable(third.at, f"{third.series}-{third.number}", third.total, third.net)
    assert FISCAL.verifies(store.signatures.public_keys()["1"], second.signature, what, third.signature)
    assert first.signature != second.signature
    assert verify_all(store, fiscal=FISCAL).finding is None


def test_without_its_key_a_till_refuses_refunds(tmp_path: Path) -> None:
    sale = Till(tmp_path).sold()
    shutil.rmtree(folder_of(tmp_path / "shop.db"))
    with pytest.raises(Refused, match="signing-key-missing"):
        Till(tmp_path).do(refunding.refund, sale.number, [(1, 1)], RefundReason.MADE_WRONG)


def test_each_till_has_a_chain_of_its_own(tmp_path: Path) -> None:
    clock = Till(tmp_path).clock
    tills = [Till(tmp_path, till=name, clock=clock) for name in ("1", "2")]
    for till in (*tills, *reversed(tills)):
        till.sold()
    store = tills[0].register.store
    public = store.signatures.public_keys()["1"]
    before: dict[int, bytes] = {}
    for till_id, one in signatures(store):
        what = Signable(one.at, f"{one.series}-{one.number}", one.total, one.net)
        assert FISCAL.verifies(public, before.get(till_id, b""), what, one.signature)
        before[till_id] = one.signature
    assert len(before) == 2
    assert verify_file(store, fiscal=FISCAL).finding is None


@pytest.mark.parametrize("is_practice", [False, True])
def test_without_its_key_a_till_refuses_payment(tmp_path: Path, is_practice: bool) -> None:
    if is_practice:
        begin_file(tmp_path / "shop.db", PRACTICE)
        with closing(open_store(tmp_path / "shop.db", practice=True)) as store:
            put_menu(store, MENU, PAIRINGS)
    first = Till(tmp_path, is_practice=is_practice)
    first.sold()
    assert [signed.key for _, signed in signatures(first.register.store)] == ["T1" if is_practice else "1"]
    first.register.store.close()
    shutil.rmtree(folder_of(tmp_path / "shop.db"))
    till = Till(tmp_path, is_practice=is_practice)
    till.at_payment()
    for doing in (lambda: till.do(paying.pay_cash), lambda: till.do(paying.ask_terminal, TenderKind.CARD)):
        with pytest.raises(Refused, match="signing-key-missing"):
            doing()
    assert not till.register.view.order.is_frozen
    assert till.register.store.sales.count() == 1


def test_a_new_key_signs_from_the_next_sale_on_and_old_signatures_stay_true(tmp_path: Path) -> None:
    till = Till(tmp_path)
    till.sold()
    store = till.register.store
    assert renew(gate(store)) == "2"
    till.sold()
    assert [signed.key for _, signed in signatures(store)] == ["1", "2"]
    assert verify_all(store, fiscal=FISCAL).finding is None


def test_a_till_whose_key_is_lost_goes_on_with_a_new_one(tmp_path: Path) -> None:
    Till(tmp_path).sold()
    shutil.rmtree(folder_of(tmp_path / "shop.db"))
    till = Till(tmp_path)
    renew(gate(till.register.store))
    till.sold()
    assert verify_file(till.register.store, fiscal=FISCAL).finding is None


def test_a_country_without_signatures_sells_without_a_key(tmp_path: Path) -> None:
    till, country = Till(tmp_path), replace(norway(), fiscal=NO_FISCAL)
    store = till.register.store
    till.register = Register(store, Devices(FakePrinter(), ManualTerminal()), country, till.clock, till="1")
    shutil.rmtree(folder_of(store.path))
    till.sold()
    assert store.sales.count() == 1
    assert signatures(store) == []
    with pytest.raises(Refused, match="nothing-signed"):
        renew(ShopGate(store, country, till.clock))


@pytest.mark.parametrize(
    "edit",
    [
        "UPDATE signature SET signature = randomblob(128) WHERE number = 2",
        "UPDATE signature SET total_minor = total_minor - 100 WHERE number = 2",
        "UPDATE signature SET net_minor = net_minor + 1 WHERE number = 2",
        "UPDATE signature SET at_us = at_us + 1000000 WHERE number = 2",
        "DELETE FROM signature WHERE number = 2",
        "DELETE FROM signature WHERE number = 3",
        "UPDATE signing_key SET public = replace(public, 'A', 'B')",
        """
        INSERT INTO signature
        SELECT 9, till_id, series, 9, at_us, offset_s, 1, 1, key_id, signature FROM signature LIMIT 1
        """,
        "INSERT INTO signing_key (version, public) VALUES ('7', 'mine')",
    ],
)
def test_every_change_of_a_signature_is_found(tmp_path: Path, edit: str) -> None:
    till = Till(tmp_path)
    for _ in range(3):
        till.sold()
    store = till.register.store
    with without_triggers(store.file.conn):
        store.file.conn.execute(edit)
    found = verify_file(store, fiscal=FISCAL).finding
    assert found is not None
    assert found.table in ("signature", "signing_key")


def test_a_forged_signature_is_found_even_if_the_journal_has_it(tmp_path: Path) -> None:
    till = Till(tmp_path)
    till.register.signer = Forger(till.register.signer)  # type: ignore[assignment,arg-type]
    till.sold()
    assert verify_file(till.register.store).finding is None
    found = verify_file(till.register.store, fiscal=FISCAL).finding
    assert found is not None
    assert (found.table, found.key, found.row) == ("signature", "K1-1", None)


class Forger:
    """Signs with arbitrary bytes."""

    def __init__(self, real: object) -> None:
        self.real = real

    def key(self, version: str | None) -> object:
        return self.real.key(version)  # type: ignore[attr-defined]

    def sign(self, version: str, previous: bytes, what: Signable) -> bytes:
        return b"x" * 128


def test_the_file_takes_no_unsigned_sale_of_a_till_that_signs(tmp_path: Path) -> None:
    till = Till(tmp_path)
    till.sold()
    till.register.signer = None
    with pytest.raises(StoreError):
        till.sold()
    assert till.register.store.sales.count() == 1


def test_no_private_key_is_in_the_file(tmp_path: Path) -> None:
    till = Till(tmp_path)
    till.sold()
    till.register.store.close()
    content = (tmp_path / "shop.db").read_bytes()
    with closing(open_store(tmp_path / "shop.db")) as store:
        assert store.signatures.public_keys().keys() == {"1"}
    assert b"PUBLIC KEY" in content
    assert b"PRIVATE KEY" not in content
    private = (folder_of(tmp_path / "shop.db") / "1.pem").read_text().splitlines()[1]
    assert private.encode() not in content
