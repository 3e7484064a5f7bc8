"""Whatever is a file is saved, under its name, by a click; the page stays."""

import json

import pytest
from playwright.sync_api import Download, Page, expect

from tests import studio
from tests.browser import desk
from tests.browser.booking_page import open_booking
from tests.browser.fixtures import OpenPage

pytestmark = pytest.mark.browser

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


def saved(page: Page, name: str, role: str = "link") -> tuple[Download, bytes]:
    here = page.url
    with page.expect_download() as waiting:
        page.get_by_role(role, name=name).first.click()  # type: ignore[arg-type]
    assert page.url == here
    return waiting.value, waiting.value.path().read_bytes()


@pytest.mark.parametrize(
    ("path", "heading"),
    [("/bookings", "number"), ("/clients", "name"), ("/holds", "number"), ("/waitlist", "status")],
)
def test_a_list_is_saved_as_csv(agent_page: Page, path: str, heading: str) -> None:
    agent_page.goto(path)
    expect(agent_page.get_by_role("link", name="CSV")).to_be_visible()
    file, content = saved(agent_page, "CSV")
    assert file.suggested_filename == f"{path[1:]}.csv"
    assert content.decode("utf-8-sig").startswith(heading)


def test_a_client_is_saved_as_json(page: Page) -> None:
    studio.sign_in(page, "admin@demo.studio")
    client_id = desk.client_id(page)
    page.goto(f"/clients/{client_id}")
    file, content = saved(page, "Export as JSON")
    assert file.suggested_filename == f"client-{client_id}.json"
    assert json.loads(content)


def test_the_files_of_a_booking_are_saved_by_staff_and_by_the_client(agent_page: Page, elsewhere: OpenPage) -> None:
    number = desk.book(agent_page, desk.order(agent_page, desk.day_of_its_own(agent_page)))
    sent = agent_page.request.post(
        "/api/uploads",
        multipart={"booking": number, "file": {"name": "Röthe 1.png", "mimeType": "image/png", "buffer": PNG}},
    )
    assert sent.ok, sent.text()
    open_booking(agent_page, number)
    file, content = saved(agent_page, "Röthe 1.png")
    assert (file.suggested_filename, content) == ("Röthe 1.png", PNG)
    link = agent_page.request.get(f"/api/bookings/{number}").json()["booking"]["public_token"]

    visitor = elsewhere("")
    visitor.goto(f"/booking/{link}")
    file, content = saved(visitor, "Röthe 1.png")
    assert (file.suggested_filename, content) == ("Röthe 1.png", PNG)
    file, content = saved(visitor, "Add to calendar")
    assert file.suggested_filename == f"{number}.ics"
    assert content.startswith(b"BEGIN:VCALENDAR")


def test_the_api_s_description_opens(agent_page: Page) -> None:
    agent_page.goto("/today")
    agent_page.get_by_role("button", name="Your account").click()
    agent_page.get_by_role("link", name="API").click()
    expect(agent_page.get_by_role("heading", level=1, name="Platinum Sound API")).to_be_visible()
