"""The statements that read the ledger of time."""

from sqlalchemy import text


def _epoch(instant: str) -> str:
    return f"extract(epoch from {instant})::int8"


def _spans(multirange: str) -> str:
    pair = f"json_build_array({_epoch('lower(x)')}, {_epoch('upper(x)')})"
    return f"(select coalesce(json_agg({pair} order by x), '[]') from unnest({multirange}) as x)"


_NEXT_DAY = "case when {0}.\"end\" <= {0}.start then interval '1 day' else interval '0' end"


def instant(local: str, clock: str) -> str:
    """The instant of a wall-clock time, by the one rule for those that come twice or never (`services.core.clock`).

    `clock` is what has `since` and `ahead` of `clock.offsets`: the database's own rules are of another year.
    """
    return f"(({local}) - {clock}.ahead[width_bucket({local}, {clock}.since) + 1]) at time zone 'UTC'"


def days_between(first: str, last: str, clock: str) -> str:
    """Local days, both included, as a range."""
    return f"tstzrange({instant(f'{first}::timestamp', clock)}, {instant(f'({last} + 1)::timestamp', clock)})"


WALL_CLOCK = "cast(:since as timestamp[]) as since, cast(:ahead as interval[]) as ahead"


def _stretch(day: str, table: str) -> str:
    """A weekly stretch on a local day as a range; empty where the clocks skip all of it."""
    start = instant(f"{day}.day + {table}.start", day)
    end = instant(f'{day}.day + {table}."end" + {_NEXT_DAY.format(table)}', day)
    return f"tstzrange({start}, greatest({start}, {end}))"


# The arguments are read in the first part only: hidden from the planner there, they make one plan
# good for all, which is then kept with the prepared statement and saves planning it every time.
# A day reaches back one day and on for three, because periods and sessions run past midnight.
# The join to `allocation` is written as the exclusion constraint is, so that its index serves.
SNAPSHOT = text(
    f"""
with studio as (
    select {WALL_CLOCK}, cast(:first as date) as first, cast(:days as int) as days,
           cast(:minutes as int) as minutes, cast(:rooms as int[]) as rooms, cast(:engineers as int[]) as engineers,
           cast(:options as int[]) as options, cast(:except_booking_id as int) as except_booking_id,
           (select buffer_minutes from service where code = :service and is_active and deleted_at is null) as buffer
), calendar as (
    select first + n as day, extract(isodow from first + n)::int - 1 as weekday, since, ahead,
           n >= 0 and n < days as is_asked
      from studio, generate_series(-1, days + 3) as n
), opening as (
    select c.day, {_stretch("c", "p")} as during
      from calendar c join period p on p.weekday = c.weekday and p.is_active
), closed as (
    select reason, {days_between("first_day", "last_day", "studio")} as during
      from closure, studio where last_day >= first - 1 and first_day <= first + days + 3
), hours as (
    select coalesce((select range_agg(during) from opening), '{{}}') as opened,
           coalesce((select range_agg(during) from closed), '{{}}') as closed
), asked as (
    select c.day, {instant("c.day::timestamp", "c")} as begins,
           greatest({instant("(c.day + 1)::timestamp", "c")}, max(upper(o.during))) as ends
      from calendar c
      left join opening o on o.day = c.day
       and not exists (select from closure where c.day between first_day and last_day)
     where c.is_asked group by c.day, c.since, c.ahead
), span as (
    select tstzrange(min(begins), max(ends) + make_interval(mins => max(minutes) + coalesce(max(buffer), 0)))
           as during from asked, studio
), wanted as (
    select r.id, 'ROOM' as kind, r.name, r.position, r.status::text as status, null::int as mic_option_id,
           s.is_active and r.deleted_at is null and r.status = 'AVAILABLE' as is_usable
      from studio, room r join resource s using (id)
     where case when rooms is null then s.is_active and r.deleted_at is null else r.id = any(rooms) end
    union all
    select e.id, 'ENGINEER', e.name, 0, '', null, s.is_active and e.deleted_at is null
      from studio, engineer e join resource s using (id)
     where case when engineers is null then s.is_active and e.deleted_at is null else e.id = any(engineers) end
    union all
    select g.id, 'GEAR_UNIT', o.name, 0, '', o.id, s.is_active and o.is_active
      from studio, gear_unit g join resource s using (id) join mic_option o on o.id = g.mic_option_id
     where o.id = any(options)
), timetable as (
    select w.*, own.hours,
           (own.hours - hours.closed) * tstzmultirange(span.during) - coalesce(busy.during, '{{}}') as free,
           tstzmultirange(span.during) - coalesce(busy.during, '{{}}') as clear
      from wanted w cross join hours cross join span
      left join lateral (
          select range_agg(a.during) as during from studio, allocation a
           where int8range(a.resource_id, a.resource_id, '[]') && int8range(w.id, w.id, '[]')
             and a.during && span.during and coalesce(a.booking_id <> except_booking_id, true)
      ) busy on true
      cross join lateral (
          select case w.kind
              when 'ROOM' then hours.opened
              when 'ENGINEER' then coalesce((select range_agg(during) from (
                  select {_stretch("c", "h")} as during
                    from calendar c join working_hours h using (weekday) where h.resource_id = w.id
                  union all
                  select x.during from extra_availability x where x.resource_id = w.id and x.during && span.during
              ) as works), '{{}}')
              else tstzmultirange(span.during) end as hours
      ) own
)
select buffer, (select start_step_minutes from online_booking) as step,
    (select json_agg(json_build_array(day, {_epoch("begins")}, {_epoch("ends")}) order by day) from asked) as days,
    {_spans("opened")} as hours,
    {_spans("opened - closed")} as open,
    (select coalesce(json_agg(json_build_array({_epoch("lower(during)")}, {_epoch("upper(during)")}, reason)
        order by during), '[]') from closed) as closures,
    (select coalesce(json_agg(json_build_object(
        'id', id, 'kind', kind, 'name', name, 'is_usable', is_usable, 'status', status, 'mic_option_id', mic_option_id,
        'engineers', array(select engineer_id from room_engineer
                            where room_id = t.id and engineers is distinct from '{{}}'),
        'primary', array(select engineer_id from room_engineer where room_id = t.id and is_primary),
        'hours', case kind when 'ENGINEER' then {_spans("t.hours")} end,
        'free', {_spans("free")}, 'clear', {_spans("clear")}) order by position, id), '[]')
        from timetable t) as resources
  from studio, hours
"""
)

MEETINGS = text(
    """
select a.resource_id, lower(a.during) as start, upper(a.during) as end, a.reason::text as reason,
       least(b."end", b.freed_from) as session_end, b.number, c.name as client,
       l.kind::text as lockout_kind, l.reason as lockout_reason
  from unnest(cast(:ids as int[])) as wanted(id)
  join allocation a on int8range(a.resource_id, a.resource_id, '[]') && int8range(wanted.id, wanted.id, '[]')
   and a.during && tstzrange(:start, :end) and coalesce(a.booking_id <> cast(:except_booking_id as int), true)
  left join booking b on b.id = a.booking_id
  left join client c on c.id = b.client_id
  left join lockout l on l.id = a.lockout_id
 order by lower(a.during), a.resource_id
"""
)


CAPACITY = text(
    f"""
with calendar as (
    select cast(:first as date) + n as day, extract(isodow from cast(:first as date) + n)::int - 1 as weekday,
           {WALL_CLOCK}
      from generate_series(0, cast(:days as int) - 1) as n
), online as (
    select coalesce(json_agg(
               json_build_array(code, name, duration_minutes + buffer_minutes) order by position, id), '[]') as services
      from service where mode = 'ONLINE' and is_active and deleted_at is null
), sold as (
    select c.day, p.*, {_stretch("c", "p")} as during from calendar c join period p using (weekday)
     where p.is_active and not exists (select from closure where c.day between first_day and last_day)
), held as (
    select business_date as day, period_id, count(*) as bookings from booking
     where business_date between cast(:first as date) and cast(:first as date) + cast(:days as int) - 1
       and period_id is not null and status::text = any(cast(:holding as text[]))
     group by 1, 2
)
select s.day, s.id, s.name, s.capacity_minutes, coalesce(d.used_minutes, 0) as used_minutes,
       coalesce(h.bookings, 0) as bookings, services,
       {_epoch("lower(during)")} as opens, {_epoch("upper(during)")} as shuts
  from sold s cross join online left join capacity_day d on d.day = s.day and d.period_id = s.id
  left join held h on h.day = s.day and h.period_id = s.id
 where not isempty(during)
 order by during
"""
)

USAGE = text(
    f"""
with calendar as (
    select cast(:first as date) + n as day, extract(isodow from cast(:first as date) + n)::int - 1 as weekday,
           {WALL_CLOCK}
      from generate_series(-1, cast(:days as int) - 1) as n
), asked as (
    select tstzrange(:start, :end) as during
), opened as (
    select range_agg({_stretch("c", "p")}) as during
      from calendar c join period p using (weekday)
     where p.is_active and not exists (select from closure where c.day between first_day and last_day)
), used as (
    select coalesce(o.during, '{{}}') * tstzmultirange(asked.during) - coalesce(locked.during, '{{}}') as open,
           coalesce(booked.during, '{{}}') * tstzmultirange(asked.during) as booked
      from room r join resource s using (id) cross join asked cross join opened o
      cross join lateral (
          select range_agg(a.during) as during from allocation a
           where int8range(a.resource_id, a.resource_id, '[]') && int8range(r.id, r.id, '[]')
             and a.during && asked.during and a.lockout_id is not null
      ) locked
      cross join lateral (
          select range_agg(tstzrange(b.start, b."end")) as during
            from allocation a join booking b on b.id = a.booking_id
           where int8range(a.resource_id, a.resource_id, '[]') && int8range(r.id, r.id, '[]')
             and a.during && asked.during
      ) booked
     where s.is_active and r.deleted_at is null and r.status = 'AVAILABLE'
)
select (select sum({_epoch("upper(x) - lower(x)")}) from used, unnest(open) as x) as open,
       coalesce((select sum({_epoch("upper(x) - lower(x)")}) from used, unnest(booked) as x), 0) as booked
"""
)


# A day reaches back one, because hours run past midnight.
PERFORMERS = text(
    f"""
with calendar as (
    select cast(:day as date) + n as day, extract(isodow from cast(:day as date) + n)::int - 1 as weekday,
           {WALL_CLOCK}
      from generate_series(-1, 0) as n
), closed as (
    select coalesce(range_agg({days_between("first_day", "last_day", "wall")}), '{{}}') as during
      from closure, (select {WALL_CLOCK}) as wall
     where last_day >= cast(:day as date) - 1 and first_day <= cast(:day as date) + 1
)
select p.id, p.name, {_spans("works.during * tstzmultirange(tstzrange(:start, :end)) - closed.during - busy.during")}
       as free
  from performer p join resource s using (id) cross join closed
  cross join lateral (
      select coalesce(range_agg(during), '{{}}') as during from (
          select {_stretch("c", "h")} as during
            from calendar c join working_hours h using (weekday) where h.resource_id = p.id
          union all
          select x.during from extra_availability x where x.resource_id = p.id and x.during && tstzrange(:start, :end)
      ) as hours
  ) works
  cross join lateral (
      select coalesce(range_agg(a.during), '{{}}') as during from allocation a
       where int8range(a.resource_id, a.resource_id, '[]') && int8range(p.id, p.id, '[]')
         and a.during && tstzrange(:start, :end)
  ) busy
 where s.is_active and p.deleted_at is null and (:is_all or p.id = :own)
 order by p.name, p.id
"""
)
