"""The demo studio: made up from a seed, made real by the services."""

from demo.fill import fill
from demo.people import PASSWORD, USERS
from demo.types import Scale

__all__ = ["PASSWORD", "USERS", "Scale", "fill"]
