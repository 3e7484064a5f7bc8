"""The browser's Back and Forward go from step to step of one page."""

from typing import Any

import reflex as rx

_FILE = rx.asset("step_history.jsx", shared=True)


class _StepHistory(rx.Component):
    library = _FILE.importable_path
    tag = "StepHistory"

    step: rx.Var[str]
    run: rx.Var[str]
    answered: rx.Var[int]
    on_step: rx.EventHandler[rx.event.passthrough_event_spec(str)]


def step_history(step: rx.Var[str], *, run: rx.Var[str], answered: rx.Var[int], on_step: Any) -> rx.Component:
    """`step`: what is shown, empty until it is known. `run` tells one passage through the steps from the next.

    `on_step` gets the step of the entry gone to; `answered` counts on when it has been answered, so that an entry
    whose step was refused takes the name of the one shown.
    """
    return _StepHistory.create(step=step, run=run, answered=answered, on_step=on_step)
