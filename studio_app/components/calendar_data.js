import { useEffect, useRef, useState } from "react";
import { minutesBetween } from "./calendar_clock.js";
import { touchesHolds } from "./calendar_events.js";

const FRESH_MS = 8000; // What changes meanwhile, the server says again: it remembers a little longer.
const JITTER_MS = 600; // So that fifty open calendars do not all ask at once.

// The picture of what the address asks for, fetched once, with the server's patches over it.
export function useSchedule(search, patch) {
  const [picture, setPicture] = useState(null);
  const [trouble, setTrouble] = useState("");
  const [holds, setHolds] = useState([]);
  const mine = useRef({ turn: 0, began: 0, stamp: patch?.stamp ?? null, waiting: null, timer: 0 });

  const load = async () => {
    const turn = ++mine.current.turn;
    Object.assign(mine.current, { began: performance.now(), waiting: [] });
    clearTimeout(mine.current.timer);
    loadHolds();
    const answer = await fetch(`/api/calendar/view${search}`).catch(() => null);
    const fetched = answer?.ok ? await answer.json().catch(() => null) : null;
    if (turn !== mine.current.turn) return;
    const missed = mine.current.waiting;
    mine.current.waiting = null;
    setTrouble(fetched ? "" : "The calendar could not be loaded. Check the connection.");
    if (!fetched) return;
    const events = new Map(fetched.events.map((event) => [keyOf(event), event]));
    setPicture(missed.reduce(patched, { ...fetched, search, events, at: performance.now() }));
  };
  const loadSoon = () => {
    clearTimeout(mine.current.timer);
    mine.current.timer = setTimeout(load, Math.random() * JITTER_MS);
  };
  const loadHolds = async () => {
    const asked = search;
    mine.current.search = search;
    const answer = await fetch(`/api/calendar/holds${asked}`).catch(() => null);
    const found = answer?.ok ? await answer.json().catch(() => null) : null;
    if (found && mine.current.search === asked) setHolds(found);
  };
  const loadHoldsSoon = () => {
    clearTimeout(mine.current.holdsTimer);
    mine.current.holdsTimer = setTimeout(loadHolds, Math.random() * JITTER_MS);
  };

  useEffect(() => {
    load();
    return () => {
      clearTimeout(mine.current.timer);
      clearTimeout(mine.current.holdsTimer);
    };
  }, [search]);

  useEffect(() => {
    const { stamp, began, waiting } = mine.current;
    if (!patch?.stamp || patch.stamp === stamp) return;
    const isMissing = stamp !== null && patch.stamp !== stamp + 1;
    mine.current.stamp = patch.stamp;
    if (!isFor(search, patch.query)) return;
    if (touchesHolds(picture, patch)) loadHoldsSoon();
    if (patch.first) {
      if (performance.now() - began > FRESH_MS) load();
    } else if (isMissing || patch.anew || needsMore(picture, patch)) loadSoon();
    else if (waiting) waiting.push(patch);
    else setPicture((known) => known && patched(known, patch));
  }, [patch]);

  return { picture, holds, trouble, isOld: picture !== null && picture.search !== search, load };
}

const keyOf = (event) => event.booking ?? event.id;

function patched(picture, { changed, gone }) {
  const events = new Map(picture.events);
  gone.forEach((id) => events.delete(id));
  changed.forEach((event) => events.set(event.booking, event));
  return { ...picture, events };
}

function isFor(search, query) {
  const asked = Object.fromEntries(new URLSearchParams(search));
  const names = new Set([...Object.keys(asked), ...Object.keys(query)]);
  return [...names].every((name) => (asked[name] ?? "") === (query[name] ?? ""));
}

// A column or an hour that is not drawn yet.
function needsMore(picture, { changed }) {
  if (!picture) return false;
  const columns = new Set(picture.columns.map((column) => column.id));
  return (
    changed.some((event) => picture.frame.view !== "month" && !event.columns.every((id) => columns.has(id))) ||
    (picture.frame.view === "day" && changed.some((event) => isOutside(event, picture.frame)))
  );
}

function isOutside(event, frame) {
  const hours = (clock) => minutesBetween(frame.date, clock) / 60;
  return hours(event.start) < parseInt(frame.first) || hours(event.end) > parseInt(frame.last);
}
