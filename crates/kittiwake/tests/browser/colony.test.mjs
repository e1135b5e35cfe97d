// What members do, in a real browser: in two languages, with scripts and without. Every page that is visited is looked at.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { heading, launch, look, open, person, post, press, send, shows, signIn, signUp } from "./browser.mjs";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

let colony = 0;
for (const language of ["en", "fr"]) {
  for (const scripts of [true, false]) {
    const size = scripts ? "desktop" : "phone";
    const theme = language === "fr" ? "dark" : "light";
    describe(`in ${language}, ${scripts ? "with" : "without"} scripts`, () => members({ language, scripts, size, theme }));
  }
}

function members(manner) {
  const suffix = `_${(colony += 1)}`;
  let elin, tove, stranger, address;
  before(async () => {
    [elin, tove, stranger] = await Promise.all([1, 2, 3].map(() => person(browser, manner)));
  });
  after(() => Promise.all([elin, tove, stranger].map((someone) => someone.context.close())));

  test("two people sign up and are at home", async () => {
    await open(elin, "/");
    await look(elin, "landing");
    await open(elin, "/sign-up");
    await look(elin, "sign-up");
    await signUp(elin, `elin${suffix}`);
    await look(elin, "home-empty");
    await signUp(tove, `tove${suffix}`);
  });

  test("a handle that is taken is explained beside its field", async () => {
    const other = await person(browser, manner);
    await open(other, "/sign-up");
    const rules = (await other.page.locator('[name="rules"]').count()) ? { rules: true } : {};
    await send(other, "password", { handle: `elin${suffix}`, password: process.env.KITTIWAKE_PASSWORD, ...rules });
    await other.page.locator('[name="handle"][aria-invalid="true"]').waitFor();
    assert.equal(await other.page.locator('[name="handle"]').inputValue(), `elin${suffix}`);
    await other.context.close();
  });

  test("a post is at home, on the profile and at its own address", async () => {
    address = await post(elin, `The first chicks are on the ledges #cliffs${suffix}`);
    await look(elin, "home");
    await open(elin, `/@elin${suffix}`);
    assert.ok(await shows(elin, "The first chicks"));
    await look(elin, "profile-own");
    assert.equal(await open(stranger, address), 200);
    assert.ok(await shows(stranger, "The first chicks"));
    await look(stranger, "post");
    await open(stranger, `/tags/cliffs${suffix}`);
    assert.ok(await shows(stranger, "The first chicks"));
    await look(stranger, "tag");
  });

  test("whoever follows sees it at home", async () => {
    await open(tove, "/home");
    assert.equal(await shows(tove, "The first chicks"), false);
    await open(tove, `/@elin${suffix}`);
    await look(tove, "profile");
    const followed = tove.page.waitForResponse((response) => response.request().method() === "POST");
    await tove.page.locator('form[action$="/follow"] > button').first().click();
    await followed;
    await open(tove, "/home");
    assert.ok(await shows(tove, "The first chicks"));
  });

  test("a reply joins the thread and tells the author", async () => {
    await open(tove, address);
    if (!(await tove.page.locator('form[data-composer] textarea[name="text"]:visible').count())) {
      await tove.page.locator(`article[data-post="${address}"] a[href^="/compose"]`).click();
      await look(tove, "compose-reply");
    }
    const begun = await tove.page.locator('form[data-composer] [name="text"]:visible').first().inputValue();
    assert.match(begun, new RegExp(`@elin${suffix} `), "the answer begins with whom it answers");
    await send(tove, "text", { text: `${begun}Forty-one nests this morning` });
    await tove.page.locator("article", { hasText: "Forty-one nests" }).first().waitFor();
    await open(stranger, address);
    assert.ok(await shows(stranger, "Forty-one nests"));
    await look(stranger, "thread");
    await open(elin, "/notifications");
    assert.ok(await shows(elin, "Forty-one nests"));
  });

  test("boost, favourite and bookmark say what they did", async () => {
    await open(tove, address);
    for (const verb of ["boost", "favourite", "bookmark"]) await press(tove, address, verb);
    await open(stranger, `/@tove${suffix}`);
    assert.ok(await shows(stranger, "The first chicks"), "the boost is on the profile");
    for (const list of ["favourites", "bookmarks"]) {
      await open(tove, `/${list}`);
      assert.ok(await shows(tove, "The first chicks"), list);
      await look(tove, list);
    }
    await open(elin, "/notifications");
    assert.match(await elin.page.locator("main").innerText(), new RegExp(`tove${suffix}`));
    await look(elin, "notifications");
    for (const people of ["boosts", "favourites"]) {
      await open(elin, `${address}/${people}`);
      assert.match(await elin.page.locator("main").innerText(), new RegExp(`tove${suffix}`));
      await look(elin, `post-${people}`);
    }
    await open(tove, address);
    await press(tove, address, "boost");
    await open(stranger, `/@tove${suffix}`);
    assert.equal(await shows(stranger, "The first chicks"), false, "the boost is taken back");
  });

  test("search finds people and tags", async () => {
    await open(tove, `/search?q=elin${suffix}`);
    assert.ok(await tove.page.locator(`main a[href="/@elin${suffix}"]`).first().isVisible());
    await look(tove, "search");
    await open(tove, `/search?q=%23cliffs${suffix}`);
    assert.ok(await tove.page.locator(`main a[href="/tags/cliffs${suffix}"]`).first().isVisible());
  });

  test("a content warning hides until it is opened", async () => {
    await post(elin, "And then the gull took it", { spoiler_text: "A sad ending" });
    const words = elin.page.getByText("And then the gull took it").first();
    assert.equal(await words.isVisible(), false);
    await elin.page.locator("article summary", { hasText: "A sad ending" }).first().click();
    await words.waitFor({ state: "visible" });
  });

  test("an edit shows, with its history; a deleted post is nobody's", async () => {
    const mistake = await post(elin, "Forty nests");
    await open(elin, `${mistake}/edit`);
    await look(elin, "edit");
    await send(elin, "text", { text: "Forty-one nests counted" });
    await elin.page.locator("article", { hasText: "Forty-one nests counted" }).first().waitFor();
    await open(stranger, `${mistake}/history`);
    assert.match(await stranger.page.locator("main").innerText(), /Forty nests/);
    await look(stranger, "history");
    await open(elin, `${mistake}/delete`);
    await look(elin, "delete");
    await elin.page.locator(`form[action="${mistake}/delete"] button, form[action*="/delete"] button`).last().click();
    await elin.page.waitForLoadState();
    assert.equal(await open(stranger, mistake), 404);
    const gone = await heading(stranger);
    await look(stranger, "missing");
    assert.equal(await open(stranger, "/@nobody_at_all"), 404);
    assert.equal(await heading(stranger), gone, "deleted and never there look the same");
  });

  test("settings change the profile, and list where one is signed in", async () => {
    await open(elin, "/settings/profile");
    await look(elin, "settings-profile");
    await send(elin, "name", { name: "Elin Strand", bio: "Counts nests at Ekkerøy" });
    await elin.page.waitForLoadState();
    await open(stranger, `/@elin${suffix}`);
    assert.equal((await heading(stranger)).startsWith("Elin Strand"), true);
    assert.ok(await stranger.page.getByText("Counts nests at Ekkerøy").first().isVisible());
    for (const page of ["account", "security", "sessions", "apps", "deactivate"]) {
      assert.equal(await open(elin, `/settings/${page}`), 200, page);
      await look(elin, `settings-${page}`);
    }
  });

  test("every other page can be read", async () => {
    for (const [someone, path] of [
      [stranger, "/about"],
      [stranger, "/local"],
      [stranger, "/forgotten"],
      [stranger, `/@elin${suffix}/about`],
      [stranger, `/@elin${suffix}/followers`],
      [tove, "/compose"],
      [tove, `/@tove${suffix}/following`],
      [tove, "/follow-requests"],
      [tove, "/settings/invitations"],
    ]) {
      assert.equal(await open(someone, path), 200, path);
      await look(someone, path.slice(1).replace(/@\w+/, "profile").replaceAll("/", "-"));
    }
  });

  test("signing out ends the session, and signing in begins another", async () => {
    await open(tove, "/settings/account");
    await tove.page.locator('form[action="/sign-out"] button:visible').first().click();
    await tove.page.waitForLoadState();
    await open(tove, "/home");
    assert.equal(new URL(tove.page.url()).pathname, "/sign-in", "home asks who one is");
    await open(tove, "/sign-in");
    await look(tove, "sign-in");
    await signIn(tove, `tove${suffix}`);
    await open(tove, "/home");
    assert.ok(await shows(tove, "The first chicks"));
  });

  test("an owner deactivates, which has a page of its own, and comes back", async () => {
    const before = await missingHeading();
    await open(elin, "/settings/deactivate");
    const fields = { password: process.env.KITTIWAKE_PASSWORD };
    if (await elin.page.locator('main [name="handle"]').count()) fields.handle = `elin${suffix}`;
    await send(elin, "password", fields);
    await elin.page.waitForLoadState();
    assert.equal(await open(stranger, `/@elin${suffix}`), 404);
    assert.notEqual(await heading(stranger), before, "not the page of what never was");
    await look(stranger, "deactivated");
    assert.equal(await open(stranger, address), 404);
    await open(tove, "/home");
    assert.equal(await shows(tove, "The first chicks"), false);

    await signIn(elin, `elin${suffix}`);
    const back = elin.page.locator('form[action="/settings/reactivate"] button').first();
    await back.waitFor();
    await look(elin, "reactivate");
    await back.click();
    await elin.page.waitForLoadState();
    assert.equal(await open(stranger, address), 200);
    await open(tove, "/home");
    assert.ok(await shows(tove, "The first chicks"));
  });

  async function missingHeading() {
    await open(stranger, "/@nobody_at_all");
    return heading(stranger);
  }
}
