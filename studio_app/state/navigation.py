"""Which entries of the sidebar a person sees."""

from services.core.access import Actor, Permission
from studio_app import routes

P = Permission

NEEDS: dict[str, tuple[Permission, ...]] = {
    routes.TODAY: (),
    routes.CALENDAR: (P.VIEW_ALL_SESSIONS, P.VIEW_OWN_SESSIONS),
    routes.BOOKINGS: (P.VIEW_ALL_SESSIONS, P.BOOK_SESSIONS, P.VIEW_PAYMENTS),
    routes.BOOKING_NEW: (P.BOOK_SESSIONS,),
    routes.HOLDS: (P.VIEW_ALL_SESSIONS, P.BOOK_SESSIONS),
    routes.CLIENTS: (P.VIEW_CLIENTS,),
    routes.WAITLIST: (P.MANAGE_CLIENTS,),
    routes.AVAILABILITY: (P.UPDATE_OWN_AVAILABILITY,),
    routes.CAPACITY: (P.VIEW_ALL_SESSIONS,),
    routes.SETTINGS: (P.MANAGE_CATALOG, P.MANAGE_USERS, P.SET_ENGINEER_RATES, P.SET_ROOM_LIMITS, P.LOCK_ROOMS),
    routes.SETTINGS_STUDIO: (P.MANAGE_CATALOG,),
    routes.SETTINGS_ROOMS: (P.MANAGE_CATALOG, P.SET_ROOM_LIMITS, P.LOCK_ROOMS),
    routes.SETTINGS_LOCKOUTS: (P.LOCK_ROOMS,),
    routes.SETTINGS_ENGINEERS: (P.MANAGE_CATALOG, P.SET_ENGINEER_RATES),
    routes.SETTINGS_PERFORMERS: (P.MANAGE_CATALOG,),
    routes.SETTINGS_SERVICES: (P.MANAGE_CATALOG,),
    routes.SETTINGS_HOURS: (P.MANAGE_CATALOG,),
    routes.SETTINGS_MICS: (P.MANAGE_CATALOG,),
    routes.SETTINGS_PRICING: (P.MANAGE_CATALOG,),
    routes.SETTINGS_ONLINE: (P.MANAGE_CATALOG,),
    routes.SETTINGS_PEOPLE: (P.MANAGE_USERS,),
    routes.SETTINGS_MAIL: (P.MANAGE_USERS,),
}


def visible_to(actor: Actor) -> list[str]:
    return [path for path, any_of in NEEDS.items() if not any_of or any(map(actor.can, any_of))]
