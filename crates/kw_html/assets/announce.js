// Says something to everyone: a line at the bottom that screen readers speak too.

const line = document.querySelector("[data-announcement]");
let timer = 0;

export function announce(text) {
  if (!line || !text) return;
  clearTimeout(timer);
  line.textContent = text;
  timer = setTimeout(() => { line.textContent = ""; }, 6000);
}
