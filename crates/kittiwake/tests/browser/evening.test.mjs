// The evening, in a real browser, each person with a passkey of their own: somebody wants to take an account down, others have
// to agree, a reader sees what there is to see, and one person brings it back. Ordinary, notable and protected accounts; the
// last day; a house that one person runs.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { heading, launch, look, open, person, post, shows, signIn } from "./browser.mjs";
import { house } from "./house.mjs";
import { found, prepare, propose, sign, state, step } from "./staff.mjs";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

const today = new Date().toISOString().slice(0, 10);
const TEAM = [
  { name: "Ines Rau", roles: ["moderator"], team: "day" },
  { name: "Milo Kern", roles: ["moderator"], team: "night" },
  { name: "Lena Ohm", roles: ["trust_lead"], team: "trust" },
  { name: "Sam Vik", roles: ["support"], team: "night" },
  { name: "Olaf Lund", roles: ["moderator", "support"], team: "day", ends: today },
];

describe("an evening in English, at a desk", () => evening({ language: "en", size: "desktop", theme: "light" }));
describe("an evening in French, on a phone", () => evening({ language: "fr", size: "phone", theme: "dark" }));
describe("a house that one person runs, in English", () => alone({ language: "en", size: "desktop", theme: "dark" }));
describe("a house that one person runs, in French", () => alone({ language: "fr", size: "phone", theme: "light" }));

function evening(manner) {
  let site, ines, milo, lena, sam, olaf, owner, reader, address, whole;
  before(async () => {
    site = await house(["coastguard", "mayor"]);
    [ines, milo, lena, sam, olaf] = await found(browser, site, manner, TEAM);
    [owner, reader] = await Promise.all([1, 2].map(() => person(browser, { ...manner, site: site.origin })));
    await signIn(owner, "coastguard");
    await owner.page.waitForURL("**/home");
    address = await post(owner, "Small craft stay in harbour tonight.");
    whole = await readProfile();
  });
  after(async () => {
    for (const someone of [ines, milo, lena, sam, olaf, owner, reader]) await someone?.context.close();
    await site?.close();
  });

  test("nobody acts on a last day, and no signature is asked for", async () => {
    await open(olaf, "/staff/accounts?q=coastguard");
    await look(olaf, "staff-accounts");
    await olaf.page.locator('li.found a[href^="/staff/accounts/"]').first().click();
    assert.equal(await olaf.page.locator('[name="power"][value="take_down"]').count(), 0, "it is not even offered");
    await look(olaf, "staff-account-last-day");
    // Somebody who sends the form all the same.
    await olaf.page.locator('[name="power"][value="step_up"]').evaluate((radio) => (radio.value = "take_down"));
    await refill(olaf, { power: "take_down" });
    await olaf.page.waitForURL("**/propose");
    assert.equal(await olaf.page.locator("form[data-sign]").count(), 0);
    await look(olaf, "staff-refused-last-day");
    assert.deepEqual(await readProfile(), whole);
  });

  test("the account speaks for the emergency services: one person says so, and it is notable", async () => {
    await propose(ines, "coastguard", { power: "label_add", label: "emergency", ground: "house" });
    await look(ines, "staff-action-label");
    await open(reader, "/@coastguard");
    await look(reader, "profile-notable");
    whole = await readProfile();
  });

  test("one person alone takes nothing down", async () => {
    await prepare(ines, "coastguard", { power: "take_down" });
    await look(ines, "staff-preview");
    await sign(ines, "propose");
    await ines.page.waitForURL("**/staff/actions/*");
    await look(ines, "staff-action-proposed");
    assert.equal(await ines.page.locator("#sign-approve").count(), 0, "nobody approves what they proposed");
    assert.deepEqual(await readProfile(), whole);
  });

  test("a second person, of another team, sees it in the queue and agrees: the page is gone at once", async () => {
    await open(milo, "/staff");
    await look(milo, "staff-queue");
    await milo.page.locator("h2 a[href^='/staff/actions/']").first().click();
    await milo.page.waitForURL("**/staff/actions/*");
    await look(milo, "staff-action-to-approve");
    await sign(milo, "approve");
    await look(milo, "staff-action-in-force");
    await gone("coastguard", "unavailable-notable");
  });

  test("the owner reads why, and can answer", async () => {
    await open(owner, "/home");
    assert.equal(new URL(owner.page.url()).pathname, "/settings/standing");
    await look(owner, "owner-standing");
    assert.match(await owner.page.locator("main").innerText(), /Somebody else writes|2/);
  });

  test("one person of support brings it back, and everything is as it was", async () => {
    await open(sam, "/staff/accounts?q=coastguard");
    await sam.page.locator('li.found a[href^="/staff/accounts/"]').first().click();
    await look(sam, "staff-account-hidden");
    await propose(sam, "coastguard", { power: "restore", ground: "house" });
    await look(sam, "staff-action-restored");
    assert.deepEqual(await readProfile(), whole);
  });

  test("whoever wants to hide it again needs one more than before", async () => {
    await prepare(ines, "coastguard", { power: "take_down" });
    assert.equal(await ines.page.locator(".needs li").count(), 2, "two beside the one who proposes");
    await open(reader, "/@coastguard");
    await look(reader, "profile-after");
    await open(reader, "/@coastguard/record");
    await look(reader, "record-after");
  });

  test("a protected account takes three, one of them a lead; one brings it back", async () => {
    const before = await readProfile("mayor");
    const raised = await propose(ines, "mayor", { power: "tier_up", ground: "house" });
    await look(ines, "staff-action-tier");
    const again = await propose(ines, "mayor", { power: "tier_up", ground: "house" });
    assert.notEqual(again, raised);
    await step(milo, again, "approve");
    await open(reader, "/@mayor");
    await look(reader, "profile-protected");

    const action = await propose(milo, "mayor", { power: "take_down" });
    await step(ines, action, "approve");
    await look(ines, "staff-action-needs-lead");
    assert.deepEqual(await readProfile("mayor"), before, "two are not enough");
    for (const someone of [milo, ines]) {
      await open(someone, action);
      assert.equal(await someone.page.locator("#sign-approve").count(), 0, "they have signed");
    }
    await step(lena, action, "approve");
    await look(lena, "staff-action-protected");
    await gone("mayor", "unavailable-protected");
    await propose(sam, "mayor", { power: "restore", ground: "house" });
    assert.deepEqual(await readProfile("mayor"), before);
  });

  test("everybody can check it, and nothing is half done", async () => {
    await open(reader, "/ledger");
    await look(reader, "ledger-after");
    await open(ines, "/staff/ledger");
    await look(ines, "staff-ledger");
    await open(ines, "/staff/policy");
    await look(ines, "staff-policy");
    await open(lena, "/staff/roster");
    await look(lena, "staff-roster-team");
    for (const someone of [ines, milo, lena, sam, olaf]) assert.deepEqual(someone.troubles, []);
    assert.match(await site.verify(), /^WHOLE/);
  });

  /** What a reader gets of a profile and of the post: all of it but what is said about protection, which what staff did changes. */
  async function readProfile(handle = "coastguard") {
    const post = await open(reader, address);
    const status = await open(reader, `/@${handle}`);
    await reader.page.locator(".protection").evaluate((line) => line.remove());
    const text = await reader.page.locator("main").innerText();
    return { status, post, text: text.replace(/(now|à l’instant|\d+ (min|h))/g, "") };
  }

  async function gone(handle, name) {
    assert.equal(await open(reader, `/@${handle}`), 403);
    const what = await heading(reader);
    await look(reader, name);
    await open(reader, "/@nobody_at_all");
    assert.notEqual(await heading(reader), what, "not the page of what never was");
    if (handle !== "coastguard") return;
    assert.notEqual(await open(reader, address), 200);
    assert.equal(await shows(reader, "Small craft"), false);
  }

  async function refill(someone, { power }) {
    const form = someone.page.locator("form.propose");
    await form.locator(`[name='power'][value='${power}']`).check();
    await form.locator("[name='ground']").selectOption("spam");
    await form.locator("[name='explanation']").fill("A report.");
    await form.locator("[name='facts']").fill("A report.");
    await form.locator("p.buttons button").click();
  }
}

function alone(manner) {
  let site, ola, reader;
  before(async () => {
    site = await house(["gull", "harbour"]);
    [ola] = await found(browser, site, manner, [{ name: "Ola Berg", roles: ["trust_lead", "moderator"], team: "one" }]);
    reader = await person(browser, { ...manner, site: site.origin });
  });
  after(async () => {
    for (const someone of [ola, reader]) await someone?.context.close();
    await site?.close();
  });

  test("every page says so, also to readers", async () => {
    await open(ola, "/staff");
    assert.ok(await ola.page.locator(".desk-note").first().isVisible());
    await look(ola, "staff-queue-alone");
    await open(reader, "/rules");
    await look(reader, "rules-alone");
  });

  test("an ordinary account is hidden and brought back by the one", async () => {
    await propose(ola, "gull", { power: "take_down" });
    await look(ola, "staff-action-alone");
    assert.equal(await open(reader, "/@gull"), 403);
    await propose(ola, "gull", { power: "restore", ground: "house" });
    assert.equal(await open(reader, "/@gull"), 200);
  });

  test("a notable one only after 72 hours that everybody can see", async () => {
    await propose(ola, "harbour", { power: "label_add", label: "official", ground: "house" });
    await propose(ola, "harbour", { power: "take_down" });
    await look(ola, "staff-action-waits");
    assert.equal(await open(reader, "/@harbour"), 200);
    assert.ok((await state(ola)).length > 0);
    await look(reader, "profile-waits");
  });

  test("and the roster cannot be emptied", async () => {
    await open(ola, "/staff/roster");
    await ola.page.locator("#person-1 .ask-first > summary").click();
    await ola.page.locator("#person-1 .ask-first [name='explanation']").fill("Time to go.");
    await ola.page.locator("#person-1 [name='explanation']").last().fill("Nobody should be left.");
    await ola.page.locator("#person-1 button[formaction$='/end']").click();
    await ola.page.waitForURL("**/end");
    assert.equal(await ola.page.locator("form[data-sign]").count(), 0);
    await look(ola, "staff-refused-alone");
    assert.deepEqual(ola.troubles, []);
    assert.match(await site.verify(), /^WHOLE/);
  });
}
