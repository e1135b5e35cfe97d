// A browser, people in it, and a look at what they see. Loaded by the tests and by the pictures; knows no page of its own.

import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const tools = createRequire(join(process.env.KITTIWAKE_TOOLS, "package.json"));
const { chromium } = tools("playwright-core");
const axeSource = readFileSync(tools.resolve("axe-core/axe.min.js"), "utf8");

export const URL_OF_SITE = process.env.KITTIWAKE_URL;
export const PASSWORD = process.env.KITTIWAKE_PASSWORD;
const OUTPUT = process.env.KITTIWAKE_OUTPUT;

/** The narrowest window that pages are made for: also what twice the zoom leaves of a small laptop. */
const NARROW = { width: 320, height: 640 };

export const SIZES = {
  phone: { width: 390, height: 844 },
  tablet: { width: 820, height: 1180 },
  desktop: { width: 1280, height: 900 },
};

export function launch() {
  return chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--disable-dev-shm-usage"] });
}

/** Somebody at a browser of their own: language, scripts or none, size, colours. Troubles that they meet are kept. */
export async function person(browser, { language = "en", scripts = true, size = "desktop", theme = "light", site = URL_OF_SITE } = {}) {
  const context = await browser.newContext({
    baseURL: site,
    locale: language === "fr" ? "fr-FR" : "en-GB",
    timezoneId: "Europe/Paris",
    javaScriptEnabled: scripts,
    viewport: SIZES[size] ?? NARROW,
    colorScheme: theme,
    reducedMotion: "reduce",
  });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  const troubles = [];
  page.on("pageerror", (error) => troubles.push(`script: ${error}`));
  page.on("console", (message) => {
    if (/Content.Security.Policy/i.test(message.text())) troubles.push(message.text());
  });
  page.on("response", (response) => {
    const isPage = response.request().resourceType() === "document";
    if (response.status() >= (isPage ? 500 : 400)) troubles.push(`${response.status()} ${response.url()}`);
  });
  return { browser, context, page, language, scripts, size, theme, site, troubles };
}

/** Opens a path and says with which status it was answered. */
export async function open(someone, path) {
  const response = await someone.page.goto(path);
  return response.status();
}

/** Looks at the page that is open: accessible, in the right language, not wider than the window. Keeps a picture. */
export async function look(someone, name) {
  await picture(someone.page, `${name}-${someone.language}${someone.scripts ? "" : "-plain"}-${someone.size}-${someone.theme}`);
  const inspected = someone.scripts ? someone.page : await twin(someone);
  try {
    await inspect(inspected, name, someone.language);
  } finally {
    if (inspected !== someone.page) await inspected.context().close();
  }
  assert.deepEqual(someone.troubles, [], `${name}: what went wrong behind the page`);
}

/** axe and a few questions about the open page. */
export async function inspect(page, name, language) {
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate(() => globalThis.axe.run({ resultTypes: ["violations"] }));
  const told = violations.map((one) => `${one.id}: ${one.help}\n${one.nodes.map((node) => `    ${node.html}\n      ${node.failureSummary}`).join("\n")}`);
  assert.equal(told.length, 0, `${name}: axe reports\n${told.join("\n")}`);
  const facts = await page.evaluate(() => ({
    language: document.documentElement.lang,
    headings: document.querySelectorAll("h1").length,
    title: document.title,
    wider: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  }));
  assert.equal(facts.language, language, `${name}: the language of the page`);
  assert.equal(facts.headings, 1, `${name}: one h1 a page`);
  assert.ok(facts.title.length > 3, `${name}: a title that tells tabs apart`);
  assert.ok(facts.wider <= 0, `${name}: ${facts.wider} px wider than the window`);
}

/** Keeps a picture of the page: the whole of it, or the window. */
export async function picture(page, name, { fullPage = true } = {}) {
  const path = join(OUTPUT, `${name}.png`);
  mkdirSync(dirname(path), { recursive: true });
  // A picture is no reader who scrolls: what waits to be scrolled to is asked for now.
  const waiting = await page.evaluate(() => {
    const images = [...document.images].filter((image) => !image.complete);
    for (const image of images) image.loading = "eager";
    return images.length;
  });
  if (waiting > 0) await page.waitForTimeout(300);
  // The bar at the bottom of narrow windows would stand in the middle of a long picture; in a long window it does not.
  const window = page.viewportSize();
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  const isNarrow = fullPage && window.width < 960;
  if (isNarrow) await page.setViewportSize({ width: window.width, height: Math.max(height, window.height) });
  await page.screenshot({ path, fullPage, animations: "disabled" });
  if (isNarrow) await page.setViewportSize(window);
}

/** The same page for the same reader, with scripts: axe itself is one. */
async function twin({ browser, context, page, language, size, theme, site }) {
  const copy = await person(browser, { language, size, theme, site });
  await copy.context.addCookies(await context.cookies());
  await copy.page.goto(page.url());
  return copy.page;
}

/** Fills in the form that has the field `has` and sends it. */
export async function send(someone, has, fields) {
  const form = someone.page.locator(`form:has([name="${has}"]:visible)`).first();
  for (const [name, value] of Object.entries(fields)) {
    const field = form.locator(`[name="${name}"]`).first();
    if (value === true) await field.check();
    else if (await field.evaluate((element) => element.tagName === "SELECT")) await field.selectOption(value);
    else await field.fill(value);
  }
  await form.locator('button:not([formaction]):not([type="button"]):not([data-theme])').last().click();
}

export async function signUp(someone, handle) {
  await open(someone, "/sign-up");
  const fields = { handle, password: PASSWORD };
  if (await someone.page.locator('[name="rules"]').count()) fields.rules = true;
  await send(someone, "password", fields);
  await someone.page.waitForURL("**/home");
  someone.handle = handle;
}

export async function signIn(someone, handle) {
  await open(someone, "/sign-in");
  await send(someone, "password", { login: handle, password: PASSWORD });
}

/** Posts from home, or from the page for writing where home has no room for it. Gives back the address of the post. */
export async function post(someone, text, more = {}) {
  await open(someone, "/home");
  if (!(await someone.page.locator('form[data-composer] [name="text"]:visible').count())) await open(someone, "/compose");
  if (more.spoiler_text) await someone.page.locator("form[data-composer] summary").first().click();
  await send(someone, "text", { text, ...more });
  const visible = more.spoiler_text ?? text;
  const article = someone.page.locator("article", { hasText: visible }).first();
  await article.waitFor();
  return article.getAttribute("data-post");
}

/** Presses a button of the post at `address`, wherever it is shown on this page, and waits until it says so. */
export async function press(someone, address, verb) {
  const button = (state) => someone.page.locator(`article[data-post="${address}"] button[data-verb="${verb}"]${state}`).first();
  const before = await button("").getAttribute("aria-pressed");
  const answered = someone.page.waitForResponse((response) => response.request().method() === "POST");
  await button("").click();
  await answered;
  await button(`[aria-pressed="${before === "true" ? "false" : "true"}"]`).waitFor();
}

/** Whether the page shows a post with this text. */
export function shows(someone, text) {
  return someone.page.locator("article", { hasText: text }).first().isVisible();
}

export async function heading(someone) {
  return (await someone.page.locator("h1").first().innerText()).trim();
}
