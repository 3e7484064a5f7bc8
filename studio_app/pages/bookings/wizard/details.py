"""The screens after the place: add-ons, agreement, payment, review."""

from typing import Any

import reflex as rx

from studio_app import routes
from studio_app.components import (
    button,
    card,
    checkbox,
    icon_button,
    note,
    signature_pad,
    sum_line,
    text_area,
    text_field,
    uploader,
)
from studio_app.pages.bookings.wizard.parts import counter, draft_text, group, pick, wrong

_REFERRALS = (
    ("", "Nobody"),
    ("MANAGER", "A manager"),
    ("ENGINEER", "An engineer"),
    ("TEAM_MEMBER", "Somebody of the team"),
    ("EXTERNAL", "Somebody else"),
)


def extras(S: Any, *more: rx.Component) -> rx.Component:
    return rx.el.div(
        rx.cond(S.extras.mics.length() > 0, _mics(S), rx.fragment()),
        *more,
        _referral(S),
        text_area(
            "Notes",
            "notes",
            hint="Anything we should prepare: instruments, tempo, links to references.",
            rows=3,
            **draft_text(S, "notes", S.answers.notes),
        ),
        _files(S),
        class_name="stack",
    )


def _mics(S: Any) -> rx.Component:
    def row(mic: Any) -> rx.Component:
        return rx.el.li(
            rx.el.span(rx.el.b(mic.name), rx.el.span(mic.description, class_name="sub"), class_name="stack tight grow"),
            rx.el.span(mic.price, class_name="num nowrap"),
            counter(mic.name, mic.quantity, mic.units, lambda count: S.choose_mic(mic.id, count)),
        )

    return card(
        rx.el.ul(rx.foreach(S.extras.mics, row), class_name="list mics"),
        wrong(S, "mics"),
        title="Microphones",
        aside="a standard one is always included",
    )


def _referral(S: Any) -> rx.Component:
    kind = rx.el.div(
        rx.el.label("Who sent you to us?", html_for="referral"),
        rx.el.select(
            *(rx.el.option(text, value=value) for value, text in _REFERRALS),
            id="referral",
            name="referral",
            class_name="input",
            value=S.answers.referral_type,
            on_change=S.choose_referral,
        ),
        class_name="field",
    )
    name = text_field("Their name", "referral.name", **draft_text(S, "referral.name", S.answers.referral_name))
    return rx.el.div(kind, rx.cond(S.answers.referral_type != "", name, rx.fragment()), class_name="pair-of-fields")


def _files(S: Any) -> rx.Component:
    def row(file: Any) -> rx.Component:
        return rx.el.li(
            rx.icon("file-audio", aria_hidden="true"),
            rx.el.span(file.name, class_name="grow"),
            rx.el.span(file.size, class_name="sub"),
            icon_button("x", f"Remove {file.name}", size="small", on_click=S.remove_file(file.id)),
        )

    return card(
        rx.el.ul(rx.foreach(S.extras.files, row), class_name="list"),
        uploader(routes.API_UPLOADS, S.file_sent, fields={"draft": S.draft_token}),
        title="Reference files",
        aside="audio, PDF, pictures or a ZIP",
    )


def agreement(S: Any) -> rx.Component:
    drawn, ticked = "DIGITAL_SIGNATURE", "CHECKBOX_ACKNOWLEDGMENT"
    return rx.el.div(
        rx.el.div(S.house.terms, class_name="terms", tab_index=0, role="region", aria_label="Terms"),
        rx.cond(S.house.policy != "", rx.el.p(S.house.policy, class_name="sub"), rx.fragment()),
        group(
            "How do you agree?",
            pick(
                rx.el.b("Sign by hand"),
                group="sign_as",
                value=drawn,
                is_chosen=S.answers.sign_as == drawn,
                on_choose=S.choose_signing(drawn),
            ),
            pick(
                rx.el.b("Tick and type the name"),
                group="sign_as",
                value=ticked,
                is_chosen=S.answers.sign_as == ticked,
                on_choose=S.choose_signing(ticked),
            ),
            columns=True,
        ),
        rx.cond(
            S.answers.sign_as == drawn,
            signature_pad(S.signature, S.draw),
            checkbox(
                "I have read the terms and accept them.",
                "authorization.accepted",
                checked=S.answers.is_accepted,
                on_change=S.accept,
            ),
        ),
        wrong(S, "authorization.signature_png_base64", "authorization.accepted"),
        text_field(
            "Full name of the person signing",
            "authorization.name",
            auto_complete="name",
            **draft_text(S, "authorization.name", S.answers.signer),
        ),
        class_name="stack",
    )


def how_to_pay(S: Any) -> rx.Component:
    """What a client sees of the money."""
    return rx.el.div(
        card(
            rx.cond(
                S.price.deposit != "",
                sum_line(S.price.deposit, S.price.deposit_text, total=False),
                rx.el.p("No deposit is needed."),
            ),
            sum_line("Total", S.price.total, total=True),
            title="What it costs",
        ),
        card(rx.el.p(S.house.how_to_pay, class_name="pre"), title="How to pay"),
        note(
            rx.el.p(S.price.held, " Nothing is charged on this page.", class_name="sub"),
            title="Nothing to pay now",
        ),
        class_name="stack",
    )


def review(S: Any, *more: rx.Component) -> rx.Component:
    def row(fact: Any) -> rx.Component:
        return rx.el.li(
            rx.el.span(fact.label, class_name="sub label"),
            rx.el.span(fact.value, class_name="grow"),
            button(
                "Change", kind="ghost", size="small", aria_label=f"Change {fact.label}", on_click=S.go_to(fact.screen)
            ),
        )

    return rx.el.div(
        card(rx.el.ul(rx.foreach(S.review.facts, row), class_name="list facts-list")),
        card(
            rx.foreach(S.price.lines, lambda line: sum_line(line.label, line.amount)),
            sum_line("Total", S.price.total, total=True),
            rx.cond(S.price.deposit != "", sum_line(S.price.deposit, S.price.deposit_text, faint=True), rx.fragment()),
            title="Price",
        ),
        *more,
        rx.cond(S.house.policy != "", rx.el.p(S.house.policy, class_name="sub"), rx.fragment()),
        class_name="stack",
    )
