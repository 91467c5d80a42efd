"""Finds the files that ship with the till: the menu, the practice scenarios."""

from pathlib import Path


def shipped(name: str, package: Path = Path(__file__).parent) -> Path:
    """Where the shipped file or folder `name` is, such as `menu.toml` or `scenarios`.

    An installed wheel carries `data/` inside the package, a checkout keeps it beside the package.
    `package` is the package's own folder. Raises FileNotFoundError that names both places.
    """
    places = [package / "data" / name, package.parent / "data" / name]
    for place in places:
        if place.exists():
            return place
    raise FileNotFoundError(f"{name} ships with the till, but is neither {places[0]} nor {places[1]}")
