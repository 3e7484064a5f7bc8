// The studio's wall clock, as the server writes it: "2027-03-14T02:30". Reckoned as if it were UTC, which skips and
// repeats nothing: the browser's own zone has other nights on which its clocks change.

const MINUTE_MS = 60_000;

const read = (clock) => Date.parse(clock.length > 10 ? `${clock}Z` : clock);

export function minutesBetween(clock, later) {
  return (read(later) - read(clock)) / MINUTE_MS;
}

export function minutesLater(clock, minutes) {
  return new Date(read(clock) + minutes * MINUTE_MS).toISOString().slice(0, 16);
}

// A duration of the drawing library, which counts by the wall clock, too.
export function moved(clock, { days, seconds }) {
  return minutesLater(clock, days * 24 * 60 + seconds / 60);
}
