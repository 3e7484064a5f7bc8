"""Any sequence of commands, held against a model of a few dictionaries: no difference, ever.

A thousand long runs: `pytest tests/machine --hypothesis-profile=long`.
"""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test
from sqlalchemy import Engine

from tests.machine.away import Away
from tests.machine.challenging import Challenging
from tests.machine.changing import Changing
from tests.machine.repeating import Repeating
from tests.machine.selling import Selling

pytestmark = pytest.mark.fire

SHORT = settings(max_examples=12, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck))


class Whole(Changing, Selling, Away, Challenging, Repeating):
    """Each area brings its rules."""


def test_any_sequence_of_commands(worker_engine: Engine) -> None:
    is_long = settings.get_current_profile_name() == "long"
    effort = settings.get_profile("long") if is_long else SHORT
    run_state_machine_as_test(lambda: Whole(worker_engine), settings=effort)
