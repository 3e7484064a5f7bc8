"""The demo studio: made up from a seed, made real by the services."""

from services.demo.fill import fill
from services.demo.people import PASSWORD, USERS
from services.demo.types import Scale

__all__ = ["PASSWORD", "USERS", "Scale", "fill"]
