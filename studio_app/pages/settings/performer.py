import reflex as rx

from studio_app import routes
from studio_app.components import button, card, form, link, note, page_header, select_field, skeleton
from studio_app.pages import availability
from studio_app.pages.editing import ask_dialog, bound, save_row
from studio_app.pages.settings.frame import settings_page
from studio_app.pages.settings.performers import performer_fields
from studio_app.state.settings.performer import PerformerState


def page() -> rx.Component:
    return settings_page(
        page_header(PerformerState.name, link("All performers", href=routes.SETTINGS_PERFORMERS), _end_of_life()),
        rx.cond(PerformerState.is_loading, card(skeleton(10)), _content()),
        availability.dialogs(),
        ask_dialog(
            "retire",
            f"Retire {PerformerState.name}?",
            "They leave the lists. Past sessions keep them, and you can restore them.",
            "Retire",
            PerformerState.retire,
        ),
        active=routes.SETTINGS_PERFORMERS,
    )


def _end_of_life() -> rx.Component:
    return rx.cond(
        PerformerState.is_retired,
        button("Restore", on_click=PerformerState.restore),
        button("Retire", kind="danger", on_click=PerformerState.ask_to_retire),
    )


def _content() -> rx.Component:
    return rx.fragment(
        rx.cond(PerformerState.is_retired, note(title="Retired: they are on no list.", tone="warn")),
        rx.el.div(_details(), _sign_in(), class_name="cols"),
        availability.cards(),
    )


def _details() -> rx.Component:
    return card(
        form(*performer_fields(bound(PerformerState.details)), save_row(), on_submit=PerformerState.save),
        title="The performer",
    )


def _sign_in() -> rx.Component:
    return card(
        select_field(
            "Signs in as",
            "user_id",
            PerformerState.users,
            blank="Nobody",
            value=PerformerState.user_id_linked,
            on_change=PerformerState.link_user,
            error=PerformerState.errors["user_id"],
            hint="People with the role Performer whom no performer is linked to. They see their own schedule.",
        ),
        title="Sign-in",
    )
