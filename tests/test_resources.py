"""Shipped files are found in an installed package and in a checkout."""

from pathlib import Path

import pytest

from pos.resources import shipped


@pytest.fixture
def package(tmp_path: Path) -> Path:
    folder = tmp_path / "pos"
    folder.mkdir()
    return folder


def file(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    return path


def test_a_wheel_has_its_files_inside_the_package(package: Path) -> None:
    inside = file(package / "data" / "menu.toml")
    assert shipped("menu.toml", package) == inside


def test_a_checkout_has_its_files_beside_the_package(package: Path) -> None:
    beside = file(package.parent / "data" / "scenarios" / "rush.toml")
    assert shipped("scenarios/rush.toml", package) == beside


def test_what_the_package_carries_wins_over_what_stands_beside_it(package: Path) -> None:
    inside = file(package / "data" / "menu.toml")
    file(package.parent / "data" / "menu.toml")
    assert shipped("menu.toml", package) == inside


def test_a_folder_is_found_like_a_file(package: Path) -> None:
    file(package / "data" / "scenarios" / "rush.toml")
    assert shipped("scenarios", package).is_dir()


def test_a_missing_file_is_reported_with_both_places(package: Path) -> None:
    with pytest.raises(FileNotFoundError) as missing:
        shipped("menu.toml", package)
    assert str(package / "data" / "menu.toml") in str(missing.value)
    assert str(package.parent / "data" / "menu.toml") in str(missing.value)
