import reflex as rx

from studio_app import routes
from studio_app.components import button, card, form, form_error, link, link_button, note, public_page, text_field
from studio_app.pages.mailed_link import mailed_link
from studio_app.state.identity.reset import ResetState


def page() -> rx.Component:
    return public_page(rx.el.h1("New password"), card(rx.cond(ResetState.has_token, _choose(), _ask())), narrow=True)


def _ask() -> rx.Component:
    return mailed_link(
        ResetState,
        ResetState.is_asked,
        rx.el.p("If someone signs in with that address, a link is on its way. It works once, for an hour."),
        "We send a link with which you choose a new password.",
        "username",
        link("Back to sign in", href=routes.LOGIN, class_name="sub"),
    )


def _choose() -> rx.Component:
    return rx.cond(
        ResetState.is_done,
        rx.el.div(
            note(rx.el.p("You are signed out everywhere else."), title="Your password is changed", tone="ok"),
            link_button("Sign in", routes.LOGIN, kind="primary", size="large", wide=True),
            class_name="stack",
        ),
        form(
            text_field(
                "New password",
                "password",
                type="password",
                hint="At least 10 characters; a sentence is fine.",
                error=ResetState.errors["password"],
                required=True,
                auto_complete="new-password",
            ),
            form_error(ResetState.errors["token"]),
            button("Save password", kind="primary", size="large", type="submit", wide=True),
            link("Ask for a new link", href=routes.RESET, class_name="sub"),
            on_submit=ResetState.choose,
        ),
    )
