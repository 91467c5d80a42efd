"""The kind of file system of a file: SQLite's locks, and so a till's sales, are not safe on a network."""

from __future__ import annotations

import re
import sys
from pathlib import Path

_NAMES = """
    afp afpfs afs beegfs ceph cifs coda davfs fuse.ceph fuse.davfs2 fuse.glusterfs fuse.rclone fuse.s3fs fuse.smbnetfs
    fuse.sshfs glusterfs gpfs lustre ncpfs nfs nfs4 ocfs2 remote smb2 smb3 smbfs webdav
"""
NETWORK = frozenset(_NAMES.split())
"""File systems as the system names them; `remote` is Windows' name for any drive of another machine."""

MOUNTS = Path("/proc/self/mountinfo")

_ESCAPED = re.compile(r"\\([0-7]{3})")
_MOUNTED = re.compile(r" on (?P<place>/.*?) \((?P<kind>[\w.]+)")
_REMOTE_DRIVE = 4


def file_system_of(path: Path) -> str:
    """The file system of an existing or future file; '' if the system does not say."""
    try:
        place = path.resolve()
        while not place.exists() and place != place.parent:
            place = place.parent
    except OSError:  # an impossible file name: opening it reports the error
        return ""
    if sys.platform == "win32":
        return _of_drive(place)
    try:
        mounts = _from_mountinfo(MOUNTS.read_text(encoding="utf-8", errors="surrogateescape"))
    except OSError:
        mounts = _from_mount_command()
    over = (str(folder) for folder in (place, *place.parents))
    return next((mounts[folder] for folder in over if folder in mounts), "")


def is_network(kind: str) -> bool:
    """Whether a file system is on a network."""
    return kind.lower() in NETWORK


def _from_mountinfo(text: str) -> dict[str, str]:
    """Mount points and their file systems; of several on the same place the last (proc(5))."""
    mounts: dict[str, str] = {}
    for line in text.splitlines():
        before, _, after = line.partition(" - ")
        fields = before.split()
        if after and len(fields) >= 5:
            mounts[_ESCAPED.sub(lambda found: chr(int(found[1], 8)), fields[4])] = after.split()[0]
    return mounts


def _from_mount_command() -> dict[str, str]:
    """The same on macOS and the BSDs."""
    import subprocess  # imported late: 5 ms that no start on Linux needs

    try:
        ran = subprocess.run(["/sbin/mount"], capture_output=True, text=True, timeout=2, check=False)
    except (OSError, subprocess.SubprocessError):
        return {}
    return {found["place"]: found["kind"] for line in ran.stdout.splitlines() if (found := _MOUNTED.search(line))}


if sys.platform == "win32":

    def _of_drive(place: Path) -> str:
        """A share is told by its name, or by what the system says of its drive."""
        import ctypes

        is_share = place.drive.startswith("\\\\")
        drive = f"{place.drive}\\"
        return "remote" if is_share or ctypes.windll.kernel32.GetDriveTypeW(drive) == _REMOTE_DRIVE else ""
