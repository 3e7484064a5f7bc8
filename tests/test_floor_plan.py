"""One name on every floor: who knows where an area is in the services finds it on the others blind."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SCREENS = {"calendar", "today", "mail", "settings"}
"""They show several areas at once; `settings` is the frame around the areas' forms."""
FOR_ALL = {"core", "api", "browser", "screens", "days", "demo", "machine"}


def folders(place: str) -> set[str]:
    return {file.parent.name for file in (ROOT / place).glob("*/*.py")}


AREAS = folders("services") - {"core"}


@pytest.mark.parametrize("floor", ["studio_app/state", "studio_app/pages", "studio_app/api"])
def test_every_folder_of_the_face_is_an_area(floor: str) -> None:
    assert folders(floor) - SCREENS <= AREAS


def test_every_folder_of_tests_is_an_area_or_serves_all() -> None:
    assert folders("tests") - SCREENS - FOR_ALL <= AREAS


@pytest.mark.parametrize("place", ["services", "studio_app/state", "studio_app/pages", "studio_app/api"])
def test_nothing_of_an_area_lies_loose_beside_its_folder(place: str) -> None:
    areas = folders(place)
    loose = [file.name for file in (ROOT / place).glob("*.py")]
    assert [name for name in loose if name.removesuffix(".py") in areas or name.partition("_")[0] in areas] == []
