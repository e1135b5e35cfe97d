// Pictures of every page of the demonstration, and of every sample, in all sizes, themes and languages: for people to look at.

import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { SIZES, URL_OF_SITE, launch, person, picture } from "./browser.mjs";

const GALLERY = process.env.KITTIWAKE_GALLERY;
const SIGNED_OUT = ["/", "/about", "/sign-up", "/sign-in", "/search", "/@nobody_at_all"];
const SIGNED_IN = [
  "/home", "/local", "/notifications", "/search", "/compose", "/bookmarks", "/favourites", "/follow-requests",
  "/settings/profile", "/settings/account", "/settings/security", "/settings/sessions", "/settings/apps",
  "/settings/invitations", "/settings/deactivate",
];

const browser = await launch();
const signIn = printedSignIn();
const found = await discover();

for (const language of ["en", "fr"]) {
  for (const size of Object.keys(SIZES)) {
    for (const theme of ["light", "dark"]) await photograph({ language, size, theme });
  }
}
await browser.close();

/** The first handle and password that the demonstration printed. */
function printedSignIn() {
  const said = readFileSync(process.env.KITTIWAKE_SAID, "utf8");
  const words = said.match(/^ {4}([a-z0-9_]+) +((?:[a-z]+-)+\d+)/m);
  if (!words) throw new Error(`the demonstration printed no sign-in:\n${said}`);
  return { handle: words[1], password: words[2] };
}

/** Addresses that only exist once there is a colony: a post with a thread, a profile, a tag. */
async function discover() {
  const visitor = await person(browser);
  await visitor.page.goto("/");
  const first = (selector) => visitor.page.locator(selector).first().getAttribute("href");
  const post = await visitor.page.locator("article[data-post]").first().getAttribute("data-post");
  const tag = await first('main a[href*="/tags/"]').catch(() => null);
  await visitor.context.close();
  const profile = `/@${signIn.handle}`;
  return [profile, `${profile}/about`, `${profile}/followers`, post, tag && new URL(tag, URL_OF_SITE).pathname].filter(Boolean);
}

async function photograph(manner) {
  const folder = `${manner.language}/${manner.size}-${manner.theme}`;
  const visitor = await person(browser, manner);
  for (const path of [...SIGNED_OUT, ...found]) await take(visitor, folder, "visitor", path);
  await visitor.context.close();

  const member = await person(browser, manner);
  await member.page.goto("/sign-in");
  await member.page.locator('[name="login"]').fill(signIn.handle);
  await member.page.locator('[name="password"]').fill(signIn.password);
  await member.page.locator('[name="password"]').press("Enter");
  await member.page.waitForURL("**/home");
  if (folder === "en/desktop-light") await picture(member.page, "home", { fullPage: false }); // the one in README.md
  for (const path of [...SIGNED_IN, ...found]) await take(member, folder, "member", path);

  await member.page.route(`${URL_OF_SITE}/gallery/*`, (route) => {
    const name = new URL(route.request().url()).pathname.split("/").pop();
    return route.fulfill({ contentType: "text/html; charset=utf-8", body: readFileSync(join(GALLERY, manner.language, name), "utf8") });
  });
  for (const file of readdirSync(join(GALLERY, manner.language)).sort()) {
    await take(member, folder, "sample", `/gallery/${file}`);
  }
  await member.context.close();
  console.log(folder);
}

async function take(someone, folder, who, path) {
  await someone.page.goto(path);
  const name = decodeURIComponent(path).replace("/gallery/", "").replace(".html", "").replace(/[/?=@#]+/g, "-").replace(/^-|-$/g, "") || "landing";
  await picture(someone.page, `${folder}/${who}-${name}`);
}
