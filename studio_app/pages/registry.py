"""Every page, one line each. Staff pages need an `on_load` whose handler is marked `requires`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import reflex as rx

from studio_app import gate, routes
from studio_app.pages import errors, landing
from studio_app.pages.absences import availability, lockouts
from studio_app.pages.bookings import booking
from studio_app.pages.bookings import listing as bookings
from studio_app.pages.bookings import public as public_booking
from studio_app.pages.bookings.wizard import public as book
from studio_app.pages.bookings.wizard import staff as booking_new
from studio_app.pages.calendar import page as calendar
from studio_app.pages.catalog import (
    engineer,
    engineers,
    hours,
    mics,
    performer,
    performers,
    room,
    rooms,
    services,
    studio,
)
from studio_app.pages.clients import client
from studio_app.pages.clients import listing as clients
from studio_app.pages.holds import listing as holds
from studio_app.pages.identity import login, people, profile, reset
from studio_app.pages.mail import outbox as mail
from studio_app.pages.my import bookings as my
from studio_app.pages.online import settings as online
from studio_app.pages.pricing import rules as pricing
from studio_app.pages.scheduling import capacity
from studio_app.pages.settings import index
from studio_app.pages.today import page as today
from studio_app.pages.waitlist import answer as waitlist_answer
from studio_app.pages.waitlist import listing as waitlist
from studio_app.state.absences.availability import AvailabilityState
from studio_app.state.absences.lockouts import LockoutsState
from studio_app.state.base import AppState, Loading
from studio_app.state.bookings.booking import BookingState
from studio_app.state.bookings.listing import BookingsState
from studio_app.state.bookings.live import BookingLive
from studio_app.state.bookings.public import PublicBookingState
from studio_app.state.bookings.wizard.public import BookState
from studio_app.state.bookings.wizard.staff import NewBookingState
from studio_app.state.calendar.page import CalendarState
from studio_app.state.catalog.engineer import EngineerState
from studio_app.state.catalog.engineers import EngineersState
from studio_app.state.catalog.hours import HoursState
from studio_app.state.catalog.mics import MicsState
from studio_app.state.catalog.performer import PerformerState
from studio_app.state.catalog.performers import PerformersState
from studio_app.state.catalog.room import RoomState
from studio_app.state.catalog.rooms import RoomsState
from studio_app.state.catalog.services import ServicesState
from studio_app.state.catalog.studio import StudioState
from studio_app.state.changes.booking import BookingChanges
from studio_app.state.changes.swap_requests import SwapRequestsState
from studio_app.state.clients.client import ClientState
from studio_app.state.clients.listing import ClientsState
from studio_app.state.holds.booking import BookingHold
from studio_app.state.holds.listing import HoldsState
from studio_app.state.holds.today import HoldsToday
from studio_app.state.identity.login import LoginState
from studio_app.state.identity.people import PeopleState
from studio_app.state.identity.profile import ProfileState
from studio_app.state.identity.reset import ResetState
from studio_app.state.mail.outbox import MailState
from studio_app.state.my.bookings import MyState
from studio_app.state.online.settings import OnlineState
from studio_app.state.payments.booking import BookingPayments
from studio_app.state.pricing.rules import PricingState
from studio_app.state.scheduling.capacity import CapacityState
from studio_app.state.today.page import TodayState
from studio_app.state.waitlist.answer import WaitlistAnswerState
from studio_app.state.waitlist.listing import WaitlistState
from studio_app.state.waitlist.today import WaitlistToday


@dataclass(frozen=True)
class Page:
    route: str
    page: Callable[[], rx.Component]
    title: str
    on_load: Any = None


PAGES = (
    Page(routes.LANDING, landing.page, "Platinum Sound Studios"),
    Page(routes.BOOK, book.page, "Book a session", BookState.load),
    Page(
        routes.BOOKING_PUBLIC, public_booking.page, "Your booking", [PublicBookingState.load, PublicBookingState.watch]
    ),
    Page(routes.BOOKING_NEW, booking_new.page, "New booking", NewBookingState.load),
    Page(
        routes.TODAY,
        today.page,
        "Today",
        [
            SwapRequestsState.load_requests,
            WaitlistToday.load_waitlist,
            HoldsToday.load,
            TodayState.load,
            SwapRequestsState.watch_requests,
            WaitlistToday.watch_waitlist,
            HoldsToday.watch,
            TodayState.watch,
        ],
    ),
    Page(
        routes.CALENDAR,
        calendar.page,
        "Calendar",
        [LockoutsState.arrive_on_calendar, CalendarState.load, CalendarState.watch],
    ),
    Page(routes.LOGIN, login.page, "Sign in", LoginState.load),
    Page(routes.RESET, reset.page, "New password", ResetState.load),
    Page(routes.PROFILE, profile.page, "Your profile", ProfileState.load),
    Page(routes.AVAILABILITY, availability.page, "Availability", [AvailabilityState.load, AvailabilityState.watch]),
    Page(routes.CAPACITY, capacity.page, "Online capacity", [CapacityState.load, CapacityState.watch]),
    Page(routes.SETTINGS, index.page, "Settings", AppState.enter),
    Page(routes.SETTINGS_STUDIO, studio.page, "Studio", StudioState.load),
    Page(routes.SETTINGS_ROOMS, rooms.page, "Rooms", RoomsState.load),
    Page(routes.SETTINGS_ROOM, room.page, "Room", RoomState.load),
    Page(routes.SETTINGS_LOCKOUTS, lockouts.page, "Lockouts", LockoutsState.load_lockouts),
    Page(routes.SETTINGS_ENGINEERS, engineers.page, "Engineers", EngineersState.load),
    Page(routes.SETTINGS_ENGINEER, engineer.page, "Engineer", [EngineerState.load, AvailabilityState.load_engineer]),
    Page(routes.SETTINGS_PERFORMERS, performers.page, "Performers", PerformersState.load),
    Page(
        routes.SETTINGS_PERFORMER,
        performer.page,
        "Performer",
        [PerformerState.load, AvailabilityState.load_performer],
    ),
    Page(routes.SETTINGS_SERVICES, services.page, "Services", ServicesState.load),
    Page(routes.SETTINGS_HOURS, hours.page, "Hours", HoursState.load),
    Page(routes.SETTINGS_MICS, mics.page, "Mics", MicsState.load),
    Page(routes.SETTINGS_PRICING, pricing.page, "Prices", PricingState.load),
    Page(routes.SETTINGS_PEOPLE, people.page, "People", PeopleState.load),
    Page(routes.SETTINGS_ONLINE, online.page, "Online booking", OnlineState.load),
    Page(routes.SETTINGS_MAIL, mail.page, "Mail", MailState.load),
    Page(routes.BOOKINGS, bookings.page, "Bookings", BookingsState.load),
    Page(
        routes.BOOKING,
        booking.page,
        "Booking",
        [
            BookingState.load,
            BookingPayments.open_if_asked,
            BookingChanges.change_if_asked,
            BookingHold.load_hold,
            SwapRequestsState.load_of_booking,
            BookingLive.watch,
            BookingHold.watch_hold,
            SwapRequestsState.watch_of_booking,
        ],
    ),
    Page(routes.HOLDS, holds.page, "Holds", [HoldsState.load, HoldsState.watch]),
    Page(routes.CLIENTS, clients.page, "Clients", ClientsState.load),
    Page(routes.CLIENT, client.page, "Client", ClientState.load),
    Page(routes.WAITLIST, waitlist.page, "Waitlist", [WaitlistState.load, WaitlistState.watch]),
    Page(routes.WAITLIST_PUBLIC, waitlist_answer.page, "Your place on the waitlist", WaitlistAnswerState.load),
    Page(routes.MY, my.page, "Your bookings", MyState.load),
    Page(routes.NOT_ALLOWED, errors.not_allowed, "Not for you"),
    Page(routes.WENT_WRONG, errors.went_wrong, "Something went wrong"),
    Page(routes.NOT_FOUND, errors.not_found, "Not found"),
)


def register(app: rx.App) -> None:
    for entry in PAGES:
        title = entry.title if entry.route == routes.LANDING else f"{entry.title} · Platinum Sound"
        app.add_page(entry.page, route=entry.route.lstrip("/") or "/", title=title, on_load=on_load(entry))


def on_load(entry: Page) -> list[Any]:
    """A page of staff opens with its skeletons, and is left when its person is no longer who opened it."""
    handlers = entry.on_load if isinstance(entry.on_load, list) else [entry.on_load] if entry.on_load else []
    if not any(map(gate.is_for_staff, handlers)):
        return handlers
    screen = next(handler.state for handler in handlers if handler.fn.__name__.startswith(("load", "enter")))
    skeletons = [screen.show_skeletons] if issubclass(screen, Loading) else []
    return [*skeletons, *handlers, AppState.watch_person]
