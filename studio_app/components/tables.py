"""Lists: the server pages and sorts; on a phone each row is a card."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import reflex as rx

from studio_app.components.buttons import button, link

Text = str | rx.Var


@dataclass(frozen=True)
class Column:
    title: str
    cell: Callable[[Any], Any]
    """row var → text var or component"""
    sort: str = ""
    """What the service calls this order; empty: not sortable."""
    numeric: bool = False
    lead: bool = False
    """The title of the card on a phone; usually the first column."""


def data_table(
    caption: str,
    columns: Sequence[Column],
    rows: rx.Var,
    *,
    loading: rx.Var[bool],
    empty: rx.Component,
    sort: rx.Var[str] | None = None,
    on_sort: Callable[[Any], Any] | None = None,
    pager: rx.Component | None = None,
) -> rx.Component:
    """`sort` is the column's order, with a minus in front when turned round; `on_sort` gets the new one.

    `empty` shows when there are no rows. A row opens with `row_link` in one of its cells. What is there stays
    until there is something newer; how wide the columns are is known with the first rows, and their titles wait.
    """
    head = rx.el.tr(*(_head(column, sort, on_sort) for column in columns))
    is_new = loading & (rows.length() == 0)
    body = rx.cond(is_new, _skeleton_rows(columns), rx.foreach(rows, lambda row: _row(columns, row)))
    table = rx.el.table(
        rx.el.caption(caption, class_name="visually-hidden"),
        rx.el.thead(head),
        rx.el.tbody(body),
        class_name=rx.cond(is_new, "table cards is-new", "table cards"),
        aria_busy=rx.cond(loading, "true", "false"),
    )
    shown = rx.fragment(rx.el.div(table, class_name="scroll"), pager or rx.fragment())
    return rx.cond(loading | (rows.length() > 0), shown, empty)


def row_link(text: Any, href: Text) -> rx.Component:
    """The link of a row: the whole row is its target."""
    return link(text, href=href, class_name="rowlink")


def pager(
    page: rx.Var[int], page_size: rx.Var[int] | int, total: rx.Var[int], on_page: Callable[[Any], Any]
) -> rx.Component:
    """`on_page` gets the number of the page to go to; pages count from 1."""
    first, last = (page - 1) * page_size + 1, rx.Var.create(page * page_size)
    shown = rx.cond(last < total, last, total)
    return rx.el.nav(
        rx.el.span(first, "–", shown, " of ", total, class_name="grow"),
        button("Back", size="small", icon="chevron-left", disabled=page <= 1, on_click=on_page(page - 1)),
        button("Next", size="small", icon="chevron-right", disabled=last >= total, on_click=on_page(page + 1)),
        class_name="pager",
        aria_label="Pages",
    )


def filters(*controls: Any, is_narrowed: rx.Var[bool] | None = None, on_clear: Any = None) -> rx.Component:
    """A row of fields above a list. The button that clears them has its place also while there is nothing to clear."""
    return rx.el.div(
        *controls,
        rx.fragment() if is_narrowed is None else clear_filters(is_narrowed, on_clear),
        class_name="filters",
        role="search",
    )


def clear_filters(is_narrowed: rx.Var[bool], on_clear: Any) -> rx.Component:
    return button("Clear filters", kind="ghost", icon="x", disabled=~is_narrowed, on_click=on_clear)


def _head(column: Column, sort: rx.Var[str] | None, on_sort: Callable[[Any], Any] | None) -> rx.Component:
    class_name = "num" if column.numeric else ""
    if not column.sort or sort is None or on_sort is None:
        title = column.title or rx.el.span("Actions", class_name="visually-hidden")
        return rx.el.th(title, class_name=class_name, scope="col")
    up, down = sort == column.sort, sort == f"-{column.sort}"
    mark = rx.cond(up, rx.icon("arrow-up"), rx.cond(down, rx.icon("arrow-down"), rx.fragment()))
    return rx.el.th(
        rx.el.button(
            column.title,
            mark,
            type="button",
            class_name="sort",
            on_click=on_sort(rx.cond(up, f"-{column.sort}", column.sort)),
        ),
        class_name=class_name,
        scope="col",
        aria_sort=rx.cond(up, "ascending", rx.cond(down, "descending", "none")),
    )


def _row(columns: Sequence[Column], row: Any) -> rx.Component:
    return rx.el.tr(*(_cell(column, column.cell(row)) for column in columns))


def _cell(column: Column, content: Any) -> rx.Component:
    class_name = " ".join(filter(None, ("num" if column.numeric else "", "lead" if column.lead else "")))
    return rx.el.td(content, class_name=class_name, custom_attrs={"data-label": column.title})


def _skeleton_rows(columns: Sequence[Column]) -> rx.Component:
    line = rx.el.tr(*(rx.el.td(rx.el.span(class_name="sk")) for _ in columns))
    return rx.fragment(*(line for _ in range(6)))
