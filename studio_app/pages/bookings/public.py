from typing import Any

import reflex as rx

from studio_app import routes
from studio_app.components import (
    anchor,
    button,
    card,
    checkbox,
    file_button,
    file_link,
    form,
    link_button,
    note,
    public_page,
    signature_pad,
    skeleton,
    status_tag,
    sum_line,
    text_area,
    text_field,
    uploader,
)
from studio_app.pages.bookings.wizard.parts import group, pick, wrong
from studio_app.state.bookings.public import PublicBookingState as S

_DRAWN, _TICKED = "DIGITAL_SIGNATURE", "CHECKBOX_ACKNOWLEDGMENT"


def page() -> rx.Component:
    return public_page(
        rx.el.meta(name="robots", content="noindex, nofollow"),
        rx.cond(S.is_here, _booking(), skeleton(8)),
        aside=rx.cond(S.house.phone != "", anchor(S.house.phone, href="tel:" + S.house.phone), rx.fragment()),
    )


def _booking() -> rx.Component:
    return rx.el.div(
        rx.el.div(
            rx.el.div(rx.el.h1(S.booking.number), status_tag(S.booking.status), class_name="row wrap"),
            rx.cond(S.is_new, _thanks(), rx.el.p(S.booking.status_text)),
            rx.cond(S.booking.changed.length() > 0, _changed(), rx.fragment()),
            _session(),
            rx.cond(S.booking.can_sign, _sign(), rx.fragment()),
            rx.cond(S.booking.owes & S.booking.is_open, _how_to_pay(), rx.fragment()),
            _files(),
            rx.cond(S.booking.is_open, _ask(), rx.fragment()),
            rx.cond(S.booking.signed != "", card(_terms(), title="What you agreed to"), rx.fragment()),
            class_name="stack wide",
        ),
        rx.el.aside(_money(), class_name="stack wide", aria_label="What is owed"),
        class_name="wizard",
    )


def _thanks() -> rx.Component:
    return note(
        rx.el.p(S.booking.status_text, class_name="sub"),
        rx.el.p("Keep this page: its address is in the e-mail we have sent you.", class_name="sub"),
        title=rx.cond(
            S.booking.signer != "",
            "Thank you, " + S.booking.signer + ". We have your booking.",
            "Thank you. We have your booking.",
        ),
        tone="ok",
    )


def _changed() -> rx.Component:
    return note(
        rx.el.ul(rx.foreach(S.booking.changed, lambda text: rx.el.li(text)), class_name="sub"),
        rx.cond(
            S.house.phone != "",
            rx.el.p("Does it not suit you? Call us, or write below.", class_name="sub"),
            rx.el.p("Does it not suit you? Write to us below.", class_name="sub"),
        ),
        title="Your session has changed since you signed",
    )


def _session() -> rx.Component:
    def fact(label: str, value: Any) -> rx.Component:
        return rx.cond(value != "", rx.fragment(rx.el.dt(label), rx.el.dd(value)), rx.fragment())

    return card(
        rx.el.dl(
            fact("When", S.booking.time + " · " + S.house.zone),
            fact("Where", S.booking.place),
            fact("Engineer", S.booking.engineer),
            fact("Artist", S.booking.artist),
            fact("Microphones", S.booking.mics),
            fact("Agreement", S.booking.signed),
            class_name="facts",
        ),
        rx.el.div(
            file_button("Add to calendar", S.calendar_path, icon="calendar-plus"),
            link_button("All your bookings", routes.MY, kind="ghost"),
            class_name="actions start",
        ),
        title=S.booking.service,
    )


def _money() -> rx.Component:
    return card(
        rx.foreach(S.booking.lines, lambda line: sum_line(line.label, line.amount)),
        sum_line("Total", S.booking.total, total=True),
        sum_line("Paid", S.booking.paid, faint=True),
        rx.cond(S.booking.owes, sum_line("Still owed", S.booking.balance), rx.fragment()),
        title="Price",
    )


def _how_to_pay() -> rx.Component:
    """Near the top on a phone, too: a booking that nobody pays is released."""
    return card(
        rx.cond(S.booking.deposit != "", rx.el.p(rx.el.b("Deposit: "), S.booking.deposit), rx.fragment()),
        rx.el.p(S.house.how_to_pay, class_name="pre sub"),
        rx.el.p("Put ", S.booking.number, " in the reference.", class_name="sub"),
        title="How to pay",
        class_name="stack tight",
    )


def _terms() -> rx.Component:
    return rx.el.div(
        rx.el.div(S.booking.terms, class_name="terms", tab_index=0, role="region", aria_label="Terms"),
        rx.cond(S.booking.policy != "", rx.el.p(S.booking.policy, class_name="sub"), rx.fragment()),
        class_name="stack tight",
    )


def _sign() -> rx.Component:
    def way(kind: str, text: str) -> rx.Component:
        return pick(
            rx.el.b(text),
            group="sign_as",
            value=kind,
            is_chosen=S.sign_as == kind,
            on_choose=S.choose_signing(kind),
        )

    return card(
        form(
            _terms(),
            group(
                "How do you agree?", way(_DRAWN, "Sign by hand"), way(_TICKED, "Tick and type the name"), columns=True
            ),
            rx.cond(
                S.sign_as == _DRAWN,
                signature_pad(S.signature, S.draw),
                checkbox("I have read the terms and accept them.", "authorization.accepted"),
            ),
            wrong(S, "authorization.signature_png_base64", "authorization.accepted"),
            text_field(
                "Full name of the person signing",
                "authorization.name",
                auto_complete="name",
                error=S.errors["authorization.name"],
            ),
            rx.el.div(button("Sign", kind="primary", type="submit"), class_name="actions"),
            on_submit=S.sign,
        ),
        title="Please sign",
    )


def _files() -> rx.Component:
    def row(file: Any) -> rx.Component:
        return rx.el.li(
            rx.icon("file-audio", aria_hidden="true"),
            file_link(file.name, href=S.files_path + "/" + file.id.to_string(), class_name="grow"),
            rx.el.span(file.size, class_name="sub"),
        )

    return card(
        rx.el.ul(rx.foreach(S.booking.files, row), class_name="list"),
        rx.cond(S.booking.is_open, uploader(S.files_path, S.file_sent), rx.fragment()),
        title="Files",
        aside="audio, PDF, pictures or a ZIP",
    )


def _ask() -> rx.Component:
    return card(
        rx.cond(S.booking.asked.status != "", _asked(), rx.fragment()),
        rx.cond(S.booking.asked.status == "OPEN", rx.fragment(), _wish_form()),
        title="Change or cancel",
        class_name="stack tight",
    )


def _asked() -> rx.Component:
    """What they asked for stays in sight, with what we answered, and can be taken back."""
    asked = S.booking.asked
    back = rx.el.div(button("Withdraw", icon="undo-2", on_click=S.withdraw), class_name="actions start")
    said = (
        rx.cond(asked.message != "", rx.el.blockquote(asked.message, class_name="sub said"), rx.fragment()),
        rx.cond(asked.answer != "", rx.el.p(rx.el.b("We say: "), asked.answer), rx.fragment()),
        rx.cond(asked.status == "OPEN", back, rx.fragment()),
    )
    return rx.cond(
        asked.status == "DECLINED", note(*said, title=asked.title, tone="warn"), note(*said, title=asked.title)
    )


def _wish_form() -> rx.Component:
    fee = rx.cond(
        S.booking.fee != "",
        rx.el.p("Cancelling now costs ", rx.el.b(S.booking.fee), ".", class_name="sub"),
        rx.el.p("Cancelling now costs nothing.", class_name="sub"),
    )
    wish = rx.el.div(
        rx.el.label("I would like to", html_for="wish"),
        rx.el.select(
            rx.el.option("change the session", value="CHANGE"),
            rx.el.option("cancel it", value="CANCEL"),
            id="wish",
            name="wish",
            class_name="input",
        ),
        class_name="field",
    )
    return form(
        fee,
        wish,
        text_area("Tell us more", "message", rows=3, error=S.errors["message"]),
        rx.el.div(button("Send", type="submit"), class_name="actions"),
        on_submit=S.ask,
    )
