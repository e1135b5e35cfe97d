// Tells of new posts without moving what is being read: a link appears in the head of the column, nothing else.

const PAUSE_MS = 30_000;
const link = document.querySelector("[data-updates]");
const title = document.title;
const number = new Intl.NumberFormat(document.documentElement.lang);

async function look() {
  if (document.hidden) return;
  try {
    const answer = await fetch(`/home/new?since=${encodeURIComponent(link.dataset.updates)}`, {
      headers: { Accept: "application/json" },
    });
    if (answer.ok) show((await answer.json()).count);
  } catch {
    // Not reachable now; the next look may be. What is on the page stays true.
  }
}

function show(count) {
  link.hidden = !(count > 0);
  link.textContent = count === 1 ? link.dataset.one : link.dataset.many.replace("#", number.format(count));
  document.title = count > 0 ? `(${number.format(count)}) ${title}` : title;
}

if (link?.dataset.updates) {
  setInterval(look, PAUSE_MS);
  document.addEventListener("visibilitychange", look);
}
