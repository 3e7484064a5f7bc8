"""How far tests of random input go: `--hypothesis-profile=`."""

from hypothesis import HealthCheck, settings

_CALM = settings(deadline=None, suppress_health_check=list(HealthCheck))
_PROFILES = {
    "all": settings(_CALM, max_examples=60, stateful_step_count=40),
    "long": settings(_CALM, max_examples=1000, stateful_step_count=50),
}
"""For `make test-all`, minutes; a thousand long runs, hours."""


def register() -> None:
    """Before pytest reads its options."""
    for name, profile in _PROFILES.items():
        settings.register_profile(name, profile)


def asked_for(short: settings) -> settings:
    """What the option says; without it, what a run beside all others can afford."""
    asked = _PROFILES.get(settings.get_current_profile_name())
    return settings(asked, phases=short.phases) if asked else short
