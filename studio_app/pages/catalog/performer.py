import reflex as rx

from studio_app import routes
from studio_app.components import card, form, link, note, page_header, skeleton
from studio_app.pages.absences import availability
from studio_app.pages.catalog.performers import performer_fields
from studio_app.pages.catalog.resource import end_of_life, sign_in
from studio_app.pages.editing import ask_dialog, bound, save_row
from studio_app.pages.feeds.links import calendar_links
from studio_app.pages.settings.frame import settings_page
from studio_app.state.catalog.performer import PerformerState


def page() -> rx.Component:
    return settings_page(
        page_header(
            PerformerState.name, link("All performers", href=routes.SETTINGS_PERFORMERS), end_of_life(PerformerState)
        ),
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


def _content() -> rx.Component:
    return rx.fragment(
        rx.cond(PerformerState.is_retired, note(title="Retired: they are on no list.", tone="warn")),
        rx.el.div(
            _details(),
            sign_in(
                PerformerState,
                "People with the role Performer whom no performer is linked to. They see their own schedule.",
            ),
            class_name="cols",
        ),
        availability.cards(),
        rx.cond(
            PerformerState.is_retired,
            rx.fragment(),
            calendar_links("PERFORMER", PerformerState.resource_id, what="their sessions and time off"),
        ),
    )


def _details() -> rx.Component:
    return card(
        form(
            *performer_fields(bound(PerformerState.details)),
            save_row(),
            on_submit=PerformerState.save,
            key=PerformerState.name,
        ),
        title="The performer",
    )
