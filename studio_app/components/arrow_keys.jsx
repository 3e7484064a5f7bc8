import { useEffect, useRef } from "react";

// Its buttons are one stop of the Tab key; arrows, Home, End, Page Up and Page Down go among them as they are drawn.
const ITEMS = "button[data-item]:not(:disabled)";

const middle = (item) => {
  const { left, top, width, height } = item.getBoundingClientRect();
  return { x: left + width / 2, y: top + height / 2, height };
};

const inRow = (items, y) => items.filter((one) => Math.abs(middle(one).y - y) < middle(one).height / 2);

const nearest = (items, x) =>
  items.reduce((best, one) => (!best || Math.abs(middle(one).x - x) < Math.abs(middle(best).x - x) ? one : best), null);

// The row above (-1) or below (1), then whatever is closest to the column.
const vertical = (items, from, step) => {
  const { x, y, height } = middle(from);
  const beyond = items.filter((one) => (middle(one).y - y) * step > height / 2);
  if (!beyond.length) return null;
  const closest = Math.min(...beyond.map((one) => Math.abs(middle(one).y - y)));
  return nearest(inRow(beyond, y + step * closest), x);
};

// Parts of the items, such as the starts of a morning.
const part = (items, from, step) => {
  const groups = [...new Set(items.map((one) => one.closest("[role=group]")))];
  const next = groups[groups.indexOf(from.closest("[role=group]")) + step];
  return items.find((one) => one.closest("[role=group]") === next) || (step < 0 ? items[0] : items[items.length - 1]);
};

export function ArrowKeys({ children, ...rest }) {
  const root = useRef(null);
  const turned = useRef(null);

  useEffect(() => {
    const all = () => [...root.current.querySelectorAll(ITEMS)];
    const stopAt = (stop, items) => items.forEach((one) => (one.tabIndex = one === stop ? 0 : -1));
    const settle = () => {
      const items = all();
      const after = turned.current;
      if (after && items[0]?.dataset.item !== after.was) {
        turned.current = null;
        after.choose(items)?.focus({ preventScroll: true });
      }
      const stop = items.find((one) => one === document.activeElement) || items.find((one) => one.getAttribute("aria-pressed") === "true");
      stopAt(stop || items.find((one) => one.tabIndex === 0) || items[0], items);
    };
    settle();
    const watch = new MutationObserver(settle);
    watch.observe(root.current, { childList: true, subtree: true, attributeFilter: ["aria-pressed", "data-item"] });
    const focused = ({ target }) => target.matches(ITEMS) && stopAt(target, all());
    root.current.addEventListener("focusin", focused);
    return () => watch.disconnect();
  }, []);

  // Over the edge of what is shown: the page is turned, and the focus follows once the next one is there.
  const turn = (step, choose) => {
    const button = root.current.querySelector(`[data-turn="${step}"]:not(:disabled)`);
    if (!button) return false;
    turned.current = { was: root.current.querySelector(ITEMS)?.dataset.item, choose };
    button.click();
    return true;
  };

  const press = (event) => {
    const from = event.target.closest(ITEMS);
    if (!from || event.altKey || event.metaKey || event.shiftKey) return;
    const items = [...root.current.querySelectorAll(ITEMS)];
    const at = items.indexOf(from);
    const { x, y } = middle(from);
    const row = inRow(items, y);
    const same = (shown) => nearest(inRow(shown, y), x) || shown[0];
    const steps = {
      ArrowLeft: () => items[at - 1] || turn(-1, (shown) => shown[shown.length - 1]),
      ArrowRight: () => items[at + 1] || turn(1, (shown) => shown[0]),
      ArrowUp: () =>
        vertical(items, from, -1) || turn(-1, (shown) => nearest(inRow(shown, middle(shown[shown.length - 1]).y), x)),
      ArrowDown: () => vertical(items, from, 1) || turn(1, (shown) => nearest(inRow(shown, middle(shown[0]).y), x)),
      Home: () => (event.ctrlKey ? items : row)[0],
      End: () => (event.ctrlKey ? items : row).at(-1),
      PageUp: () => turn(-1, same) || part(items, from, -1),
      PageDown: () => turn(1, same) || part(items, from, 1),
    };
    if (!steps[event.key] || (event.ctrlKey && !["Home", "End"].includes(event.key))) return;
    event.preventDefault();
    const next = steps[event.key]();
    if (next instanceof HTMLElement) next.focus();
  };

  return (
    <div {...rest} ref={root} onKeyDown={press}>
      {children}
    </div>
  );
}
