import reflex as rx

from studio_app import routes
from studio_app.components import (
    Column,
    button,
    card,
    data_table,
    dialog,
    empty_state,
    facts,
    filters,
    note,
    page_header,
    pager,
    select_field,
    status_tag,
    text_field,
)
from studio_app.pages.editing import options, row_actions
from studio_app.pages.settings.frame import settings_page
from studio_app.state.mail.outbox import PAGE_SIZE, STATUSES, MailState


def page() -> rx.Component:
    return settings_page(
        page_header("Mail", rx.fragment("What the studio writes to people. Times in ", MailState.zone_name, ".")),
        note(
            rx.el.p("No mail server can be set yet: nobody gets what the studio writes, it stays here, pending."),
            rx.el.p("What cannot wait: open it below, and send its text to its address from your own mail."),
            title="No mail leaves the studio",
            tone="warn",
        ),
        filters(
            text_field(
                "Search",
                "q",
                type="search",
                placeholder="Address or subject",
                default_value=MailState.q,
                on_change=MailState.search.debounce(300),
                key=f"q-{MailState.visit}",
            ),
            select_field(
                "Status",
                "status",
                options(STATUSES),
                blank="Any",
                value=MailState.status,
                on_change=MailState.filter_status,
            ),
        ),
        card(_table()),
        _mail(),
        active=routes.SETTINGS_MAIL,
    )


def _table() -> rx.Component:
    return data_table(
        "Mail",
        [
            Column("To", lambda row: rx.el.b(row.address), lead=True),
            Column("Subject", lambda row: row.subject),
            Column("Kind", lambda row: row.kind),
            Column("Written", lambda row: rx.el.span(row.written, class_name="nowrap")),
            Column("Status", lambda row: status_tag(row.status)),
            Column(
                "",
                lambda row: row_actions(
                    button(
                        "Open", size="small", aria_label=f"Open “{row.subject}”", on_click=MailState.open_mail(row.id)
                    )
                ),
            ),
        ],
        MailState.rows,
        loading=MailState.is_loading,
        empty=empty_state(
            "No mail here",
            "What the studio writes to clients and staff is kept on this page. Clear the filters to see all of it.",
            icon="mail",
        ),
        pager=pager(MailState.page_number, PAGE_SIZE, MailState.total, MailState.go_to),
    )


def _mail() -> rx.Component:
    mail = MailState.mail
    return dialog(
        mail.subject,
        facts(
            ("To", mail.address),
            ("Kind", mail.kind),
            ("Written", mail.written),
            ("Sent", mail.sent),
            ("Status", status_tag(mail.status)),
        ),
        rx.cond(mail.failure != "", rx.el.p(mail.failure, class_name="error", role="alert")),
        rx.el.pre(MailState.body, class_name="letter", tab_index=0),
        rx.el.div(button("Close", on_click=MailState.close(False)), class_name="actions"),
        open=MailState.dialog == "mail",
        on_open_change=MailState.close,
        max_width="680px",
    )
