// Where things of the same time stand in a column drawn by the hour. The library would give each its share of the
// width; but a hold blocks nobody: holds are thin strips in a gutter of their own, and sessions share the rest.

import { minutesBetween, minutesLater } from "./calendar_clock.js";

const GUTTER = "var(--gutter)";
const ONLINE = "online";

export function inLanes(all) {
  const shapes = apart(all);
  const shown = shapes.filter((shape) => shape.display === "auto");
  const places = new Map();
  for (const column of new Set(shown.flatMap((shape) => shape.resourceIds))) {
    const here = shown.filter((shape) => shape.resourceIds.includes(column));
    for (const kind of [true, false]) placeAll(here.filter((shape) => isHold(shape) === kind), places);
  }
  return shapes.map((shape) => {
    const place = places.get(shape.id);
    return place ? { ...shape, styles: isHold(shape) ? strip(place) : lane(place) } : shape;
  });
}

const isHold = (shape) => shape.extendedProps.tone === "hold";
const isOnline = (shape) => shape.display === "auto" && shape.resourceIds.includes(ONLINE) && !isHold(shape);

// Online work has a part of the day, not an hour of it: what shares one stands one below the other.
function apart(shapes) {
  const spans = new Map();
  for (const part of Map.groupBy(shapes.filter(isOnline), ({ start, end }) => `${start} ${end}`).values()) {
    const [{ start, end }] = part;
    const at = (place) => minutesLater(start, (minutesBetween(start, end) * place) / part.length);
    part.sort((one, other) => one.id.localeCompare(other.id));
    part.forEach(({ id }, place) => spans.set(id, { start: at(place), end: at(place + 1) }));
  }
  return shapes.map((shape) => ({ ...shape, ...spans.get(shape.id) }));
}

const lane = ({ index, count }) => [
  `inset-inline-start:calc((100% - ${GUTTER}) / ${count} * ${index})`,
  `inline-size:calc((100% - ${GUTTER}) / ${count} - 4px)`,
];

const strip = ({ index, count }) => [
  `inset-inline-start:calc(100% - ${GUTTER} + ${GUTTER} / ${count} * ${index})`,
  `inline-size:calc(${GUTTER} / ${count} - 2px)`,
  ...(count > 1 ? ["--strip-words:hidden"] : []), // Too thin for words: the list above the calendar has them.
];

// Those that follow one another without a gap in time share the width by the most that are there at once. What stands
// in several columns takes the narrowest of its places.
function placeAll(shapes, places) {
  let together = [];
  let until = "";
  const settle = () => {
    const lanes = [];
    for (const shape of together) {
      const free = lanes.findIndex((end) => end <= shape.start);
      shape.index = free < 0 ? lanes.length : free;
      lanes[shape.index] = shape.end;
    }
    for (const { id, index } of together) {
      if ((places.get(id)?.count ?? 0) < lanes.length) places.set(id, { index, count: lanes.length });
    }
    together = [];
  };
  const inOrder = shapes.map(({ id, start, end }) => ({ id, start, end }));
  inOrder.sort((one, other) => one.start.localeCompare(other.start) || one.id.localeCompare(other.id));
  for (const shape of inOrder) {
    if (together.length && shape.start >= until) settle();
    until = together.length && until > shape.end ? until : shape.end;
    together.push(shape);
  }
  settle();
}
