"""Any sequence of commands, held against a model of a few dictionaries: no difference, ever.

A thousand long runs: `pytest tests/machine --hypothesis-profile=long`.
"""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test
from sqlalchemy import Engine

from tests import effort
from tests.machine.away import Away
from tests.machine.challenging import Challenging
from tests.machine.changing import Changing
from tests.machine.repeating import Repeating
from tests.machine.selling import Selling

pytestmark = [pytest.mark.fire, pytest.mark.deeper]

SHORT = settings(max_examples=12, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck))


class Whole(Changing, Selling, Away, Challenging, Repeating):
    """Each area brings its rules."""


def test_any_sequence_of_commands(worker_engine: Engine) -> None:
    run_state_machine_as_test(lambda: Whole(worker_engine), settings=effort.asked_for(SHORT))
