"""Payments and signatures on a booking's page."""

from typing import Any

import pytest

from services.bookings import BookingView
from studio_app.state.bookings.authorization import BookingAuthorization
from studio_app.state.bookings.booking import BookingState
from studio_app.state.payments.booking import BookingPayments
from tests.screens.desk import at, play
from tests.screens.orders import book, signature, ticked
from tests.world import World

Sent = dict[str, str]


async def opened(here: World, who: str, booking: BookingView, kind: type = BookingPayments, path: str = "/") -> Any:
    state = await at(kind, here.tokens[who], path, number=booking.number)
    await play((await state.get_state(BookingState)).load())
    return state


def split(place: int, amount: str, method: str = "CASH") -> Sent:
    return {f"method-{place}": method, f"amount_cents-{place}": amount}


def sent(*splits: Sent) -> Sent:
    whole = {"purpose": "DEPOSIT", "paid_on": "", "notes": ""}
    for one in splits:
        whole |= one
    return whole


async def test_the_form_starts_with_the_deposit_that_is_due(here: World) -> None:
    state = await opened(here, "abel", book(here, authorization=ticked()))
    await state.open_payment()
    assert (state.record["amount"], state.record["purpose"]) == ("210.00", "DEPOSIT")


@pytest.mark.parametrize(
    ("who", "path", "dialog"),
    [("abel", "/b?pay=1", "pay"), ("abel", "/b", ""), ("femi", "/b?pay=1", "pay"), ("maya", "/b?pay=1", "")],
)
async def test_a_link_opens_the_form_for_who_may_record(here: World, who: str, path: str, dialog: str) -> None:
    state = await opened(here, who, book(here, authorization=ticked()), path=path)
    await state.open_if_asked()
    assert state.dialog == dialog


async def test_before_the_signature_a_link_opens_no_form(here: World) -> None:
    state = await opened(here, "abel", book(here), path="/b?pay=1")
    await state.open_if_asked()
    assert state.dialog == ""


async def test_a_deposit_in_two_splits_leaves_the_balance(here: World) -> None:
    state = await opened(here, "abel", book(here, authorization=ticked()))
    await state.open_payment()
    await state.add_split()
    said = await play(state.record_payments(sent(split(0, "100"), split(1, "110.00", "ZELLE"))))
    assert "2 payments recorded. Balance $210.00." in said
    money = state.shown.money
    assert [(payment.what, payment.amount) for payment in money.payments] == [
        ("Deposit, Cash", "$100.00"),
        ("Deposit, Zelle", "$110.00"),
    ]
    assert (money.paid, money.balance, money.deposit_status, state.dialog) == ("$210.00", "$210.00", "PAID", "")


async def test_a_form_sent_twice_is_paid_once(here: World) -> None:
    state = await opened(here, "abel", book(here, authorization=ticked()))
    await state.open_payment()
    await play(state.record_payments(sent(split(0, "100"))))
    state.dialog = "pay"
    await play(state.record_payments(sent(split(0, "100"))))
    assert state.shown.money.paid == "$100.00"


async def test_without_a_signature_no_payment_is_taken(here: World) -> None:
    state = await opened(here, "abel", book(here))
    await state.open_payment()
    await play(state.record_payments(sent(split(0, "100"))))
    assert "until the client has signed" in state.errors["authorization"]
    assert (state.shown.money.payments, state.dialog) == ([], "pay")


@pytest.mark.parametrize("amount", ["", "-5", "ten", "0"])
async def test_a_wrong_split_is_told_at_its_field_and_none_is_stored(here: World, amount: str) -> None:
    state = await opened(here, "abel", book(here, authorization=ticked()))
    await state.open_payment()
    await state.add_split()
    await play(state.record_payments(sent(split(0, "100"), split(1, amount))))
    assert list(state.errors) == ["amount_cents-1"]
    await state._fetch()
    assert state.shown.money.payments == []


async def test_all_that_is_wrong_of_all_splits_is_told_at_once(here: World) -> None:
    state = await opened(here, "abel", book(here, authorization=ticked()))
    await state.open_payment()
    await state.add_split()
    wrong = {"paid_on": "2099-01-01", "notes": "x" * 1001, "reference-1": "x" * 201}
    await play(state.record_payments(sent(split(0, "0"), split(1, "0")) | wrong))
    assert set(state.errors) == {"amount_cents-0", "amount_cents-1", "reference-1", "notes", "paid_on"}


async def test_what_cannot_be_read_of_a_payment_is_told_with_the_rest(here: World) -> None:
    state = await opened(here, "abel", book(here, authorization=ticked()))
    await state.open_payment()
    await play(state.record_payments(sent(split(0, "ten")) | {"paid_on": "2099-01-01", "notes": "x" * 1001}))
    assert set(state.errors) == {"amount_cents-0", "notes", "paid_on"}


async def test_an_overpayment_is_asked_about_first(here: World) -> None:
    state = await opened(here, "abel", book(here, authorization=ticked()))
    await state.open_payment()
    await play(state.record_payments(sent(split(0, "500"))))
    assert ("$420.00 is owed" in state.overpaid, state.shown.money.payments) == (True, [])
    await play(state.record_payments(sent(split(0, "600"))))
    assert state.shown.money.payments == []
    await play(state.record_payments(sent(split(0, "600"))))
    assert (state.shown.money.paid, state.shown.money.to_refund) == ("$600.00", "$180.00")


async def test_a_refund_and_a_reversal_are_rows_of_their_own(here: World) -> None:
    state = await opened(here, "femi", book(here, authorization=ticked()))
    for amount in ("100", "50"):
        await state.open_payment()
        await play(state.record_payments(sent(split(0, amount))))
    await state.open_refund()
    await play(state.record_payments(sent(split(0, "30"))))
    assert list(state.errors) == ["refunds_id-0"]
    first, second = state.shown.money.payments
    on = first.about.partition(",")[0]
    offered = [words for _, words in state.shown.money.refundable]
    assert [words.partition(on)[0] for words in offered] == ["Cash, ", "Cash, "]
    assert [words.partition(": ")[2] for words in offered] == ["$100.00 left", "$50.00 left"]
    assert second.can_reverse
    await play(state.record_payments(sent(split(0, "30")) | {"refunds_id-0": str(first.id)}))
    assert state.shown.money.payments[2].about.startswith(f"of deposit, cash, {on},")
    assert not state.shown.money.payments[0].can_reverse
    await state.ask_reverse(state.shown.money.payments[1].id)
    assert state.reversing == "$50.00 (deposit, cash)"
    await play(state.reverse({"reason": ""}))
    assert list(state.errors) == ["reason"]
    await play(state.reverse({"reason": "Typed twice"}))
    money = state.shown.money
    assert [payment.amount for payment in money.payments] == ["$100.00", "$50.00", "−$30.00", "−$50.00"]
    assert (money.paid, money.payments[1].is_reversed, money.payments[1].can_reverse) == ("$70.00", True, False)


async def test_an_engineer_records_no_payment(here: World) -> None:
    state = await opened(here, "maya", book(here, authorization=ticked()))
    assert "You may not record payments" in str(await state.open_payment())
    assert "You may not record payments" in await play(state.record_payments(sent(split(0, "1"))))


async def test_a_client_signs_on_the_screen(here: World) -> None:
    state = await opened(here, "abel", book(here), BookingAuthorization)
    await state.open_signing()
    await state.draw(signature())
    assert "is signed" in await play(state.sign({"authorization.name": "Nova Reyes"}))
    assert (state.shown.signed.by, state.shown.signed.how) == ("Nova Reyes", "Drawn signature")
    assert state.shown.signed.image.endswith("/authorization/signature.png")


async def test_a_client_ticks_instead(here: World) -> None:
    state = await opened(here, "abel", book(here), BookingAuthorization)
    await state.open_signing()
    await state.choose_way("CHECKBOX_ACKNOWLEDGMENT")
    await play(state.sign({"authorization.name": "Nova Reyes"}))
    assert list(state.errors) == ["authorization.accepted"]
    await play(state.sign({"authorization.name": "Nova Reyes", "authorization.accepted": "on"}))
    assert (state.shown.is_signed, state.shown.signed.how) == (True, "Ticked acknowledgement")


async def test_a_signing_without_name_and_signature_is_told_of_both(here: World) -> None:
    state = await opened(here, "abel", book(here), BookingAuthorization)
    await state.open_signing()
    await play(state.sign({"authorization.name": ""}))
    assert list(state.errors) == ["authorization.name", "authorization.signature_png_base64"]


@pytest.mark.parametrize("drawn", ["", "data:image/png;base64,!!!", "data:image/png;base64,AAAA", "x" * 600_000])
async def test_what_is_no_signature_signs_nothing(here: World, drawn: str) -> None:
    state = await opened(here, "abel", book(here), BookingAuthorization)
    await state.open_signing()
    await state.draw(drawn)
    await play(state.sign({"authorization.name": "Nova Reyes"}))
    assert list(state.errors) == ["authorization.signature_png_base64"]
    assert not state.shown.is_signed


async def test_before_more_than_is_owed_is_asked_about_the_other_splits_are_mended(here: World) -> None:
    state = await opened(here, "abel", book(here, authorization=ticked()))
    await state.open_payment()
    await state.add_split()
    await play(state.record_payments(sent(split(0, "9000"), split(1, "10") | {"reference-1": "x" * 201})))
    assert (set(state.errors), state.overpaid) == ({"reference-1"}, "")
    await play(state.record_payments(sent(split(0, "9000"), split(1, "10"))))
    assert "Record more all the same?" in state.overpaid
