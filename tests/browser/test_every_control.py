"""Whatever can be pressed does something right: every screen, as everyone who sees it.

The screens come from the registry of pages, the controls from what is drawn: what is new is pressed, too.
"""

import re
from datetime import timedelta
from secrets import randbelow, token_hex
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import create_engine, text

from services.bookings import BookingStatus
from studio_app import routes
from studio_app.pages.registry import PAGES
from tests import database as databases
from tests import studio
from tests.browser import wizard
from tests.browser.fixtures import OpenPage
from tests.browser.pressing import Sweep, kind
from tests.world import today

pytestmark = pytest.mark.browser

STAFF = ("admin", "manager", "agent", "engineer", "performer", "finance", "intern")
_RECORDS = 12
"""Of a kind, so that each press finds one as it was."""
_AS_BEFORE = 'update "user" set is_active = true, password_hash = :hash where email = :email'
_OWN = [entry.route for entry in PAGES if entry.route in (routes.NOT_FOUND, routes.NOT_ALLOWED, routes.WENT_WRONG)]


@pytest.mark.long
@pytest.mark.parametrize("who", ["", *STAFF])
def test_every_control_does_something(elsewhere: OpenPage, who: str) -> None:
    page = elsewhere("")
    sweep = Sweep(page, Door(page, f"{who}@demo.studio" if who else ""))
    sweep.sign_in()
    seen = [entry.route for entry in PAGES if "[" not in entry.route and _is_for(who, sweep, entry.route)]
    assert seen
    for route in seen:
        sweep.over([route], _BEGINNINGS.get(route))
    for places in _records(sweep, elsewhere, who):
        if _is_for(who, sweep, places[0]):
            sweep.over(places)
    if not who:
        sweep.over([routes.MY], _enter)
    assert not sweep.troubles, "\n".join(sweep.troubles)


@pytest.mark.parametrize("who", ["admin", "agent", "engineer"])
def test_every_link_leads_somewhere_and_every_file_is_one(elsewhere: OpenPage, who: str) -> None:
    page = elsewhere(who)
    sweep = Sweep(page, Door(page, f"{who}@demo.studio"))
    for route in (entry.route for entry in PAGES if "[" not in entry.route):
        if _is_for(who, sweep, route):
            sweep.over_files(route)
    for places in _records(sweep, elsewhere, who):
        if _is_for(who, sweep, places[0]):
            sweep.over_files(places[0])
    pages = {urlsplit(href).path.rstrip("/") or "/" for href in sweep.links if not href.startswith(("#", "?"))}
    lost = [path for path in pages if not path.startswith(routes.API) and not routes.is_page(path)]
    assert not sweep.troubles + lost, "\n".join(sweep.troubles + lost)


def _is_for(who: str, sweep: Sweep, place: str) -> bool:
    """Staff press their own screens; those of the public a visitor does."""
    if place in _OWN or not sweep.open(place):
        return False
    return bool(who) is bool(sweep.page.locator("nav.side").count())


class Door:
    """Signs in, also where a press has just barred this person."""

    def __init__(self, page: Page, email: str) -> None:
        self.page, self.email = page, email
        self._hash = ""

    def __call__(self) -> None:
        if not self.email:
            return
        engine = create_engine(studio.database())
        with engine.begin() as connection:
            mine = {"email": self.email}
            known = connection.execute(text('select password_hash from "user" where email = :email'), mine)
            self._hash = self._hash or known.scalar_one()
            connection.execute(text(_AS_BEFORE), mine | {"hash": self._hash})
        engine.dispose()
        given = {"email": self.email, "password": studio.DEMO_PASSWORD}
        answer = self.page.request.post("/api/auth/login", data=given)
        assert answer.ok, answer.text()


def _fill_in(page: Page) -> None:
    if _begins(page, "Who is booking?"):
        wizard.up_to_the_review(page, "Kim Duval", service="")


def _fill_in_at_the_desk(page: Page) -> None:
    if _begins(page, "Who is it for?"):
        wizard.up_to_the_desks_review(page)


_BEGINNINGS = {routes.BOOK: _fill_in, routes.BOOKING_NEW: _fill_in_at_the_desk}
"""From its last screen all of a wizard can be reached."""


def _begins(page: Page, first: str) -> bool:
    """Whether a wizard stands at its first screen; what it was told is forgotten then."""
    is_first = page.locator("h1").first.inner_text() == first
    if is_first:
        page.evaluate("localStorage.clear(), sessionStorage.clear()")
    return is_first


def _enter(page: Page) -> None:
    """As the client who waits for something, by the link mailed to them."""
    if not page.get_by_role("button", name="Send link").count():
        return
    email = f"kim.{token_hex(4)}@example.com"
    _wished(page, email)
    assert page.request.post("/api/my/link", data={"email": email}).ok
    with databases.connected(studio.database()) as session:
        mails = session.execute(text('select body from delivery where "to" = :email'), {"email": email}).scalars()
        (link,) = (found.group() for mail in mails if (found := re.search(r"/my\?link=\S+", mail)))
    page.goto(link)
    page.get_by_role("button", name="Show my bookings").click()
    expect(page.get_by_text(email)).to_be_visible()


def _records(sweep: Sweep, elsewhere: OpenPage, who: str) -> list[list[str]]:
    """Addresses of the pages of one record each, by kind; bookings by status."""
    if not who:
        return [_sold(elsewhere), [_wished(sweep.page, f"kim.{token_hex(4)}@example.com") for _ in range(3)]]
    found: dict[str, list[str]] = {}
    for href in sorted(sweep.links):
        if "[^/]+" in kind(href) and "?" not in href:
            found.setdefault(kind(href), []).append(href)
    return [*_bookings(sweep.page), *(some[:_RECORDS] for some in found.values())]


def _bookings(page: Page) -> list[list[str]]:
    """Some of each status, for those who may list them."""
    asked = {"page_size": str(_RECORDS), "sort": "-start"}
    answers = (page.request.get("/api/bookings", params=asked | {"status": one.value}) for one in BookingStatus)
    found = [answer.json()["data"] for answer in answers if answer.ok]
    return [[routes.booking(row["number"]) for row in rows] for rows in found if rows]


def _sold(elsewhere: OpenPage) -> list[str]:
    """Bookings of the public page, as their clients see them."""
    staff = elsewhere("manager")
    asked = {"source": "PUBLIC_PAGE", "sort": "-start", "page_size": "5"}
    rows = staff.request.get("/api/bookings", params=asked).json()["data"]
    details = (staff.request.get(f"/api/bookings/{row['number']}").json() for row in rows)
    return [routes.public_booking(one["booking"]["public_token"]) for one in details]


def _wished(page: Page, email: str) -> str:
    """A wish that nothing fits, as its client sees it."""
    wish = {
        "service": "MIXING",
        "first_day": (today() + timedelta(days=35)).isoformat(),
        "last_day": (today() + timedelta(days=41)).isoformat(),
        "minutes": 24 * 60,
        "client": {"name": "Kim Duval", "email": email, "phone": f"+1212555{randbelow(9000) + 1000}"},
    }
    answer = page.request.post("/api/public/waitlist", data=wish)
    assert answer.status == 201, answer.text()
    return f"/waitlist/{answer.json()['token']}"
