// Keeps what was typed when a sign-in is refused. Without scripts the plain form does the same with a page load.
document.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-sign-in]");
  if (!form) return;
  event.preventDefault();
  const button = form.querySelector("button[type=submit]");
  if (button.disabled) return;
  const said = form.querySelector("[role=alert]");
  button.disabled = true;
  button.setAttribute("aria-busy", "true");
  said.textContent = "";
  try {
    const given = Object.fromEntries(new FormData(form));
    const answer = await fetch(form.action, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(given),
    });
    const { user, error } = await answer.json();
    if (answer.ok) {
      if (user.theme) localStorage.setItem("theme", user.theme);
      return location.assign(safe(new URLSearchParams(location.search).get("next")));
    }
    said.textContent = error.message;
    form.elements.password.select();
  } catch {
    said.textContent = "The studio did not answer. Check your connection and try again.";
  }
  button.disabled = false;
  button.removeAttribute("aria-busy");
});

document.addEventListener("click", (event) => {
  const person = event.target.closest("button[data-demo]");
  const form = document.querySelector("form[data-sign-in]");
  if (!person || !form) return;
  form.elements.email.value = person.dataset.demo;
  form.elements.password.value = "studio-demo";
  form.requestSubmit();
});

const safe = (path) => {
  const url = new URL(path || "/today", location.origin);
  return url.origin === location.origin ? url.pathname + url.search : "/today";
};
