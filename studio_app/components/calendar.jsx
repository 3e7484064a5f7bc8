import { useEffect, useRef } from "react";
import { useNavigate } from "react-router";
import {
  createCalendar,
  DayGrid,
  destroyCalendar,
  Interaction,
  ResourceTimeGrid,
  ResourceTimeline,
  TimeGrid,
} from "@event-calendar/core";
import "@event-calendar/core/index.css";

const PLUGINS = [DayGrid, Interaction, ResourceTimeGrid, ResourceTimeline, TimeGrid];
const HOURS = ["resourceTimeGridDay", "timeGridWeek"];
const HEIGHTS = {
  resourceTimeGridDay: "max(480px, calc(100dvh - 236px))",
  timeGridWeek: "max(480px, calc(100dvh - 236px))",
  resourceTimelineMonth: "auto",
  dayGridMonth: "max(860px, calc(100dvh - 236px))",
};
const NO_TOOLBAR = { start: "", center: "", end: "" };

export function MasterCalendar({ frame, columns, days, events, canBook, onPick }) {
  const navigate = useNavigate();
  const newest = useRef({});
  newest.current = { navigate, onPick, canBook };
  return (
    <>
      <Grid frame={frame} columns={columns} events={events} newest={newest} />
      <Agenda frame={frame} columns={columns} days={days} events={events} newest={newest} />
    </>
  );
}

// Wide screens. The library keeps its own DOM: a new frame makes a new one, new events only change it.
function Grid({ frame, columns, events, newest }) {
  const place = useRef(null);
  const calendar = useRef(null);
  const shape = JSON.stringify(frame);
  useEffect(() => {
    const options = optionsOf(frame, newest);
    const made = createCalendar(place.current, PLUGINS, {
      ...options,
      resources: resourcesOf(columns),
      events: eventsOf(events, frame),
    });
    calendar.current = made;
    withoutRoles(place.current);
    return () => {
      calendar.current = null;
      destroyCalendar(made);
    };
  }, [shape]);
  useEffect(() => {
    calendar.current?.setOption("resources", resourcesOf(columns));
    withoutRoles(place.current);
  }, [columns]);
  useEffect(() => {
    calendar.current?.setOption("events", eventsOf(events, frame));
  }, [events, shape]);
  const openDay = (click) => {
    const head = click.target.closest(".ec-col-head time");
    if (head && frame.view === "week") newest.current.navigate(dayHref(head.dateTime));
  };
  return <div ref={place} className={`grid-view ${frame.view}-view`} onClick={openDay} />;
}

// The library calls its boxes a table, which has no cells for the events: to a screen reader they are links.
function withoutRoles(place) {
  requestAnimationFrame(() => {
    for (const box of place.querySelectorAll("[role]:not(a,button)")) {
      box.removeAttribute("role");
      box.removeAttribute("aria-colindex");
      box.removeAttribute("aria-colspan");
    }
  });
}

function optionsOf(frame, newest) {
  return {
    view: frame.mode,
    date: frame.date,
    firstDay: frame.first_weekday,
    locale: frame.locale,
    timeZone: frame.now,
    headerToolbar: NO_TOOLBAR,
    height: HEIGHTS[frame.mode],
    columnWidth: frame.view === "month" ? undefined : "minmax(116px, 1fr)",
    slotMinTime: frame.first,
    slotMaxTime: frame.last,
    slotHeight: 28,
    slotLabelFormat: hourText,
    scrollTime: frame.scroll,
    allDaySlot: false,
    nowIndicator: true,
    slotEventOverlap: false,
    dayMaxEvents: true,
    dayHeaderFormat: frame.view === "week" ? { weekday: "short", month: "short", day: "numeric" } : { weekday: "short" },
    ...(frame.mode === "resourceTimelineMonth" ? { duration: { weeks: 1 }, monthHeaderFormat: () => "" } : {}),
    dayCellContent: frame.view === "month" ? (cell) => dayNumber(cell.date, newest) : undefined,
    resourceLabelContent: ({ resource }) => columnHead(resource),
    eventContent: ({ event }) => ({ domNodes: contentOf(event, newest) }),
    dateClick: ({ dateStr, allDay, resource }) => {
      if (newest.current.canBook) newest.current.onPick(dateStr.slice(0, allDay ? 10 : 16), resource?.id ?? "");
    },
  };
}

function resourcesOf(columns) {
  return columns.map(({ id, title, note }) => ({ id, title, extendedProps: { note } }));
}

function eventsOf(events, frame) {
  const isHours = HOURS.includes(frame.mode);
  return events.flatMap((event) => {
    const isBehind = event.kind === "block" && isHours;
    const drawn = {
      id: event.id,
      start: event.start,
      end: event.end,
      resourceIds: event.columns,
      display: isBehind ? "background" : "auto",
      classNames: [`is-${event.tone}`],
      extendedProps: event,
    };
    if (!isHours || !event.free_from) return [drawn];
    const buffer = { ...drawn, id: `${event.id}-buffer`, start: event.end, end: event.free_from };
    return [drawn, { ...buffer, display: "background", classNames: ["is-buffer"], extendedProps: { who: "Buffer", lines: [] } }];
  });
}

function node(tag, className, text) {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

// A link over the whole event: it opens with Enter, and in a new tab when asked to.
function contentOf({ extendedProps, display }, newest) {
  const words = wordsOf(extendedProps);
  if (display === "background") return words;
  const link = node("a", "event-link", "");
  link.href = extendedProps.href;
  link.draggable = false;
  link.onclick = (click) => go(click, extendedProps.href, newest);
  const text = node("span", "words", "");
  text.append(...words);
  link.append(text);
  return [link];
}

function wordsOf({ who, word, lines }) {
  const head = node("b", "who", who);
  if (word) head.append(" ", node("span", "word", word));
  return [head, ...lines.map((line) => node("span", "line", line))];
}

function columnHead(column) {
  const nodes = [node("b", "", column.title)];
  if (column.extendedProps.note) nodes.push(node("small", "", column.extendedProps.note));
  return { domNodes: nodes };
}

function dayNumber(date, newest) {
  const pad = (number) => String(number).padStart(2, "0");
  const href = dayHref(`${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`);
  const link = node("a", "day-number", date.getDate());
  link.href = href;
  link.ariaLabel = date.toLocaleDateString("en-US", { month: "long", day: "numeric" });
  link.onpointerdown = (press) => press.stopPropagation();
  link.onclick = (click) => go(click, href, newest);
  return { domNodes: [link] };
}

function hourText(time) {
  const hour = time.getHours();
  return hour === 12 ? "noon" : `${hour % 12 || 12} ${hour < 12 ? "am" : "pm"}`;
}

function dayHref(day) {
  const query = new URLSearchParams(window.location.search);
  query.set("view", "day");
  query.set("date", day);
  return `${window.location.pathname}?${query}`;
}

function go(click, href, newest) {
  if (click.metaKey || click.ctrlKey || click.shiftKey) return;
  click.preventDefault();
  newest.current.navigate(href);
}

// Narrow screens and paper: the same as a list, by room or person on a day, by day otherwise.
function Agenda({ frame, columns, days, events, newest }) {
  const isDay = frame.view === "day";
  const groups = (isDay ? columns : days)
    .map((group) => ({
      ...group,
      events: events.filter((event) => falls(event, isDay ? frame.date : group.id, isDay) && (!isDay || event.columns.includes(group.id))),
    }))
    .filter((group) => isDay || group.note || group.events.length > 0);
  return (
    <div className="agenda">
      {groups.map((group) => (
        <section key={group.id} className="card" aria-label={group.title}>
          <header>
            <h2>
              {group.title} <small>{group.note}</small>
            </h2>
            {newest.current.canBook && <BookHere group={group} day={isDay ? frame.date : group.id} newest={newest} />}
          </header>
          {group.events.length === 0 && <p className="sub">Nothing booked</p>}
          <ul>
            {group.events.map((event) => (
              <li key={event.id}>
                <AgendaItem event={event} place={frame.view === "week" ? placeOf(event, columns) : ""} newest={newest} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

// A session is listed on its own day alone; on the page of one day also while it lasts since the night before.
function falls(event, day, isDay) {
  if (event.kind === "session" && (!isDay || event.day >= day)) return event.day === day;
  return event.start.slice(0, 10) <= day && event.end > `${day}T00:00`;
}

// The week's rows say it on a wide screen.
function placeOf(event, columns) {
  if (event.kind === "block") return "";
  return columns
    .filter((column) => event.columns.includes(column.id))
    .map((column) => column.title)
    .join(", ");
}

function BookHere({ group, day, newest }) {
  return (
    <button type="button" className="btn s" aria-label={`Book ${group.title}`} onClick={() => newest.current.onPick(day, group.id)}>
      Book
    </button>
  );
}

function AgendaItem({ event, place, newest }) {
  const lines = place ? [place, ...event.lines] : event.lines;
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
    <a className={`item is-${event.tone}`} href={event.href} onClick={(click) => go(click, event.href, newest)}>
      {words}
    </a>
  );
}
