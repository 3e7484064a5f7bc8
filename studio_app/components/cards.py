"""Calm surfaces: cards, figures, facts, notes, and what stands where nothing is yet."""

from typing import Any

import reflex as rx

Text = str | rx.Var


def card(*children: Any, title: Text = "", aside: Any = None, **props: Any) -> rx.Component:
    """`aside` stands right of the title: a count, a small button."""
    class_name = f"card {props.pop('class_name', '')}".strip()
    if not isinstance(title, rx.Var) and not title:
        return rx.el.section(*children, class_name=class_name, **props)
    right = (
        rx.fragment()
        if aside is None
        else aside
        if isinstance(aside, rx.Component)
        else rx.el.span(aside, class_name="sub")
    )
    return rx.el.section(rx.el.header(rx.el.h2(title), right), *children, class_name=class_name, **props)


def kpi(label: Text, value: Text, note: Text = "", tone: Text = "") -> rx.Component:
    """One figure. `tone` of the note: ok, warn, bad."""
    return rx.el.div(
        rx.el.span(label, class_name="sub"),
        rx.el.b(value),
        rx.el.span(note, class_name=f"sub {tone}".strip()),
        class_name="card kpi",
    )


def kpis(*figures: rx.Component) -> rx.Component:
    return rx.el.div(*figures, class_name="kpis")


def facts(*pairs: tuple[Text, Any]) -> rx.Component:
    """Label and value, line by line."""
    return rx.el.dl(
        *(part for label, value in pairs for part in (rx.el.dt(label), rx.el.dd(value))), class_name="facts"
    )


def sum_line(label: Any, amount: Text, *, total: bool = False, faint: bool = False) -> rx.Component:
    """A line of a price: what, and its amount at the right."""
    class_name = "sum" + (" total" if total else "") + (" sub" if faint else "")
    return rx.el.div(rx.el.span(label), rx.el.span(amount), class_name=class_name)


def note(*children: Any, title: Text = "", tone: str = "", **props: Any) -> rx.Component:
    """Something to know before going on. `tone`: "" (information), ok, warn, bad."""
    class_name = " ".join(filter(None, ("note", tone, props.pop("class_name", ""))))
    head = rx.el.b(title) if isinstance(title, rx.Var) or title else rx.fragment()
    return rx.el.div(head, *children, class_name=class_name, **props)


def empty_state(title: Text, text: Text, *actions: rx.Component, icon: str = "inbox") -> rx.Component:
    """Nothing here yet: says what to do next."""
    return rx.el.div(rx.icon(icon, aria_hidden="true"), rx.el.h2(title), rx.el.p(text), *actions, class_name="empty")


def skeleton(lines: int = 3, width: str = "100%") -> rx.Component:
    return rx.el.div(
        *(rx.el.span(class_name="sk", style={"width": width}) for _ in range(lines)),
        rx.el.span("Loading", class_name="visually-hidden"),
        class_name="stack",
        role="status",
    )
