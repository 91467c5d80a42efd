"""Signatures by the guideline: the signed text, the algorithm, and keys that only their owner can read."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import shutil
import stat
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from hypothesis import given, settings
from hypothesis import strategies as st

from pos.country import NO_FISCAL, Country, Signable, norway
from pos.country.norway.signing import Keys, decimal, folder_of, message
from pos.domain.errors import StoreError
from pos.domain.money import Money
from tests.keys import lend_keys

AT = datetime.fromisoformat("2016-11-24T10:39:00+01:00")
WHAT = Signable(AT, "2", Money(100), Money(96))


def keys(folder: Path) -> Keys:
    lend_keys(folder / "shop.db")
    return Keys(folder / "shop.db", is_practice=False)


def refusal(folder: Path) -> str:
    with pytest.raises(StoreError) as refused:
        Keys(folder / "shop.db", is_practice=False).key("1")
    return refused.value.message_id


def test_the_text_that_is_signed_is_the_one_of_the_tax_offices_own_validator() -> None:
    text = message(b"", WHAT)
    assert text == b"0;2016-11-24;10:39:00;2;1.00;0.96"
    made = hmac.new(b"SkatteetatenSign", text, hashlib.sha1).digest()
    assert base64.b64encode(made) == b"iHh68DWCU3G42eL/7vOGUMSkvMM="


def test_a_return_is_signed_with_negative_amounts_behind_the_signature_before() -> None:
    text = message(b"\x01\x02", Signable(AT, "R1-1", Money(-1640), Money(-1426)))
    assert text == b"AQI=;2016-11-24;10:39:00;R1-1;-16.40;-14.26"


@given(st.integers(min_value=-(10**12), max_value=10**12))
def test_an_amount_has_a_point_and_two_decimals(minor: int) -> None:
    text = decimal(Money(minor))
    assert int(text.replace(".", "")) == minor
    assert text[-3] == "."
    assert text != "-0.00"


def test_the_first_key_is_made_when_it_is_needed_and_only_its_owner_can_read_it(tmp_path: Path) -> None:
    found = Keys(tmp_path / "shop.db", is_practice=False).key(None)
    path = folder_of(tmp_path / "shop.db") / "1.pem"
    assert found.version == "1"
    assert found.public.startswith("-----BEGIN PUBLIC KEY-----")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [entry.name for entry in path.parent.iterdir()] == ["1.pem"]
    assert Keys(tmp_path / "shop.db", is_practice=False).key(None) == found, "it is made once"


def test_practice_has_keys_of_its_own(tmp_path: Path) -> None:
    assert Keys(tmp_path / "practice.db", is_practice=True).key(None).version == "T1"


def test_a_missing_key_is_an_error(tmp_path: Path) -> None:
    assert refusal(tmp_path) == "signing-key-missing"


@pytest.mark.skipif(sys.platform == "win32", reason="no modes")
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o700, 0o644])
def test_a_key_that_others_may_read_is_refused(tmp_path: Path, mode: int) -> None:
    keys(tmp_path)
    (folder_of(tmp_path / "shop.db") / "1.pem").chmod(mode)
    assert refusal(tmp_path) == "signing-key-open"


@pytest.mark.parametrize("content", [b"", b"no key", "2048", "curve"])
def test_only_an_rsa_key_of_1024_bits_is_accepted(tmp_path: Path, content: bytes | str) -> None:
    keys(tmp_path)
    if isinstance(content, str):
        other = ec.generate_private_key(ec.SECP256R1()) if content == "curve" else rsa.generate_private_key(65537, 2048)
        content = other.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder_of(tmp_path / "shop.db") / "1.pem").write_bytes(content)
    assert refusal(tmp_path) == "signing-key-wrong"


def test_a_folder_that_cannot_be_created_is_reported(tmp_path: Path) -> None:
    folder_of(tmp_path / "shop.db").touch()
    with pytest.raises(StoreError, match="signing-key-unmade"):
        Keys(tmp_path / "shop.db", is_practice=False).key(None)


def test_a_new_key_leaves_what_the_old_one_signed_as_it_is(tmp_path: Path) -> None:
    mine, fiscal = keys(tmp_path), norway().fiscal
    first = mine.key(None)
    one = mine.sign(first.version, b"", WHAT)
    second = mine.next_key(first.version)
    other = mine.sign(second.version, one, WHAT)
    assert (first.version, second.version) == ("1", "2")
    assert fiscal.verifies(first.public, b"", WHAT, one)
    assert fiscal.verifies(second.public, one, WHAT, other)
    assert not fiscal.verifies(first.public, one, WHAT, other)
    assert not fiscal.verifies(second.public, b"", WHAT, other), "it belongs behind the one before"


@settings(max_examples=30)
@given(
    st.datetimes(min_value=datetime(2016, 1, 1), max_value=datetime(2100, 1, 1)),  # noqa: DTZ001 - a zone is put on
    st.integers(min_value=-(10**9), max_value=10**9),
    st.integers(min_value=-(10**9), max_value=10**9),
    st.binary(max_size=128),
)
def test_a_signature_holds_for_what_was_signed_and_for_nothing_else(
    tmp_path_factory: pytest.TempPathFactory, at: datetime, total: int, net: int, previous: bytes
) -> None:
    mine, fiscal = keys(tmp_path_factory.mktemp("keys")), norway().fiscal
    what = Signable(at.replace(tzinfo=AT.tzinfo), "K1-7", Money(total), Money(net))
    public, signature = mine.key("1").public, mine.sign("1", previous, what)
    assert len(signature) == 128
    assert fiscal.verifies(public, previous, what, signature)
    for other in (
        Signable(what.at, "K1-8", what.total, what.net),
        Signable(what.at, what.number, what.total + Money(1), what.net),
        Signable(what.at, what.number, what.total, what.net - Money(1)),
    ):
        assert not fiscal.verifies(public, previous, other, signature)
    assert not fiscal.verifies(public, previous, what, bytes(128))


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
def test_another_program_verifies_the_signature(tmp_path: Path) -> None:
    mine = keys(tmp_path)
    (tmp_path / "public.pem").write_text(mine.key("1").public)
    (tmp_path / "signature").write_bytes(mine.sign("1", b"", WHAT))
    (tmp_path / "text").write_bytes(message(b"", WHAT))
    command = ["openssl", "dgst", "-sha1", "-verify", "public.pem", "-signature", "signature", "text"]
    assert subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False).stdout == "Verified OK\n"


def test_two_programs_that_make_the_first_key_at_once_have_the_same(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from pos.country.norway.signing import Keys;"
        "sys.stdin.readline(); print(Keys(Path('shop.db'), is_practice=False).key(None).public)"
    )
    both = [
        subprocess.Popen(
            [sys.executable, "-c", program],
            cwd=tmp_path,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(Path.cwd())},
        )
        for _ in range(2)
    ]
    for one in both:
        assert one.stdin is not None
        one.stdin.write("go\n")
        one.stdin.flush()
    said = [one.communicate()[0] for one in both]
    assert said[0] == said[1] != ""


def test_a_country_without_the_requirement_signs_nothing(tmp_path: Path) -> None:
    assert Country.__dataclass_fields__["fiscal"].default is NO_FISCAL
    assert NO_FISCAL.signer(tmp_path / "shop.db", is_practice=False) is None
    assert NO_FISCAL.events("pay_cash", {}) == ()


def test_nothing_of_it_is_loaded_until_somebody_pays(tmp_path: Path) -> None:
    program = (
        "import sys; from pos.cli import main; main(['--plain', '--db', 'shop.db', '--printer', 'none']);"
        "print('cryptography' in sys.modules)"
    )
    said = [
        subprocess.run(
            [sys.executable, "-c", program],
            cwd=tmp_path,
            input=keys,
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONPATH": str(Path.cwd())},
        ).stdout.splitlines()[-1]
        for keys in ("b\n", "\n2\n\n1\nn\nn\nn\na\n")
    ]
    assert said == ["False", "True"]
