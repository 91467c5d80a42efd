"""Why the system refuses a file, in the language of whoever asked for it."""

from __future__ import annotations

import errno
from collections.abc import Mapping

from pos.domain.text import LocalText

REASONS: Mapping[int, LocalText] = {
    errno.ENOENT: LocalText("den finnes ikke", "it is not there"),
    errno.ENOTDIR: LocalText("en del av stien er ingen mappe", "a part of the path is no folder"),
    errno.EISDIR: LocalText("det er en mappe", "it is a folder"),
    errno.EACCES: LocalText("du har ikke lov", "permission denied"),
    errno.EPERM: LocalText("du har ikke lov", "permission denied"),
    errno.EROFS: LocalText("disken er skrivebeskyttet", "the disk is write-protected"),
    errno.ENOSPC: LocalText("disken er full", "the disk is full"),
    errno.EIO: LocalText("disken svarer med feil", "the disk answers with an error"),
}


def reason_of(error: OSError) -> LocalText | str:
    """The usual reasons in both languages; any other as the system puts it."""
    return REASONS.get(error.errno or 0) or error.strerror or str(error)
