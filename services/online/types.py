from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class OnlineRules:
    """What the owner sets of selling online; `models.online.OnlineBooking` says what each means."""

    start_step_minutes: int
    shortest_minutes: int
    longest_minutes: int
    lead_hours: int
    horizon_days: int
    unpaid_bookings: int
    unpaid_hours: int
    unpaid_room_pct: int
    bookings_a_day: int
    change_requests_a_day: int
    links_an_hour: int
    sign_ins_a_minute: int
    requests_a_minute: int
    questions_a_minute: int
