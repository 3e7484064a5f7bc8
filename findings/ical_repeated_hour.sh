#!/bin/sh
# Calendar readers and the hour that comes twice (New York, 2026-11-01, 01:00 to 02:00).
#
# 1. A session of three hours, 23:30 EDT to 01:30 EST (03:30Z to 06:30Z), written with DTSTART;TZID and DTEND in UTC:
#      icalendar 7.3.0                 03:30Z to 06:30Z
#      recurring-ical-events 3.8.2     03:30Z to 07:30Z   four hours of three
# 2. A session that begins at 01:30 by TZID, which is the first of the two (RFC 5545, 3.3.5), 05:30Z:
#      icalendar 7.3.0                 05:30Z
#      icalevents 0.3.1                06:30Z             an hour late
# With both times in UTC all of them read what was meant: so both are written in UTC where either lies in such an hour.
#
# Each reader runs in a process of its own: importing icalevents makes icalendar use pytz for the whole process.
# Exits with 0 as long as all this is so.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
    icalendar==7.3.0 recurring-ical-events==3.8.2 icalevents==0.3.1 tzdata==2026.6
cat > "$folder/read.py" <<'PY'
import sys
from datetime import UTC, datetime

READER, START, END = sys.argv[1:]
TEXT = f"""BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//finding//EN
BEGIN:VTIMEZONE
TZID:America/New_York
BEGIN:DAYLIGHT
DTSTART:20260308T020000
TZOFFSETFROM:-0500
TZOFFSETTO:-0400
TZNAME:EDT
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:20261101T020000
TZOFFSETFROM:-0400
TZOFFSETTO:-0500
TZNAME:EST
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
UID:1@finding
DTSTAMP:20261001T000000Z
SUMMARY:Session
DTSTART{START}
DTEND{END}
END:VEVENT
END:VCALENDAR
""".replace("\n", "\r\n")

if READER == "icalendar":
    import icalendar

    event = icalendar.Calendar.from_ical(TEXT).walk("VEVENT")[0]
elif READER == "recurring":
    import icalendar
    import recurring_ical_events

    (event,) = recurring_ical_events.of(icalendar.Calendar.from_ical(TEXT)).between((2026, 10, 30), (2026, 11, 3))
else:
    from icalevents.icalevents import events

    first, last = datetime(2026, 10, 30, tzinfo=UTC), datetime(2026, 11, 3, tzinfo=UTC)
    (event,) = events(string_content=TEXT.encode(), start=first, end=last)
print("-".join(at.astimezone(UTC).strftime("%H:%M") for at in (event.start, event.end)))
PY
zone=";TZID=America/New_York:"
expect() { # reader, DTSTART, DTEND, what was seen
    seen=$("$folder/venv/bin/python" "$folder/read.py" "$1" "$2" "$3")
    echo "$1: DTSTART$2 DTEND$3 is $seen UTC"
    [ "$seen" = "$4" ] || { echo "This has changed: $4 was seen."; exit 1; }
}
expect icalendar "${zone}20261031T233000" :20261101T063000Z 03:30-06:30
expect recurring "${zone}20261031T233000" :20261101T063000Z 03:30-07:30
expect recurring :20261101T033000Z :20261101T063000Z 03:30-06:30
expect icalendar "${zone}20261101T013000" "${zone}20261101T030000" 05:30-08:00
expect icalevents "${zone}20261101T013000" "${zone}20261101T030000" 06:30-08:00
expect icalevents :20261101T053000Z :20261101T080000Z 05:30-08:00
