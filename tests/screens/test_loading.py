"""Whether a page is read yet is its own affair."""

from studio_app.state.identity.profile import ProfileState
from studio_app.state.scheduling.capacity import CapacityState
from tests.screens.desk import at
from tests.world import World


async def test_one_page_s_load_neither_shows_nor_hides_another_s_skeletons(here: World) -> None:
    capacity = await at(CapacityState, here.tokens["ivo"], "/capacity")
    profile = await capacity.get_state(ProfileState)
    await profile.load()
    assert (profile.is_loading, capacity.is_loading) == (False, True)
    await capacity.load()
    await profile.show_skeletons()
    assert (profile.is_loading, capacity.is_loading) == (True, False)
