import { useEffect, useRef } from "react";

const put = (how, here, part) => window.history[how]({ ...here, ...part }, "");

// One history entry for each step, on one address: Back and Forward ask for the step of their entry. Entries of
// another run (the one before it was booked, or begun anew) are skipped.
export function StepHistory({ step, run, answered, onStep }) {
  const now = useRef({});
  const asked = useRef(false);
  const moving = useRef(false);

  useEffect(() => {
    now.current = { step, run, onStep };
  });

  useEffect(() => {
    if (!step || !run || moving.current) return;
    const here = window.history.state || {};
    if (here.run !== run) begin(here);
    else if (here.step !== step && asked.current) put("replaceState", here, { step });
    else if (here.step !== step && here.before === step) go(-1);
    else if (here.step !== step) put("pushState", here, { step, depth: here.depth + 1, before: here.step });
    asked.current = false;
  }, [step, run, answered]);

  useEffect(() => {
    const place = window.location.pathname + window.location.search;
    const arrived = (event) => {
      const here = event.state;
      if (!here?.run || place !== window.location.pathname + window.location.search) return;
      event.stopImmediatePropagation();
      moving.current = false;
      if (here.run !== now.current.run) begin(here);
      else if (here.step !== now.current.step) {
        asked.current = true;
        now.current.onStep(here.step);
      }
    };
    // Before the router, which would load the page anew.
    window.addEventListener("popstate", arrived, true);
    return () => window.removeEventListener("popstate", arrived, true);
  }, []);

  const go = (steps) => {
    moving.current = true;
    window.history.go(steps);
  };

  const begin = (here) => {
    const { step: first, run: mine } = now.current;
    if (here.run && here.depth > 0) go(-here.depth);
    else put("replaceState", here, { step: first, run: mine, depth: 0, before: "" });
  };

  return null;
}
