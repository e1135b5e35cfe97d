// Boost, favourite and bookmark without leaving the page. The button changes at once; when the server says no, it
// changes back and says so. Without this script the same form is sent and the page comes back.

import { announce } from "/assets/announce.js";

const words = document.body.dataset;

function change(button, pressed) {
  const verb = button.dataset.verb;
  const was = button.getAttribute("aria-pressed") === "true";
  if (was === pressed) return;
  button.setAttribute("aria-pressed", String(pressed));
  button.formAction = button.formAction.replace(/\/(un)?(boost|favourite|bookmark)$/, `/${pressed ? "un" : ""}${verb}`);
  const shown = button.querySelector("span");
  // A shortened number (1.2K) stays as it is: one more or less does not show.
  if (!shown || !/^\d*$/.test(shown.textContent)) return;
  const before = Number(shown.textContent || 0);
  const after = Math.max(0, before + (pressed ? 1 : -1));
  shown.textContent = after > 0 ? String(after) : "";
  const label = button.getAttribute("aria-label");
  button.setAttribute("aria-label", label.replace(/\d+/, String(after)));
}

async function send(form, button) {
  const pressed = button.getAttribute("aria-pressed") === "true";
  const address = button.formAction;
  const body = new URLSearchParams(new FormData(form));
  change(button, !pressed);
  button.setAttribute("aria-busy", "true");
  let trouble = "";
  try {
    const answer = await fetch(address, { method: "POST", body, headers: { Accept: "application/json" } });
    if (!answer.ok) trouble = (await answer.json().catch(() => ({}))).error || words.failed;
  } catch {
    trouble = words.offline;
  }
  button.removeAttribute("aria-busy");
  if (trouble) {
    change(button, pressed);
    announce(trouble);
  }
}

document.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (!event.target.matches("[data-acts]") || !button?.dataset.verb) return;
  event.preventDefault();
  if (button.getAttribute("aria-busy") !== "true") send(event.target, button);
});
