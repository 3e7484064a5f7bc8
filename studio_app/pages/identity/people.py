import reflex as rx

from studio_app import routes
from studio_app.components import (
    Column,
    button,
    card,
    checkbox,
    data_table,
    empty_state,
    filters,
    number_field,
    page_header,
    pager,
    pair,
    select_field,
    status_tag,
    tag,
    text_area,
    text_field,
)
from studio_app.pages.editing import ask_dialog, editor_dialog, options, row_actions
from studio_app.pages.settings.frame import settings_page
from studio_app.state.identity.people import PAGE_SIZE, PeopleState
from studio_app.state.identity.roles import ROLE_TABLE, ROLES

_person = PeopleState.person
_errors = PeopleState.errors


def page() -> rx.Component:
    return settings_page(
        page_header(
            "People",
            "Who signs in, and what they may do.",
            button("Add person", kind="primary", icon="plus", on_click=PeopleState.open_person("person", 0)),
        ),
        _filters(),
        card(_table()),
        rx.cond(PeopleState.is_loading, rx.fragment(), _role_table()),
        _person_dialog(),
        _password_dialog(),
        ask_dialog(
            "deactivate",
            f"Deactivate {_person.name}?",
            "They are signed out everywhere at once and cannot sign in. What they did stays.",
            "Deactivate",
            PeopleState.set_active(_person.id, False),
        ),
        active=routes.SETTINGS_PEOPLE,
    )


def _filters() -> rx.Component:
    return filters(
        text_field(
            "Search",
            "q",
            type="search",
            placeholder="Name, e-mail or phone",
            default_value=PeopleState.q,
            on_change=lambda typed: PeopleState.narrow("q", typed).debounce(300),
            key=f"q-{PeopleState.visit}",
        ),
        select_field(
            "Role",
            "role",
            options(ROLES),
            blank="Any",
            value=PeopleState.role,
            on_change=lambda word: PeopleState.narrow("role", word),
        ),
        select_field(
            "Status",
            "active",
            [("yes", "Active"), ("no", "Inactive")],
            blank="Any",
            value=PeopleState.active,
            on_change=lambda word: PeopleState.narrow("active", word),
        ),
        is_narrowed=(PeopleState.q != "") | (PeopleState.role != "") | (PeopleState.active != ""),
        on_clear=PeopleState.clear,
    )


def _table() -> rx.Component:
    return data_table(
        "People",
        [
            Column("Name", lambda row: rx.el.b(row.name), sort="name", lead=True),
            Column("E-mail", lambda row: row.email, sort="email"),
            Column("Roles", lambda row: row.role_names),
            Column("Last sign-in", lambda row: rx.el.span(row.last_seen, class_name="nowrap"), sort="last_login_at"),
            Column("Status", lambda row: status_tag(row.status), sort="is_active"),
            Column("", _actions),
        ],
        PeopleState.rows,
        loading=PeopleState.is_loading,
        sort=PeopleState.order,
        on_sort=PeopleState.sort_by,
        empty=empty_state(
            "Nobody like that",
            "Clear the filters, or add the person.",
            button("Clear filters", on_click=PeopleState.clear),
            icon="user-x",
        ),
        pager=pager(PeopleState.page_number, PAGE_SIZE, PeopleState.total, PeopleState.go_to),
    )


def _actions(row: rx.Var) -> rx.Component:
    return row_actions(
        rx.cond(
            row.is_locked,
            button("Unlock", size="small", aria_label=f"Unlock {row.name}", on_click=PeopleState.unlock(row.id)),
        ),
        rx.cond(
            row.is_active,
            rx.fragment(),
            button(
                "Activate",
                size="small",
                aria_label=f"Activate {row.name}",
                on_click=PeopleState.set_active(row.id, True),
            ),
        ),
        button("Edit", size="small", aria_label=f"Edit {row.name}", on_click=PeopleState.open_person("person", row.id)),
    )


def _person_dialog() -> rx.Component:
    is_new = PeopleState.record_id == 0
    return editor_dialog(
        "person",
        rx.cond(is_new, "New person", f"Edit {_person.name}"),
        pair(
            text_field("Name", "name", required=True, default_value=_person.name, error=_errors["name"]),
            text_field(
                "E-mail",
                "email",
                type="email",
                required=True,
                default_value=_person.email,
                error=_errors["email"],
                hint="They sign in with it",
            ),
        ),
        pair(
            text_field("Phone", "phone", type="tel", default_value=_person.phone, error=_errors["phone"]),
            number_field(
                "Discount limit, percent",
                "discount_limit_pct",
                default_value=_person.discount,
                error=_errors["discount_limit_pct"],
                hint="For engineers; the other roles that may discount have none",
            ),
        ),
        rx.cond(
            is_new,
            text_field(
                "First password",
                "password",
                type="password",
                required=True,
                error=_errors["password"],
                auto_complete="new-password",
                hint="At least 10 characters. Tell them to change it.",
            ),
        ),
        rx.el.fieldset(
            rx.el.legend("Roles", class_name="legend"),
            *(
                checkbox(label, f"role-{role}", default_checked=_person.roles.contains(str(role)))
                for role, label in ROLES.items()
            ),
            rx.el.span(_errors["roles"], class_name="error", role="alert"),
            class_name="ticks",
        ),
        text_area("Bio", "bio", default_value=_person.bio, error=_errors["bio"]),
        on_submit=PeopleState.save,
        others=(rx.cond(is_new, rx.fragment(), _dangers()), rx.el.span(class_name="grow")),
        max_width="620px",
    )


def _dangers() -> rx.Component:
    return rx.fragment(
        button("Set password", on_click=PeopleState.open_person("password", _person.id)),
        rx.cond(
            _person.is_active,
            button("Deactivate", kind="danger", on_click=PeopleState.open_person("deactivate", _person.id)),
        ),
    )


def _password_dialog() -> rx.Component:
    return editor_dialog(
        "password",
        f"New password for {_person.name}",
        text_field(
            "Password",
            "password",
            type="password",
            required=True,
            error=_errors["password"],
            auto_complete="new-password",
            hint="At least 10 characters",
        ),
        on_submit=PeopleState.set_password,
        text="They are signed out everywhere and sign in with the new one.",
    )


def _role_table() -> rx.Component:
    head = rx.el.tr(
        rx.el.th("May", scope="col"), *(rx.el.th(label, scope="col", class_name="mid") for label in ROLES.values())
    )
    return card(
        rx.el.details(
            rx.el.summary("What each role may do"),
            rx.el.div(
                rx.el.table(
                    rx.el.caption("Permissions of each role", class_name="visually-hidden"),
                    rx.el.thead(head),
                    rx.el.tbody(*(_permission(what, allowed) for what, allowed in ROLE_TABLE)),
                    class_name="table",
                ),
                class_name="scroll",
                tab_index=0,
                role="region",
                aria_label="What each role may do",
            ),
        )
    )


def _permission(what: str, allowed: tuple[bool, ...]) -> rx.Component:
    return rx.el.tr(
        rx.el.th(what, scope="row", class_name="row-head"),
        *(
            rx.el.td(
                tag("Yes", "ok", "check") if yes else rx.el.span("–", aria_label="No", role="img"), class_name="mid"
            )
            for yes in allowed
        ),
    )
