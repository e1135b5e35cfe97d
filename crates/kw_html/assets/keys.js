// Keyboard shortcuts; `?` lists them. None works while something is being typed.

const list = document.querySelector("#keys");
let gone = 0;

function posts() {
  return [...document.querySelectorAll("article[data-post]")];
}

function current() {
  return document.activeElement?.closest("article[data-post]");
}

function step(by) {
  const all = posts();
  const at = all.indexOf(current());
  const next = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : at + by];
  next?.focus({ preventScroll: true });
  next?.scrollIntoView({ block: "nearest" });
}

function press(key) {
  current()?.querySelector(`[data-key="${key}"]`)?.click();
}

const actions = {
  j: () => step(1),
  k: () => step(-1),
  Enter: () => { if (document.activeElement === current()) location.href = current().dataset.post; },
  r: () => press("r"),
  b: () => press("b"),
  f: () => press("f"),
  s: () => press("s"),
  x: () => { const warning = current()?.querySelector(".warning"); if (warning) warning.open = !warning.open; },
  n: () => { location.href = "/compose"; },
  "/": () => { location.href = "/search"; },
  ".": () => { location.href = location.pathname; },
  "?": () => list.showModal(),
  g: () => { gone = Date.now(); },
};

const places = { h: "/home", n: "/notifications", l: "/local" };

document.addEventListener("keydown", (event) => {
  if (!list || event.ctrlKey || event.metaKey || event.altKey || list.open) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  if (Date.now() - gone < 1500 && places[event.key]) {
    location.href = places[event.key];
    return;
  }
  const action = actions[event.key];
  if (!action || (event.key === "Enter" && document.activeElement !== current())) return;
  event.preventDefault();
  action();
});

document.querySelectorAll("[data-keys]").forEach((link) => {
  link.hidden = !list;
  link.addEventListener("click", (event) => {
    event.preventDefault();
    list.showModal();
  });
});
