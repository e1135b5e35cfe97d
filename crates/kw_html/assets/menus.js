// Menus close when something else is pressed; links are copied; codes are selected; the zone of the browser is told.

import { announce } from "/assets/announce.js";

function closeOthers(target) {
  document.querySelectorAll("[data-menu][open]").forEach((menu) => {
    if (!menu.contains(target)) menu.open = false;
  });
}

document.addEventListener("click", async (event) => {
  closeOthers(event.target);
  const link = event.target.closest("[data-copy]");
  if (!link || !navigator.clipboard) return;
  event.preventDefault();
  await navigator.clipboard.writeText(link.dataset.copy);
  link.closest("[data-menu]").open = false;
  announce(document.body.dataset.copied);
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.querySelector("[data-menu][open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

document.addEventListener("focusin", (event) => {
  if (event.target.matches("[data-select]")) event.target.select();
});

document.querySelectorAll("[data-zone]").forEach((input) => {
  input.value = Intl.DateTimeFormat().resolvedOptions().timeZone || "";
});
