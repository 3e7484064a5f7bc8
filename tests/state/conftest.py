from collections.abc import Iterator

import pytest

from tests import world
from tests.world import World


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """The small studio, with real commits."""
    with world.standing(monkeypatch) as studio:
        yield studio
