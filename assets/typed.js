// Keeps what was typed when a sign-in ends under it, for the same person, this tab and an hour.
const KEY = "studio_typed";
const HOUR = 3600e3;
const FIELDS = "input[name], textarea[name], select[name]";
const SECRET = ["password", "file", "hidden", "search"];

const fields = (form) => [...form.querySelectorAll(FIELDS)].filter((one) => !SECRET.includes(one.type) && !one.readOnly);
const isChosen = (field) => field.type === "checkbox" || field.type === "radio";
const given = (field) => (isChosen(field) ? field.checked : field.value);
const asShown = (field) => {
  if (isChosen(field)) return field.defaultChecked;
  if (field.tagName !== "SELECT") return field.defaultValue;
  return ([...field.options].find((one) => one.defaultSelected) || field.options[0] || {}).value;
};
const nameOf = (form) => fields(form).map((one) => one.name).join();
const person = () => document.querySelector("[data-person]")?.dataset.person || "0";

window.keepTyped = () => {
  const forms = [...document.forms]
    .map((form) => ({
      name: nameOf(form),
      typed: fields(form).map((one) => (given(one) === asShown(one) ? null : given(one))),
    }))
    .filter((form) => form.typed.some((one) => one !== null));
  if (!forms.length) return;
  const kept = { forms, person: person(), path: location.pathname.replace(/\/$/, ""), at: Date.now() };
  sessionStorage.setItem(KEY, JSON.stringify(kept));
};

const bringBack = () => {
  const kept = JSON.parse(sessionStorage.getItem(KEY) || "null");
  if (!kept || person() === "0") return;
  if (kept.person !== person() || Date.now() - kept.at > HOUR) return sessionStorage.removeItem(KEY);
  if (kept.path !== location.pathname.replace(/\/$/, "")) return;
  for (const form of document.forms) {
    const found = kept.forms.find((one) => one.name === nameOf(form));
    if (!found) continue;
    kept.forms = kept.forms.filter((one) => one !== found);
    fields(form).forEach((field, at) => found.typed[at] !== null && fill(field, found.typed[at]));
  }
  if (kept.forms.length) sessionStorage.setItem(KEY, JSON.stringify(kept));
  else sessionStorage.removeItem(KEY);
};

// Through the element's own setter: the page's framework then takes it as typed.
const fill = (field, value) => {
  if (isChosen(field)) return field.checked === value || field.click();
  Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), "value").set.call(field, value);
  field.dispatchEvent(new Event(field.tagName === "SELECT" ? "change" : "input", { bubbles: true }));
};

let waits = 0;
new MutationObserver(() => {
  if (!sessionStorage.getItem(KEY)) return;
  clearTimeout(waits);
  waits = setTimeout(bringBack, 150);
}).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-person"] });

document.addEventListener("submit", (event) => {
  if (event.target.matches("[data-sign-out]")) sessionStorage.removeItem(KEY);
});
