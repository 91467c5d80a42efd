"""Printers that are files, devices and addresses, and what they do when they fail."""

import errno
import os
import socket
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import pytest

from pos.devices import FakePrinter, NoPrinter, Printer, printer_from
from pos.devices.escpos_printer import EscPosPrinter, escpos_bytes, printable
from pos.devices.printer import printer_failed
from pos.devices.targets import DeviceTarget, FileTarget, NetworkTarget
from pos.devices.text_printer import TextPrinter
from pos.domain.errors import BadInput, DeviceError
from pos.domain.sale.sale import Document, PrintLine, Style
from pos.domain.text import LANGUAGES
from pos.wording import wording
from pos.wording.reasons import REASONS
from tests.devices.papers import printed_from

RECEIPT = Document(
    "T1-42",
    (
        PrintLine("KOPI", style=Style.HEADING, centred=True),
        PrintLine("Blåbærsyltetøy ÆØÅ", "1\N{NO-BREAK SPACE}119,00"),
        PrintLine("Sum", "-15,00", Style.BOLD),
        PrintLine("Takk", style=Style.SMALL),
    ),
)
NOTHING = Document("T1-43", (), cut=False)


def test_a_text_printer_adds_to_its_file(tmp_path: Path) -> None:
    printer = TextPrinter(tmp_path / "receipts.txt", width=30)
    printer.print(RECEIPT)
    printer.print(RECEIPT)
    once = "\n".join(
        [
            "             KOPI",
            "Blåbærsyltetøy ÆØÅ    1\N{NO-BREAK SPACE}119,00",
            "Sum                     -15,00",
            "Takk",
            "",
            "-" * 30,
            "",
            "",
        ]
    )
    assert (tmp_path / "receipts.txt").read_text(encoding="utf-8") == once * 2


def test_headings_are_twice_as_large_as_amounts() -> None:
    paper = printed_from(escpos_bytes(RECEIPT))
    heading, amount, total = paper.row("KOPI"), paper.row("119,00"), paper.row("Sum")
    assert (heading.size, heading.align, heading.bold) == (2, "center", True)
    assert (amount.size, amount.align, amount.bold) == (1, "left", False)
    assert (total.size, total.bold) == (1, True)


def test_norwegian_letters_are_printed_as_they_are() -> None:
    paper = printed_from(escpos_bytes(RECEIPT))
    assert paper.row("Blåbærsyltetøy ÆØÅ").text.endswith("1\N{NO-BREAK SPACE}119,00")
    assert paper.pages == [19]
    assert "?" not in paper.text


def test_the_paper_is_cut_once_and_only_where_it_is_asked_for() -> None:
    assert (printed_from(escpos_bytes(RECEIPT)).cuts, printed_from(escpos_bytes(NOTHING)).cuts) == (1, 0)


def test_a_wide_heading_wraps_at_half_the_width() -> None:
    heading = PrintLine("Treningskvittering – IKKE KVITTERING FOR KJØP", style=Style.HEADING, centred=True)
    rows = [row for row in printed_from(escpos_bytes(Document("x", (heading,)), 42)).rows if row.text.strip()]
    assert [row.text for row in rows] == ["Treningskvittering -", "IKKE KVITTERING FOR", "KJØP"]
    assert {row.size for row in rows} == {2}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("æøåÆØÅéüÖ€×½", "æøåÆØÅéüÖ€×½"),
        ("−15 – “nå” …", '-15 - "nå" ...'),
        ("Čaj ŋ", "Caj ng"),
        ("漢字", "HanZi"),
        ("a\x1bp0b", "a p0b"),
    ],
)
def test_what_the_code_page_lacks_gets_the_nearest_it_has(text: str, shown: str) -> None:
    assert printable(text) == shown


def test_a_name_cannot_give_the_printer_orders() -> None:
    open_drawer = Document("x", (PrintLine("Ost\x1bp\x00\x19\xfa"),))
    assert printed_from(escpos_bytes(open_drawer)).rows[0].text.startswith("Ost p")


def test_an_escpos_file_takes_one_document_after_another(tmp_path: Path) -> None:
    printer = EscPosPrinter(FileTarget(tmp_path / "raw.bin"))
    printer.print(RECEIPT)
    printer.print(RECEIPT)
    assert printed_from((tmp_path / "raw.bin").read_bytes()).cuts == 2


def test_without_python_escpos_the_error_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "escpos", None)
    with pytest.raises(DeviceError) as missing:
        printer_from("escpos:file:x")
    assert missing.value.message_id == "escpos-missing"


# what printers are called


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("escpos:dev:/dev/usb/lp0", DeviceTarget(Path("/dev/usb/lp0"))),
        ("escpos:tcp:printer.local", NetworkTarget("printer.local", 9100)),
        ("escpos:tcp:10.0.0.7:9101", NetworkTarget("10.0.0.7", 9101)),
        ("escpos:tcp:[fe80::1]:9101", NetworkTarget("fe80::1", 9101)),
        ("escpos:tcp:[fe80::1]", NetworkTarget("fe80::1", 9100)),
    ],
)
def test_an_escpos_printer_is_named_by_where_it_is(text: str, target: object) -> None:
    printer = printer_from(text)
    assert isinstance(printer, EscPosPrinter)
    assert printer.target == target


def test_an_escpos_printer_may_be_a_file(tmp_path: Path) -> None:
    printer = printer_from(f"escpos:file:{tmp_path}/a:b")
    assert isinstance(printer, EscPosPrinter)
    assert isinstance(printer.target, FileTarget)
    assert printer.target.path == tmp_path / "a:b"


def test_a_text_file_and_no_printer_have_names_too(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    printer = printer_from("text:~/receipts.txt")
    assert isinstance(printer, TextPrinter)
    assert printer.path == tmp_path / "receipts.txt"
    assert isinstance(printer_from("none"), NoPrinter)


@pytest.mark.parametrize(
    "text",
    ["", "text", "text:", "None", "escpos", "escpos:", "escpos:tcp", "escpos:tcp:", "escpos:usb:1:2", "lp:/dev/lp0"]
    + [f"escpos:tcp:{place}" for place in ("a:0", "a:65536", "a:b", "a b", ":9100", "a:1:2", "[]:9100")],
)
def test_any_other_name_is_refused(text: str) -> None:
    with pytest.raises(BadInput) as refused:
        printer_from(text)
    assert (refused.value.message_id, refused.value.values) == ("printer-unknown", {"text": text})


# printers that fail


@pytest.mark.parametrize("name", ["text:{}/gone/r.txt", "escpos:file:{}/gone/r", "escpos:dev:{}/gone/lp0", "text:{}"])
def test_a_place_that_cannot_be_written_is_told_and_nothing_was_begun(name: str, tmp_path: Path) -> None:
    assert failure(printer_from(name.format(tmp_path))) == ("printer-failed", False)


@pytest.mark.parametrize("name", ["text:{}/r.txt", "escpos:file:{}/r.bin"])
def test_a_full_disk_is_told_as_begun(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    assert failure(printer_from(name.format(tmp_path))) == ("printer-failed", True)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("name", ["text:/dev/full", "escpos:file:/dev/full", "escpos:dev:/dev/full"])
def test_a_device_that_takes_nothing_has_not_begun(name: str) -> None:
    assert failure(printer_from(name)) == ("printer-failed", False)


@pytest.mark.parametrize("kind", ["text", "escpos:file", "escpos:dev"])
def test_a_pipe_that_nobody_reads_does_not_hang_the_till(kind: str, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert failure(printer_from(f"{kind}:{tmp_path}/pipe")) == ("printer-failed", False)


def test_a_device_that_takes_nothing_more_is_left_after_its_time(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "lp0")
    reader = os.open(tmp_path / "lp0", os.O_RDONLY | os.O_NONBLOCK)
    started = monotonic()
    with pytest.raises(DeviceError) as failed:
        DeviceTarget(tmp_path / "lp0", patience=0.1).send(b"x" * 1_000_000)
    assert (failed.value.message_id, failed.value.values["begun"]) == ("printer-silent", True)
    assert monotonic() - started < 2
    os.close(reader)


def test_a_device_gets_every_byte(tmp_path: Path) -> None:
    (tmp_path / "lp0").touch()
    DeviceTarget(tmp_path / "lp0").send(b"receipt")
    assert (tmp_path / "lp0").read_bytes() == b"receipt"


def failure(printer: Printer) -> tuple[str, object]:
    with pytest.raises(DeviceError) as failed:
        printer.print(RECEIPT)
    return failed.value.message_id, failed.value.values["begun"]


class LoopbackPrinter:
    """A printer on this machine's own network; one that is not `reading` accepts the line and takes nothing."""

    def __init__(self, *, reading: bool) -> None:
        self.server = socket.create_server(("127.0.0.1", 0))
        self.server.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self.port = self.server.getsockname()[1]
        self.reading = reading
        self.received = b""
        self.released = threading.Event()
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()

    def _serve(self) -> None:
        line, _ = self.server.accept()
        with line:
            if not self.reading:
                self.released.wait(10)
            while part := line.recv(4096):
                self.received += part

    def close(self) -> None:
        self.released.set()
        self.thread.join(10)
        self.server.close()


@pytest.fixture
def loopback() -> Iterator[LoopbackPrinter]:
    printer = LoopbackPrinter(reading=True)
    yield printer
    printer.server.close()


@pytest.fixture
def hanging() -> Iterator[LoopbackPrinter]:
    printer = LoopbackPrinter(reading=False)
    yield printer
    printer.close()


def test_a_network_printer_gets_every_byte(loopback: LoopbackPrinter) -> None:
    printer_from(f"escpos:tcp:127.0.0.1:{loopback.port}").print(RECEIPT)
    loopback.thread.join(10)
    assert loopback.received == escpos_bytes(RECEIPT)


def test_a_network_printer_may_have_a_name(loopback: LoopbackPrinter) -> None:
    NetworkTarget("localhost", loopback.port).send(b"receipt")
    loopback.thread.join(10)
    assert loopback.received == b"receipt"


def test_a_network_printer_that_hangs_is_left_after_its_time(hanging: LoopbackPrinter) -> None:
    started = monotonic()
    with pytest.raises(DeviceError) as failed:
        NetworkTarget("127.0.0.1", hanging.port, patience=0.2).send(b"x" * 10_000_000)
    assert (failed.value.message_id, failed.value.values["begun"]) == ("printer-silent", True)
    assert monotonic() - started < 2


def test_a_name_server_that_hangs_is_left_after_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    released = threading.Event()

    def hang(*_: object, **__: object) -> list[object]:
        released.wait(10)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", hang)
    started = monotonic()
    with pytest.raises(DeviceError) as failed:
        NetworkTarget("printer.invalid", patience=0.1).send(b"x")
    released.set()
    assert (failed.value.message_id, failed.value.values["begun"]) == ("printer-silent", False)
    assert monotonic() - started < 2


def test_an_address_where_nothing_listens_is_told_at_once() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    assert failure(printer_from(f"escpos:tcp:127.0.0.1:{port}")) == ("printer-failed", False)


@pytest.mark.parametrize("number", sorted(REASONS))
def test_what_is_wrong_with_a_printer_is_told_in_the_cashier_s_language(number: int) -> None:
    error = printer_failed(OSError(number, os.strerror(number)), begun=False)
    for language in LANGUAGES:
        assert wording(language).error(error).endswith(f": {REASONS[number].in_language(language)}.")


def test_a_name_that_does_not_exist_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> list[object]:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert failure(printer_from("escpos:tcp:nowhere.invalid")) == ("printer-failed", False)


def test_a_fake_printer_fails_on_demand() -> None:
    printer = FakePrinter()
    printer.print(RECEIPT)
    printer.problem = "no paper"
    assert failure(printer) == ("printer-failed", False)
    assert printer.printed == [RECEIPT]
    printer.begun = True
    assert failure(printer) == ("printer-failed", True)
    assert printer.printed == [RECEIPT, RECEIPT]


def test_no_printer_takes_everything() -> None:
    NoPrinter().print(RECEIPT)


@pytest.mark.parametrize(
    ("written", "width"),
    [
        ("text:{0}/r.txt", 42),
        ("text:{0}/r.txt,80", 42),
        ("text:{0}/r.txt,58", 32),
        ("text:{0}/r.txt,80/48", 48),
        ("escpos:file:{0}/r.bin,58", 32),
        ("escpos:tcp:printer.local:9100,58", 32),
        ("escpos:tcp:[::1],80/48", 48),
        ("escpos:tcp:printer.local", 42),
    ],
)
def test_the_paper_stands_behind_the_printer(tmp_path: Path, written: str, width: int) -> None:
    printer = printer_from(written.format(tmp_path))
    assert isinstance(printer, TextPrinter | EscPosPrinter)
    assert printer.width == width
    if isinstance(printer, TextPrinter):
        assert printer.path == tmp_path / "r.txt"


@pytest.mark.parametrize("written", ["escpos:tcp:printer,57", "escpos:tcp:printer,", "none,58"])
def test_paper_that_nobody_makes_is_refused(written: str) -> None:
    with pytest.raises(BadInput):
        printer_from(written)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("bru\N{COMBINING CIRCUMFLEX ACCENT}le\N{COMBINING ACUTE ACCENT}e", "brûlée"),
        ("Łódź – “Čevapi”…", 'Lódz - "Cevapi"...'),
        ("汉堡", "HanBao"),
        ("Борщ", "Borshch"),
        ("uten 🥜!", "uten :peanuts:!"),
        ("x\N{COMBINING CIRCUMFLEX ACCENT}\N{ZERO WIDTH JOINER}y", "xy"),
        ("\ue000", "?"),
    ],
)
def test_what_the_code_page_lacks_is_written_in_latin_letters(text: str, printed: str) -> None:
    assert printable(text) == printed


@pytest.mark.parametrize("width", [32, 42, 48])
@pytest.mark.parametrize("name", ["Bølgenmeny med ekstra alt og litt til…", "汉堡包套餐" * 4, "crème " * 9, "🍔" * 5])
def test_long_names_and_what_is_written_otherwise_keep_to_the_paper(name: str, width: int) -> None:
    paper = printed_from(escpos_bytes(Document("x", (PrintLine(f"1 {name}", "1 239,00"),)), width))
    assert max(len(row.text) for row in paper.rows) <= width
    assert paper.rows[0].text.endswith("1 239,00")
    assert "?" not in "".join(row.text for row in paper.rows)
