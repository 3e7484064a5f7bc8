import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { useLocation, useNavigate } from "react-router";
import { flushSync } from "react-dom";
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
import { Agenda } from "./calendar_agenda.jsx";
import { minutesBetween, minutesLater, moved } from "./calendar_clock.js";
import { useSchedule } from "./calendar_data.js";
import {
  columnHead,
  contentOf,
  dayHref,
  dayNumber,
  drawn,
  go,
  hourText,
  sync,
} from "./calendar_events.js";

const PLUGINS = [DayGrid, Interaction, ResourceTimeGrid, ResourceTimeline, TimeGrid];
const DAYS = ["resourceTimelineMonth", "dayGridMonth"];
const TALL = "max(480px, calc(100dvh - 236px))";
const HEIGHTS = { resourceTimelineMonth: "auto", resourceTimelineWeek: "auto", dayGridMonth: "auto" };
const NO_TOOLBAR = { start: "", center: "", end: "" };
const LIST = "(max-width: 699px), print";
const UNANSWERED_MS = 5000;

export function MasterCalendar({ patch, asking, canBook, onPick, onMove, onAsk }) {
  const navigate = useNavigate();
  const { search } = useLocation();
  const { picture, holds, trouble, isOld, load } = useSchedule(search, patch);
  const [moving, setMoving] = useMoving(asking);
  const isList = useMedia(LIST);
  const isPaper = useMedia("print");
  const now = useNow(picture);
  const newest = useRef({});
  Object.assign(newest.current, { navigate, onPick, onAsk, canBook, load });
  newest.current.onDrop = (drop) => {
    setMoving(drop);
    onMove(drop.number, drop.start, drop.resized ? drop.end : "", drop.from, drop.to);
  };
  if (!picture) return trouble ? <Trouble text={trouble} onRetry={load} /> : <Waiting />;
  return (
    <div className="calendar" aria-busy={isOld}>
      {trouble && <Trouble text={trouble} onRetry={load} />}
      {picture.away.length > 0 && <Away words={picture.away} />}
      {holds.length > 0 && <Holds holds={holds} events={picture.events} newest={newest} />}
      {isList ? (
        <Agenda picture={picture} holds={holds} now={isPaper ? "" : now} newest={newest} />
      ) : (
        <Grid picture={picture} holds={holds} moving={moving} newest={newest} />
      )}
    </div>
  );
}

// What was dropped stays where it was dropped until the dialog about it has closed.
function useMoving(asking) {
  const [moving, setMoving] = useState(null);
  const wasAsking = useRef("");
  useEffect(() => {
    if (wasAsking.current && !asking) setMoving(null);
    wasAsking.current = asking;
  }, [asking]);
  useEffect(() => {
    if (!moving || asking) return undefined;
    const timer = setTimeout(() => setMoving(null), UNANSWERED_MS);
    return () => clearTimeout(timer);
  }, [moving, asking]);
  return [moving, setMoving];
}

// What the studio's clock shows, minute by minute.
function useNow(picture) {
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((count) => count + 1), 60_000);
    return () => clearInterval(timer);
  }, []);
  return picture ? minutesLater(picture.clock, Math.floor((performance.now() - picture.at) / 60_000)) : "";
}

// At once, because the browser prints right after it says so.
function useMedia(query) {
  const list = useMemo(() => window.matchMedia(query), [query]);
  const subscribe = (changed) => {
    const now = () => flushSync(changed);
    list.addEventListener("change", now);
    return () => list.removeEventListener("change", now);
  };
  return useSyncExternalStore(subscribe, () => list.matches);
}

function Trouble({ text, onRetry }) {
  return (
    <div className="note bad row" role="alert">
      <span className="grow">{text}</span>
      <button type="button" className="btn s" onClick={onRetry}>
        Try again
      </button>
    </div>
  );
}

function Waiting() {
  return (
    <div className="calendar-waiting" role="status">
      <span className="visually-hidden">Loading</span>
    </div>
  );
}

function Away({ words }) {
  return (
    <div className="row wrap away-row">
      <span className="sub">Away</span>
      {words.map((text) => (
        <span key={text} className="tag is-away">
          {text}
        </span>
      ))}
    </div>
  );
}

function Holds({ holds, events, newest }) {
  return (
    <section className="holds-strip" aria-label="Pencilled">
      <h2>Pencilled</h2>
      <ul>
        {holds.map((hold) => (
          <li key={hold.booking}>
            <a className="item is-hold" href={hold.href} onClick={(click) => go(click, hold.href, newest)}>
              <b>
                {hold.who} <span className="word">{hold.rank}</span>
              </b>
              <span>{hold.when}</span>
              <span>{hold.place}</span>
              <span className={hold.is_pressing ? "pressing" : ""}>{hold.clock}</span>
            </a>
            {events.get(hold.booking)?.can_move && (
              <button
                type="button"
                className="event-change"
                title="Move or change…"
                aria-label={`Move or change the hold of ${hold.who}`}
                onClick={() => newest.current.onAsk(events.get(hold.booking).id)}
              >
                ⋯
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

// Wide screens. The library keeps its own DOM: a new frame makes a new one, new events only change it.
function Grid({ picture, holds, moving, newest }) {
  const { columns } = picture;
  const { turns_in: turnsIn, ...frame } = picture.frame;
  const place = useRef(null);
  const calendar = useRef(null);
  const shown = useRef(new Map());
  const shape = JSON.stringify([frame, columns]);
  const wanted = useMemo(() => drawn(picture, holds, moving), [picture, holds, moving]);
  useEffect(() => {
    shown.current = wanted;
    const made = createCalendar(place.current, PLUGINS, {
      ...optionsOf(frame, newest),
      resources: columns.map(({ id, title, note }) => ({ id, title, extendedProps: { note } })),
      events: [...wanted.values()],
    });
    calendar.current = made;
    withoutRoles(place.current);
    toNow(place.current, frame);
    return () => {
      calendar.current = null;
      destroyCalendar(made);
    };
  }, [shape]);
  useEffect(() => {
    if (shown.current !== wanted) sync(calendar.current, shown.current, wanted);
    shown.current = wanted;
  }, [wanted]);
  // The now-line goes by an offset, which is another after the clocks have changed.
  useEffect(() => {
    const timer = turnsIn ? setTimeout(() => newest.current.load(), turnsIn * 1000) : 0;
    return () => clearTimeout(timer);
  }, [picture]);
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
    place.querySelector(".ec-main")?.setAttribute("tabindex", "0");
  });
}

// A week is wider than the screen.
function toNow(place, frame) {
  if (frame.view !== "timeline") return;
  requestAnimationFrame(() => {
    const main = place.querySelector(".ec-main");
    const hour = parseInt(frame.scroll) + minutesBetween(frame.start, frame.date) / 60;
    const grid = main.scrollWidth - main.querySelector(".ec-sidebar").offsetWidth;
    main.scrollLeft = (grid * hour) / (24 * 7);
  });
}

function optionsOf(frame, newest) {
  const isTimeline = frame.view === "timeline";
  return {
    view: frame.mode,
    date: frame.mode.startsWith("resourceTimeline") ? frame.start : frame.date,
    firstDay: frame.first_weekday,
    locale: frame.locale,
    timeZone: frame.now,
    headerToolbar: NO_TOOLBAR,
    height: HEIGHTS[frame.mode] ?? TALL,
    columnWidth: frame.view === "month" ? undefined : "minmax(116px, 1fr)",
    slotMinTime: frame.first,
    slotMaxTime: frame.last,
    ...(DAYS.includes(frame.mode) ? {} : { slotDuration: isTimeline ? "01:00" : frame.slot, snapDuration: frame.snap }),
    slotHeight: isTimeline ? 28 : frame.slot_height,
    slotWidth: isTimeline ? 34 : undefined,
    slotLabelInterval: isTimeline ? "02:00" : "01:00",
    slotLabelFormat: () => hourText(frame.locale),
    scrollTime: frame.scroll,
    allDaySlot: false,
    nowIndicator: true,
    slotEventOverlap: false,
    dayHeaderFormat: frame.view === "month" ? { weekday: "short" } : { weekday: "short", month: "short", day: "numeric" },
    ...(frame.mode === "resourceTimelineMonth" ? { duration: { weeks: 1 }, monthHeaderFormat: () => "" } : {}),
    dayCellContent: frame.view === "month" ? (cell) => dayNumber(cell.date, frame.locale, newest) : undefined,
    resourceLabelContent: ({ resource }) => columnHead(resource),
    eventContent: ({ event }) => ({ domNodes: contentOf(event, newest) }),
    eventDragStart: () => setDragging(newest, true),
    eventDragStop: () => setDragging(newest, false),
    eventResizeStart: () => setDragging(newest, true),
    eventResizeStop: () => setDragging(newest, false),
    eventDrop: (info) => newest.current.onDrop(dropOf(info)),
    eventResize: (info) => newest.current.onDrop({ ...dropOf(info), resized: true }),
    dateClick: ({ dateStr, allDay, resource }) => {
      if (newest.current.canBook) newest.current.onPick(dateStr.slice(0, allDay ? 10 : 16), resource?.id ?? "");
    },
  };
}

// The click that ends a drag opens nothing.
function setDragging(newest, isDragging) {
  if (isDragging) newest.current.isDragging = true;
  else setTimeout(() => (newest.current.isDragging = false), 50);
}

// By how far it was moved, not by where the library says it is: that is told in the browser's zone, which may skip
// the very hour. Where days are drawn, the time of day stays by itself.
function dropOf({ event, delta, startDelta, endDelta, oldResource, newResource }) {
  const { id, columns, start, end } = event.extendedProps;
  return {
    number: id,
    start: moved(start, delta ?? startDelta),
    end: moved(end, delta ?? endDelta),
    from: oldResource?.id ?? "",
    to: newResource?.id ?? "",
    columns: newResource ? columns.map((one) => (one === oldResource.id ? newResource.id : one)) : columns,
  };
}
