"""A file on a network's file system is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from pos.domain.errors import StoreError
from pos.store import open_store
from pos.store.file.disk import _from_mountinfo, file_system_of, is_network
from tests.templates import EMPTY, begin_file

MOUNTINFO = r"""
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
40 22 0:35 / /srv/shop\040files rw,relatime shared:20 master:3 - nfs4 server:/export rw,vers=4.2
41 22 0:36 / /srv/shop\040files/local rw - tmpfs tmpfs rw
42 22 0:37 / /mnt rw - ext4 /dev/sdb1 rw
43 22 0:38 / /mnt rw - fuse.sshfs till@server: rw
not a line of it
"""


@pytest.mark.parametrize("kind", ["nfs", "nfs4", "cifs", "smb3", "fuse.sshfs", "remote", "CIFS"])
def test_a_file_on_a_networks_file_system_is_refused_and_not_made(kind: str, tmp_path: Path) -> None:
    with pytest.raises(StoreError) as refused:
        open_store(tmp_path / "shop.db", file_system=lambda _: kind)
    assert (refused.value.message_id, refused.value.values["kind"]) == ("database-on-network", kind)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kind", ["ext4", "xfs", "btrfs", "zfs", "apfs", "overlay", "tmpfs", "ntfs3", "fuseblk", ""])
def test_a_disk_of_the_machine_is_fine(kind: str, tmp_path: Path) -> None:
    begin_file(tmp_path / "shop.db", EMPTY)
    open_store(tmp_path / "shop.db", file_system=lambda _: kind).close()


def test_the_system_says_which_file_system_a_new_file_would_be_on(tmp_path: Path) -> None:
    kind = file_system_of(tmp_path / "not" / "there" / "shop.db")
    assert kind == file_system_of(tmp_path)
    assert not is_network(kind)


def test_mounts_are_read_with_spaces_and_the_last_of_two_on_one_place_counts() -> None:
    mounts = _from_mountinfo(MOUNTINFO)
    assert mounts == {
        "/": "ext4",
        "/srv/shop files": "nfs4",
        "/srv/shop files/local": "tmpfs",
        "/mnt": "fuse.sshfs",
    }
