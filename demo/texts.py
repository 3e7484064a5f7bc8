"""What clients of the demo studio read and sign."""

TERMS = """\
1. The session. The studio sets aside the rooms, people and equipment named in your booking for the time named \
there. The time begins and ends as booked, whenever you arrive. Setting up and packing your own instruments is part \
of it.

2. Price and deposit. The price is made of the lines shown when you book, tax included. Half of it is due as a \
deposit within 24 hours; until then the time is held for you, after that it may be given to somebody else. The rest \
is due before you leave. Overtime is offered when the room is free and costs the hourly rate of the booking.

3. Changing and cancelling. You may cancel free of charge until 48 hours before the start. After that half of the \
price is due. If nobody comes, the whole price is due. You may move a session once, free of charge, until 48 hours \
before it.

4. Rooms. Rooms may be swapped at any time. Pricing will reflect assigned room.

5. Recordings. What you record is yours. The studio hands it over once the booking is paid, keeps a copy for 90 days \
as a courtesy, and is not liable for it after that. Please make your own backup before you leave.

6. Equipment. The studio's equipment is in working order when your session begins. Tell us at once if something is \
not. You pay for what you or your guests break, apart from ordinary wear.

7. Guests. No more people than the room holds. Children need an adult with them. You answer for your guests.

8. House rules. No smoking, no open flames, no drinks on or near the consoles. Food is welcome in the lounges. The \
studio may end a session, without a refund, when somebody is in danger or is treated with disrespect.

9. Samples and rights. You confirm that you have the rights to everything you bring to be recorded, mixed or \
mastered.

10. Liability. The studio is liable for what it does on purpose or through gross negligence. Otherwise its liability \
is limited to the price of the booking. It does not pay for missed releases, travel or musicians' fees.

11. Your data. The studio keeps your name, contact and bookings to carry them out and to keep its books, and gives \
them to nobody else. You may ask for a copy, or for their removal, at any time.

12. Law. The law of the State of New York applies. If one of these points does not hold, the others do.
"""

CANCELLATION_POLICY = (
    "Free to cancel until 48 hours before the start. After that half of the price is due; "
    "if nobody comes, the whole price."
)

PAYMENT_INSTRUCTIONS = (
    "Zelle to pay@demo.studio or Cash App to $platinumsound with your booking number, "
    "or by card at the front desk (+1 212 555 0140)."
)
