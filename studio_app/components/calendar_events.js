// Sessions and what else takes time, as the drawing library takes them.

import { inLanes } from "./calendar_lanes.js";

const COLUMNS = ["resourceTimeGridDay", "timeGridWeek"];
const HOURS = [...COLUMNS, "resourceTimelineWeek"];
const A_DAY = 5; // Chips in a day of the month; more would make it a list to scroll.

export function drawn(picture, holds, moving) {
  const { frame, events } = picture;
  const isHours = HOURS.includes(frame.mode);
  const all = ranked(events, holds);
  const shown = frame.view === "month" ? byDays(all) : all;
  const shapes = shown.flatMap((event) => shapesOf(event, isHours, moving));
  return new Map((COLUMNS.includes(frame.mode) ? inLanes(shapes) : shapes).map((shape) => [shape.id, shape]));
}

export function ranked(events, holds) {
  const ranks = new Map(holds.map((hold) => [hold.booking, hold.rank]));
  const isRanked = (event) => event.tone === "hold" && ranks.has(event.booking);
  return [...events.values()].map((event) => (isRanked(event) ? { ...event, word: ranks.get(event.booking) } : event));
}

// Ranks follow from one another, and a session may have taken held time, or given it back: all are asked for anew.
export function touchesHolds(picture, { changed = [], gone = [] }) {
  const isHeld = [...(picture?.events.values() ?? [])].some((event) => event.tone === "hold");
  return changed.some((event) => event.tone === "hold") || (isHeld && changed.length + gone.length > 0);
}

function shapesOf(event, isHours, moving) {
  const isMoving = moving?.number === event.id;
  const isBehind = event.kind === "block" && (isHours || event.tone === "off");
  const shape = {
    id: event.id,
    start: event.start,
    end: event.end,
    resourceIds: event.columns,
    display: isBehind ? "background" : "auto",
    classNames: [`is-${event.tone}`],
    startEditable: Boolean(event.can_move) && !moving,
    durationEditable: Boolean(event.can_move) && isHours && !moving,
    extendedProps: event,
  };
  if (isMoving) return movingShapes(shape, moving, isHours);
  if (!isHours || !event.free_from || event.tone === "hold") return [shape]; // A hold blocks nobody.
  return [shape, bufferOf(shape, event.free_from)];
}

// Where it is, pale, and where it would be. By the hour the pale one lies behind and takes no room.
function movingShapes(shape, { start, end, columns }, isHours) {
  const still = { ...shape, startEditable: false, durationEditable: false };
  const display = isHours ? "background" : "auto";
  return [
    { ...still, id: `${shape.id}-was`, display, classNames: [...shape.classNames, "is-ghost"] },
    { ...still, start, end, resourceIds: columns, classNames: [...shape.classNames, "is-asked"] },
  ];
}

function bufferOf(shape, until) {
  const about = { who: "Buffer", lines: [] };
  const around = { startEditable: false, durationEditable: false, display: "background", extendedProps: about };
  return { ...shape, ...around, id: `${shape.id}-buffer`, start: shape.end, end: until, classNames: ["is-buffer"] };
}

// The first of each day, and a link to the rest. What lasts for days is not counted.
function byDays(events) {
  const days = Map.groupBy(
    events.filter((event) => event.kind === "session"),
    (event) => event.day,
  );
  const shown = events.filter((event) => event.kind !== "session");
  for (const [day, sessions] of days) {
    sessions.sort((one, other) => one.start.localeCompare(other.start));
    const rest = sessions.length > A_DAY ? sessions.splice(A_DAY - 1) : [];
    shown.push(...sessions);
    if (rest.length) shown.push(more(day, rest.length));
  }
  return shown;
}

function more(day, count) {
  const late = `${day}T23:59`;
  const rest = { start: late, end: late, columns: [], lines: [], href: dayHref(day), tone: "more" };
  return { ...rest, id: `${day}-more`, kind: "more", who: `+${count} more` };
}

export function dayHref(day) {
  const query = new URLSearchParams(window.location.search);
  query.set("view", "day");
  query.set("date", day);
  return `${window.location.pathname}?${query}`;
}

// Only what differs is drawn again; a new picture is drawn at once.
const FEW = 30;

export function sync(calendar, before, after) {
  const same = (one, other) => one === other || JSON.stringify(one) === JSON.stringify(other);
  const gone = [...before.keys()].filter((id) => !after.has(id));
  const other = [...after.values()].filter((shape) => !same(shape, before.get(shape.id)));
  if (gone.length + other.length > FEW) {
    calendar.setOption("events", [...after.values()]);
    return;
  }
  gone.forEach((id) => calendar.removeEventById(id));
  other.forEach((shape) => (before.has(shape.id) ? calendar.updateEvent(shape) : calendar.addEvent(shape)));
}

function node(tag, className, text) {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

// A link over the whole event, which opens with Enter, and in a new tab when asked to; and a button beside it.
export function contentOf({ extendedProps, display }, newest) {
  const words = wordsOf(extendedProps);
  if (display === "background") return words;
  const link = node("a", "event-link", "");
  link.href = extendedProps.href;
  link.draggable = false;
  link.title = [extendedProps.who, extendedProps.word, ...(extendedProps.lines ?? [])].filter(Boolean).join("\n");
  link.onclick = (click) => go(click, extendedProps.href, newest);
  const text = node("span", "words", "");
  text.append(...words);
  link.append(text);
  return extendedProps.can_move ? [link, changeButton(extendedProps, newest)] : [link];
}

function changeButton(event, newest) {
  const button = node("button", "event-change", "⋯");
  button.type = "button";
  button.title = "Move or change…";
  button.ariaLabel = `Move or change ${event.who}`;
  button.onpointerdown = (press) => press.stopPropagation();
  button.onclick = () => newest.current.onAsk(event.id);
  return button;
}

function wordsOf({ who, word, lines }) {
  const head = node("b", "who", who);
  if (word) head.append(" ", node("span", "word", word));
  return [head, ...(lines ?? []).map((line) => node("span", "line", line))];
}

export function columnHead(column) {
  const nodes = [node("b", "", column.title)];
  if (column.extendedProps.note) nodes.push(node("small", "", column.extendedProps.note));
  return { domNodes: nodes };
}

export function dayNumber(date, locale, newest) {
  const href = dayHref(dayText(date));
  const link = node("a", "day-number", date.getDate());
  link.href = href;
  link.ariaLabel = date.toLocaleDateString(locale, { month: "long", day: "numeric" });
  link.onpointerdown = (press) => press.stopPropagation();
  link.onclick = (click) => go(click, href, newest);
  return { domNodes: [link] };
}

// The library hands over a time of the browser's zone, where an hour may be skipped; the label itself has the studio's.
export function hourText(locale) {
  const text = node("span", "", "");
  requestAnimationFrame(() => (text.textContent = hourWord(text.closest("time")?.dateTime ?? "", locale)));
  return { domNodes: [text] };
}

function hourWord(clock, locale) {
  const hour = parseInt(clock.slice(11, 13));
  if (!new Intl.DateTimeFormat(locale, { hour: "numeric" }).resolvedOptions().hour12) return `${pad(hour)}:00`;
  return hour === 12 ? "noon" : `${hour % 12 || 12} ${hour < 12 ? "am" : "pm"}`;
}

const pad = (number) => String(number).padStart(2, "0");

export function dayText(date) {
  return `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
}

export function go(click, href, newest) {
  if (newest.current.isDragging) {
    click.preventDefault();
    return;
  }
  if (click.metaKey || click.ctrlKey || click.shiftKey) return;
  click.preventDefault();
  newest.current.navigate(href);
}
