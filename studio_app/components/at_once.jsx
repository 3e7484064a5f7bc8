import { useContext, useEffect, useLayoutEffect, useRef, useState } from "react";
import { EventLoopContext } from "$/utils/context";

const SLOW = 1500;
const GIVEN_UP = 30000;
const LOST = 1200;

const isOn = (choice) => (choice.dataset.just ? choice.dataset.just === "on" : choice.matches(".on, [aria-pressed=true]"));

const choose = (choice) => {
  const kind = choice?.dataset.choice;
  if (kind === "any") choice.dataset.just = isOn(choice) ? "off" : "on";
  if (kind === "one")
    choice
      .closest("[data-among]")
      .querySelectorAll("[data-choice=one]")
      .forEach((other) => (other.dataset.just = other === choice ? "on" : "off"));
};

// Only attributes that the page itself never sets, so that they can be taken off again without a trace.
const draw = (root, pending) => {
  root.querySelectorAll("[data-just], [data-working]").forEach((one) => {
    delete one.dataset.just;
    delete one.dataset.working;
  });
  pending
    .filter(({ control }) => control.isConnected)
    .forEach(({ control }) => {
      control.dataset.working = "";
      choose(control.closest("[data-choice]"));
    });
  root.querySelectorAll("[data-choice] > input[type=radio]").forEach((radio) => {
    if (radio.checked !== isOn(radio.parentElement)) radio.checked = isOn(radio.parentElement);
  });
};

// What is pressed shows at once that it works, and a choice that it is chosen; the server's answer wins.
export function AtOnce({ answered, children, ...rest }) {
  const root = useRef(null);
  const pending = useRef([]);
  const last = useRef(answered);
  const [isSlow, setSlow] = useState(false);
  const [, errors] = useContext(EventLoopContext);
  const isCut = errors.length > 0;
  const wasCut = useRef(false);

  const judge = () => {
    pending.current = pending.current.filter(({ at }) => Date.now() - at < GIVEN_UP);
    setSlow(pending.current.some(({ at }) => Date.now() - at >= SLOW));
  };

  useLayoutEffect(() => {
    const more = answered - last.current;
    last.current = answered;
    pending.current = more < 0 ? [] : pending.current.slice(more);
    draw(root.current, pending.current);
    judge();
  }, [answered]);

  // What was under way when the connection went, and whose answer did not come with the next one, is pressed again.
  useEffect(() => {
    const came = wasCut.current && !isCut;
    wasCut.current = isCut;
    if (!came) return;
    const timer = setTimeout(() => {
      const lost = pending.current.filter(({ wasSent, control }) => wasSent && control.isConnected);
      pending.current = pending.current.filter(({ wasSent }) => !wasSent);
      draw(root.current, pending.current);
      lost.forEach(({ control }) => control.click());
      judge();
    }, LOST);
    return () => clearTimeout(timer);
  }, [isCut]);

  const add = (control) => {
    pending.current.push({ control, at: Date.now(), wasSent: !isCut });
    setTimeout(() => root.current && draw(root.current, pending.current));
    setTimeout(judge, SLOW + 20);
    setTimeout(judge, GIVEN_UP + 20);
  };

  const clicked = (event) => {
    const button = event.target.closest("button");
    if (!button || button.disabled || button.dataset.here !== undefined) return;
    const isTwice = button.matches(".btn") && pending.current.some(({ control }) => control === button);
    if (!isTwice) return add(button);
    event.preventDefault();
    event.stopPropagation();
  };

  const changed = ({ target }) => {
    if (target.matches("select, input[type=radio], input[type=checkbox]")) add(target);
  };

  return (
    <div {...rest} ref={root} onClickCapture={clicked} onChangeCapture={changed}>
      {children}
      <p role="status" className={isSlow && !isCut ? "sub" : "visually-hidden"}>
        {isSlow && !isCut ? "No answer yet. Nothing is lost; it goes on as soon as the studio answers." : ""}
      </p>
    </div>
  );
}
