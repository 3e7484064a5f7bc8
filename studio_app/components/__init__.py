"""What screens are made of; docs/components.md lists them. Components know no business."""

from studio_app.components.arrow_keys import arrow_keys, item, turns
from studio_app.components.at_once import among, at_once, choice
from studio_app.components.buttons import anchor, button, file_button, file_link, icon_button, link, link_button, veil
from studio_app.components.cards import card, empty_state, facts, kpi, kpis, note, skeleton, sum_line
from studio_app.components.choices import segmented, tabs
from studio_app.components.dialogs import confirm_dialog, dialog
from studio_app.components.forms import (
    actions,
    checkbox,
    date_field,
    field,
    form,
    form_error,
    money_field,
    number_field,
    pair,
    posting_form,
    select_field,
    switch,
    text_area,
    text_field,
    time_field,
)
from studio_app.components.menus import menu, menu_item, menu_line
from studio_app.components.offline import offline
from studio_app.components.shell import page_header, public_page, shell
from studio_app.components.signature_pad import signature_pad
from studio_app.components.step_history import step_history
from studio_app.components.tables import Column, clear_filters, data_table, filters, pager, row_link
from studio_app.components.tags import status_tag, tag
from studio_app.components.uploader import uploader

__all__ = [
    "Column",
    "actions",
    "among",
    "anchor",
    "arrow_keys",
    "at_once",
    "button",
    "card",
    "checkbox",
    "choice",
    "clear_filters",
    "confirm_dialog",
    "data_table",
    "date_field",
    "dialog",
    "empty_state",
    "facts",
    "field",
    "file_button",
    "file_link",
    "filters",
    "form",
    "form_error",
    "icon_button",
    "item",
    "kpi",
    "kpis",
    "link",
    "link_button",
    "menu",
    "menu_item",
    "menu_line",
    "money_field",
    "note",
    "number_field",
    "offline",
    "page_header",
    "pager",
    "pair",
    "posting_form",
    "public_page",
    "row_link",
    "segmented",
    "select_field",
    "shell",
    "signature_pad",
    "skeleton",
    "status_tag",
    "step_history",
    "sum_line",
    "switch",
    "tabs",
    "tag",
    "text_area",
    "text_field",
    "time_field",
    "turns",
    "uploader",
    "veil",
]
