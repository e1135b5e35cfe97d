// Counts what is left, keeps a draft in this browser, sends with Ctrl+Enter.

import { announce } from "/assets/announce.js";

const LINK_CHARACTERS = 23;
const segmenter = "Segmenter" in Intl ? new Intl.Segmenter() : null;
const number = new Intl.NumberFormat(document.documentElement.lang);

function length(text) {
  const counted = text
    .replace(/https?:\/\/[^\s<>"]+/gi, "x".repeat(LINK_CHARACTERS))
    .replace(/(@\w+)@[\w.-]+\w/g, "$1");
  return segmenter ? [...segmenter.segment(counted)].length : [...counted].length;
}

function storage(action) {
  try {
    return action(localStorage);
  } catch {
    return null; // A browser may forbid storage; then there are no drafts.
  }
}

function setUp(form) {
  const text = form.elements.text;
  const spoiler = form.elements.spoiler_text;
  const count = form.querySelector("[data-count]");
  const key = `draft:${form.dataset.composer}`;
  const base = text.defaultValue;

  const show = () => {
    const left = Number(form.dataset.most) - length(text.value) - length(spoiler.value);
    count.textContent = number.format(left);
    count.toggleAttribute("data-over", left < 0);
  };
  const keep = () => storage((kept) => {
    const same = text.value === base && spoiler.value === spoiler.defaultValue;
    if (same) kept.removeItem(key);
    else kept.setItem(key, JSON.stringify({ base, text: text.value, spoiler: spoiler.value }));
  });
  const restore = () => {
    const draft = JSON.parse(storage((kept) => kept.getItem(key)) || "null");
    if (!draft || draft.base !== base || form.querySelector(".field-error")) return;
    text.value = draft.text;
    spoiler.value = draft.spoiler;
    if (draft.spoiler) form.querySelector("details").open = true;
    announce(document.body.dataset.draft);
  };

  // A draft goes away when the page after the one that sent it has loaded, so that a lost connection loses nothing.
  const sent = storage((kept) => kept.getItem("draft-sent"));
  if (sent === key && !form.querySelector(".field-error")) storage((kept) => kept.removeItem(key));
  restore();
  show();
  form.addEventListener("input", () => { show(); keep(); });
  form.addEventListener("submit", () => storage((kept) => kept.setItem("draft-sent", key)));
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
}

const sent = storage((kept) => kept.getItem("draft-sent"));
document.querySelectorAll("[data-composer]").forEach(setUp);
if (sent) {
  const isHere = [...document.querySelectorAll("[data-composer]")].some((form) => `draft:${form.dataset.composer}` === sent);
  storage((kept) => {
    if (!isHere) kept.removeItem(sent);
    kept.removeItem("draft-sent");
  });
}
