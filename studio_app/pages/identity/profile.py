import reflex as rx
from reflex.style import set_color_mode

from studio_app import routes
from studio_app.components import button, card, facts, form, page_header, pair, skeleton, tag, text_area, text_field
from studio_app.pages.editing import bound, save_row
from studio_app.pages.feeds.links import own_calendar_links
from studio_app.pages.frame import staff_page
from studio_app.state.identity.profile import ProfileState

put = bound(ProfileState.profile)


def page() -> rx.Component:
    return staff_page(
        page_header("Your profile", ProfileState.roles),
        rx.cond(
            ProfileState.is_loading,
            card(skeleton(10)),
            rx.el.div(
                rx.el.div(_about(), _looks(), class_name="stack"),
                rx.el.div(own_calendar_links(), _password(), _sign_ins(), class_name="stack"),
                class_name="cols",
            ),
        ),
        active=routes.PROFILE,
    )


def _about() -> rx.Component:
    discount = ProfileState.profile["discount"]
    return card(
        form(
            facts(("E-mail", ProfileState.profile["email"]), ("Roles", ProfileState.roles)),
            rx.cond(discount, facts(("Discounts", discount))),
            rx.el.p("An administrator changes these.", class_name="hint"),
            pair(
                put(text_field, "Name", "name", required=True, auto_complete="name"),
                put(text_field, "Phone", "phone", type="tel", auto_complete="tel"),
            ),
            put(text_area, "Bio", "bio"),
            put(text_field, "Picture link", "avatar", type="url"),
            save_row(),
            on_submit=ProfileState.save,
        ),
        title="About you",
    )


def _looks() -> rx.Component:
    def choice(word: str, text: str) -> rx.Component:
        return rx.el.button(
            text,
            type="button",
            aria_pressed=rx.cond(rx.color_mode == word, "true", "false"),
            on_click=[set_color_mode(word), ProfileState.choose_theme(word)],
        )

    return card(
        rx.el.div(
            choice("light", "Light"),
            choice("dark", "Dark"),
            choice("system", "As the device"),
            class_name="seg",
            role="group",
            aria_label="Colours",
        ),
        rx.el.p("Kept with your account: every device takes it when you sign in.", class_name="hint"),
        title="Colours",
        class_name="stack tight",
    )


def _password() -> rx.Component:
    return card(
        form(
            put(text_field, "Current password", "current", type="password", auto_complete="current-password"),
            put(
                text_field,
                "New password",
                "new",
                type="password",
                auto_complete="new-password",
                hint="At least 10 characters; a sentence is fine.",
            ),
            save_row("Change password"),
            on_submit=ProfileState.change_password,
            key=f"password-{ProfileState.saved_passwords}",
        ),
        title="Password",
    )


def _sign_ins() -> rx.Component:
    return card(
        rx.el.ul(
            rx.foreach(
                ProfileState.sign_ins,
                lambda one: rx.el.li(
                    rx.el.span(
                        rx.el.b(one.device),
                        rx.el.div("Last seen ", one.last_seen, " · from ", one.ip, class_name="sub"),
                        rx.el.div("Signed in ", one.since, class_name="sub"),
                        class_name="grow",
                    ),
                    rx.cond(
                        one.is_current,
                        tag("This one", "ok", "check"),
                        button(
                            "Sign out",
                            size="small",
                            aria_label=f"Sign out {one.device}, {one.since}",
                            on_click=ProfileState.end(one.id),
                        ),
                    ),
                ),
            ),
            class_name="list",
        ),
        title="Where you are signed in",
    )
