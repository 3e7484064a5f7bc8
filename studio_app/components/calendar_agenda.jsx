import { go, ranked } from "./calendar_events.js";

// Narrow screens and paper: the same as a list, by room or person on a day, by day otherwise. It begins at `now`: what
// is over is folded away. Without `now`, on paper, all of it is there.
export function Agenda({ picture, holds, now, newest }) {
  const { frame, columns, days } = picture;
  const isDay = frame.view === "day";
  const events = ranked(picture.events, holds).sort((one, other) => one.start.localeCompare(other.start));
  const groups = (isDay ? columns : days)
    .map((group) => ({
      ...group,
      day: isDay ? frame.date : group.id,
      events: events.filter(
        (event) =>
          falls(event, isDay ? frame.date : group.id, isDay) && (!isDay || event.columns.includes(group.id)),
      ),
    }))
    .filter((group) => isDay || group.note || group.events.length > 0);
  const today = now.slice(0, 10);
  const isOver = (group) => !isDay && group.day < today;
  const all = { columns, isDay, now, newest };
  const over = groups.filter(isOver);
  return (
    <div className="agenda">
      {over.length > 0 && (
        <details className="earlier">
          <summary>Earlier days</summary>
          {over.map((group) => (
            <Group key={group.id} group={group} {...all} />
          ))}
        </details>
      )}
      {groups
        .filter((group) => !isOver(group))
        .map((group) => (
          <Group key={group.id} group={group} {...all} />
        ))}
    </div>
  );
}

function Group({ group, columns, isDay, now, newest }) {
  const isOver = (event) => group.day === now.slice(0, 10) && event.end <= now;
  const over = group.events.filter(isOver);
  const list = (events) => (
    <ul>
      {events.map((event) => (
        <li key={event.id}>
          <Item event={event} place={isDay ? "" : placeOf(event, columns)} newest={newest} />
        </li>
      ))}
    </ul>
  );
  return (
    <section className="card" aria-label={group.title}>
      <header>
        <h2>
          {group.title} <small>{group.note}</small>
        </h2>
        {newest.current.canBook && <BookHere group={group} day={group.day} newest={newest} />}
      </header>
      {over.length > 0 && (
        <details className="earlier">
          <summary>{over.length} earlier today</summary>
          {list(over)}
        </details>
      )}
      {group.events.length === over.length && <p className="sub">{over.length ? "Nothing more today" : "Nothing booked"}</p>}
      {list(group.events.filter((event) => !isOver(event)))}
    </section>
  );
}

// Who is off is said under their name.
function falls(event, day, isDay) {
  if (event.tone === "off") return false;
  if (event.kind === "session" && (!isDay || event.day >= day)) return event.day === day;
  return event.start.slice(0, 10) <= day && event.end > `${day}T00:00`;
}

// The rows say it on a wide screen; a month's words say it themselves.
function placeOf(event, columns) {
  if (event.kind === "block" || !columns.length) return "";
  const place = columns
    .filter((column) => event.columns.includes(column.id))
    .map((column) => column.title)
    .join(", ");
  return event.lines?.[0]?.includes(place) ? "" : place;
}

function BookHere({ group, day, newest }) {
  return (
    <button
      type="button"
      className="btn s"
      aria-label={`Book ${group.title}`}
      onClick={() => newest.current.onPick(day, group.id)}
    >
      Book
    </button>
  );
}

function Item({ event, place, newest }) {
  const lines = [...(place ? [place] : []), ...(event.lines ?? [])];
  const words = (
    <>
      <b className="who">
        {event.who} {event.word && <span className="word">{event.word}</span>}
      </b>
      {lines.map((line) => (
        <span className="line" key={line}>
          {line}
        </span>
      ))}
    </>
  );
  if (event.kind === "block") return <div className={`item is-${event.tone}`}>{words}</div>;
  return (
    <>
      <a className={`item is-${event.tone}`} href={event.href} onClick={(click) => go(click, event.href, newest)}>
        {words}
      </a>
      {event.can_move && (
        <button
          type="button"
          className="btn g s"
          aria-label={`Move or change ${event.who}`}
          onClick={() => newest.current.onAsk(event.id)}
        >
          Move or change…
        </button>
      )}
    </>
  );
}
