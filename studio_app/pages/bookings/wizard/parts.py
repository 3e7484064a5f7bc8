"""What the wizard's screens are made of. `S` is the state of one of the two wizards."""

from typing import Any

import reflex as rx

from studio_app.components import among, button, choice, icon_button

Text = str | rx.Var


def first(is_now: rx.Var[bool] | bool = True) -> dict[str, Any]:
    """Marks where the keyboard begins on a screen; `is_now` prefers what is chosen already."""
    return {"data-first": rx.cond(is_now, "now", "maybe")}


def heading(text: Text, aside: Text = "") -> rx.Component:
    return rx.el.div(
        rx.el.h2(text),
        rx.el.span(class_name="grow"),
        rx.el.span(aside, class_name="sub"),
        class_name="row wrap",
    )


def pick(
    *content: Any,
    group: str,
    value: rx.Var | str,
    is_chosen: rx.Var[bool],
    on_choose: Any,
    disabled: rx.Var[bool] | bool = False,
    begins: bool = True,
) -> rx.Component:
    """One card of several: a real radio button, so that arrow keys choose and Enter goes on.

    `begins`: the keyboard of a new screen begins here.
    """
    return rx.el.label(
        rx.el.input(
            type="radio",
            name=group,
            value=value,
            checked=is_chosen,
            disabled=disabled,
            on_change=on_choose,
            custom_attrs=first(is_chosen) if begins else {},
        ),
        rx.el.span(*content, class_name="pick-text"),
        class_name=rx.cond(is_chosen, "pick on", "pick"),
        custom_attrs=choice(),
    )


def group(label: str, *picks: Any, columns: bool = False) -> rx.Component:
    return rx.el.fieldset(
        rx.el.legend(label, class_name="visually-hidden"),
        *picks,
        class_name="picks two" if columns else "picks",
        custom_attrs=among(),
    )


def wrong(S: Any, *fields: str) -> rx.Component:
    """A refusal that belongs to a choice rather than to a text."""
    return rx.fragment(
        *(rx.el.p(S.errors[field], class_name="error", role="alert", id=f"{field}-error") for field in fields)
    )


def draft_text(S: Any, name: str, value: rx.Var[str]) -> dict[str, Any]:
    """What a text field needs so that its draft is kept while it is typed."""
    return {
        "default_value": value,
        "error": S.errors[name],
        "on_change": S.typed(name).debounce(600),
        "on_blur": S.typed(name),
    }


def trouble(S: Any) -> rx.Component:
    """What is in the way, with alternatives that apply themselves."""
    box = rx.el.div(
        rx.el.b(S.trouble.title),
        rx.foreach(S.trouble.lines, lambda line: rx.el.p(line, class_name="sub")),
        rx.cond(
            S.trouble.offers.length() > 0,
            rx.el.div(
                rx.foreach(
                    S.trouble.offers,
                    lambda offer, index: button(offer.label, size="small", on_click=S.take_offer(index)),
                ),
                class_name="row wrap offers",
            ),
            rx.fragment(),
        ),
        class_name="note warn stack tight",
        id="trouble",
        tab_index=-1,
        role="alert",
    )
    return rx.cond(S.trouble.title != "", box, rx.fragment())


def counter(label: Text, count: rx.Var[int], most: rx.Var[int], on_set: Any) -> rx.Component:
    """How many of a thing: less, the number, more."""
    return rx.el.div(
        icon_button("minus", f"Fewer of {label}", kind="plain", disabled=count <= 0, on_click=on_set(count - 1)),
        rx.el.output(count, aria_label=f"How many of {label}"),
        icon_button("plus", f"One more {label}", kind="plain", disabled=count >= most, on_click=on_set(count + 1)),
        class_name="counter",
    )
