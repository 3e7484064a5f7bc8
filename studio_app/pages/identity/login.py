import reflex as rx

from studio_app import routes
from studio_app.components import button, card, link, note, posting_form, public_page, text_field
from studio_app.state.identity.login import LoginState


def page() -> rx.Component:
    return public_page(
        rx.el.h1("Sign in"),
        rx.cond(
            LoginState.is_signed_out,
            note(rx.el.p("Nobody is signed in at this browser now."), title="You are signed out", tone="ok"),
        ),
        rx.cond(
            LoginState.is_ended,
            note(
                rx.el.p("Sign in again and you are back where you were, with what you had typed. Nothing is lost."),
                title="Your sign-in has ended",
                tone="warn",
            ),
        ),
        card(
            posting_form(
                text_field("E-mail", "email", type="email", required=True, auto_complete="username", auto_focus=True),
                text_field("Password", "password", type="password", required=True, auto_complete="current-password"),
                rx.el.input(type="hidden", name="next", value=LoginState.next_path, read_only=True),
                rx.el.p(LoginState.refusal, class_name="error", role="alert"),
                button("Sign in", kind="primary", size="large", type="submit", wide=True),
                link("Forgot your password?", href=routes.RESET, class_name="sub"),
                action=routes.API_LOGIN,
                class_name="form",
                custom_attrs={"data-sign-in": "", "noValidate": True},
            ),
        ),
        rx.cond(LoginState.demo_emails.length() > 0, _demo_people()),
        rx.el.script(src="/sign-in.js", async_=True),  # in the page itself: a press before hydration counts
        narrow=True,
    )


def _demo_people() -> rx.Component:
    return card(
        rx.el.p(
            "This is a demo with made-up data. The password of each is ", rx.el.code("studio-demo"), class_name="sub"
        ),
        rx.el.ul(rx.foreach(LoginState.demo_emails, lambda email: rx.el.li(_demo_person(email))), class_name="list"),
        title="Demo sign-ins",
    )


def _demo_person(email: rx.Var[str]) -> rx.Component:
    """A click fills the form; assets/sign-in.js does it."""
    return rx.el.button(email, type="button", class_name="btn g s mono", custom_attrs={"data-demo": email})
