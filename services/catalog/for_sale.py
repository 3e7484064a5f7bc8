"""The catalog's part of the statement that reads all of one sale."""

FOR_SALE = {
    "services": "select * from service where code = asked.service",
    "rooms": """
        select r.*, x.is_active, array(
            select e.id from room_engineer join engineer e on e.id = engineer_id
             where room_id = r.id and e.deleted_at is null order by e.id) as engineer_ids
          from room r join resource x using (id) where r.id = any(asked.rooms)""",
    "engineers": """
        select e.*, x.is_active,
               array(select room_id from room_engineer where engineer_id = e.id order by room_id) as room_ids,
               (select room_id from room_engineer where engineer_id = e.id and is_primary) as primary_room_id
          from engineer e join resource x using (id) where e.id = any(asked.engineers)""",
    "mics": """
        select m.*, (select count(*) from gear_unit join resource x using (id)
                      where mic_option_id = m.id and x.is_active) as units
          from mic_option m where m.id = any(asked.mics)""",
}
"""Rows of the views of these names, of what the relation `asked` has in `service` (a code), `rooms`, `engineers`
and `mics` (ids)."""
