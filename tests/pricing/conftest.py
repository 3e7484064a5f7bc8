from tests.catalog.conftest import admin, room, studio, two_rooms
from tests.catalog.conftest import engineer as new_engineer

__all__ = ["admin", "new_engineer", "room", "studio", "two_rooms"]
