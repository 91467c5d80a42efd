"""The operating system's reasons for refusing a file or device, in the user's language."""

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
    errno.EIO: LocalText("lesing eller skriving gikk galt", "reading or writing went wrong"),
    errno.ENXIO: LocalText("den er ikke koblet til", "it is not connected"),
    errno.ENODEV: LocalText("den er ikke koblet til", "it is not connected"),
    errno.EBUSY: LocalText("den er opptatt", "it is busy"),
    errno.ECONNREFUSED: LocalText("den tar ikke imot på den adressen", "nothing answers at that address"),
    errno.ECONNRESET: LocalText("den brøt forbindelsen", "it broke the connection off"),
    errno.ETIMEDOUT: LocalText("den svarer ikke", "it does not answer"),
    errno.EPIPE: LocalText("den brøt forbindelsen", "it broke the connection off"),
    errno.EHOSTUNREACH: LocalText("den er ikke å nå på nettet", "the network does not reach it"),
    errno.ENETUNREACH: LocalText("den er ikke å nå på nettet", "the network does not reach it"),
}


NO_FOLDER = LocalText("mappen finnes ikke", "the folder is not there")


def reason_to_write(error: OSError) -> LocalText | str:
    """Why a file cannot be written: what is not there is its folder."""
    return NO_FOLDER if error.errno == errno.ENOENT else reason_of(error)


def reason_of(error: OSError) -> LocalText | str:
    """The usual reasons in both languages; others in the words of the operating system."""
    return REASONS.get(error.errno or 0) or error.strerror or str(error)
