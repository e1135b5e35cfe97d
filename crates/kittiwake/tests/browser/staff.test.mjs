// The staff in a real browser with virtual authenticators: founding, coming in, the roster, sessions. Each house is a server
// of its own, because nobody founds twice.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { launch, look, open, person, send } from "./browser.mjs";
import { house } from "./house.mjs";
import { colleague, enrolLinks, makeKey, name, sign, step, tick, useKey } from "./staff.mjs";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

const PAIR = [
  { name: "Ines Rau", roles: ["moderator"], team: "day" },
  { name: "Milo Kern", roles: ["trust_lead", "security"], team: "night" },
];
const TEAM = [...PAIR, { name: "Sam Vik", roles: ["moderator", "support"], team: "trust", ends: "2099-12-31" }];

describe("two people found, in English", () => founding({ people: PAIR, language: "en", size: "desktop", theme: "light" }));
describe("three people found, in French", () => founding({ people: TEAM, language: "fr", size: "phone", theme: "dark" }));

function founding({ people, ...manner }) {
  let site;
  const staff = [];
  before(async () => {
    site = await house();
    for (const who of people) staff.push(await colleague(browser, site, manner, who));
  });
  after(async () => {
    for (const someone of staff) await someone.context.close();
    await site.close();
  });

  test("before, every door says how it begins", async () => {
    for (const path of ["/staff", "/staff/sign-in", "/staff/found"]) {
      await open(staff[0], path);
      assert.match(await staff[0].page.locator("main").innerText(), /kittiwake staff found/, path);
    }
    await look(staff[0], "staff-unfounded");
    assert.equal(await open(staff[0], "/staff/found?code=guess"), 404);
    await look(staff[0], "staff-found-over");
  });

  test("the first person names everybody", async () => {
    const [first] = staff;
    await open(first, site.link);
    await look(first, "staff-found-empty");
    await send(first, "team", { name: people[0].name, team: "The Day" }).catch(() => {});
    assert.equal(await first.page.locator("li.person").count(), 0, "the browser itself asks for a team's name");
    for (const who of people) await name(first, who);
    await look(first, "staff-found-people");
    assert.ok(await first.page.locator("form[action='/staff/found'] button").isDisabled(), "nobody has a key yet");
  });

  test("each makes a passkey by a link of their own", async () => {
    const [first] = staff;
    const links = await enrolLinks(first);
    assert.equal(links.length, people.length);
    for (const [place, someone] of staff.entries()) {
      await open(someone, links[place]);
      assert.match(await someone.page.locator("main").innerText(), new RegExp(someone.name));
      if (place === 0) await look(someone, "staff-enrol");
      await makeKey(someone, "Key on my ring");
      if (place === 0) await look(someone, "staff-enrol-founder");
      assert.equal((await someone.key.credentials()).length, 1);
      assert.equal(await open(someone, links[place]), 404, "the link works once");
    }
    await look(staff[0], "staff-enrol-over");
  });

  test("they found, and the page to print has twelve words", async () => {
    const [first] = staff;
    await open(first, site.link);
    await look(first, "staff-found-ready");
    await first.page.locator("form[action='/staff/found'] button").click();
    await first.page.waitForURL("**/staff/found");
    await look(first, "staff-founded");
    const words = await first.page.locator("main ol li").allInnerTexts();
    assert.ok(words.length >= 12, `${words}`);
    await open(first, "/ledger");
    const shown = await first.page.locator("main").innerText();
    assert.ok(words.slice(0, 12).every((word) => shown.includes(word.trim())), "the public page shows the same words");
    await open(first, site.link);
    assert.equal(new URL(first.page.url()).pathname, "/staff/found");
    assert.equal(await first.page.locator("[name='team']").count(), 0, "nobody is added any more");
  });

  test("everybody comes in with their passkey, and back to where they wanted to go", async () => {
    for (const someone of staff) {
      await open(someone, "/staff/roster");
      assert.equal(new URL(someone.page.url()).pathname, "/staff/sign-in");
      if (someone === staff[0]) await look(someone, "staff-sign-in");
      await useKey(someone);
      await someone.page.waitForURL("**/staff/roster");
    }
    const text = await staff[0].page.locator("main").innerText();
    for (const one of people) assert.ok(text.includes(one.name), one.name);
    await look(staff[0], "staff-roster");
    await staff[0].page.locator("details.ask-first > summary").last().click();
    await look(staff[0], "staff-roster-change");
    await staff[0].page.locator(".keys-list details > summary").first().click();
    await look(staff[0], "staff-roster-end-key");
  });

  test("a link for a new key is shown once, and the key waits", async () => {
    const [first, second] = staff;
    await open(first, "/staff/roster");
    await first.page.locator("#person-2 .ask-first > summary").click();
    await first.page.locator("#person-2 button[formaction$='/invite']").click();
    const link = await first.page.locator("#link").inputValue();
    await look(first, "staff-roster-invited");
    const keyed = await colleague(browser, site, manner, {});
    await open(keyed, link);
    await makeKey(keyed, "New phone");
    await look(keyed, "staff-enrol-waits");
    const mark = await keyed.page.locator(".key-mark").innerText();
    await open(keyed, "/staff/sign-in");
    await useKey(keyed);
    await keyed.page.locator(".field-error:visible").waitFor();
    await look(keyed, "staff-sign-in-refused");
    await keyed.context.close();
    await open(second, "/staff/roster");
    assert.ok(await second.page.getByText("New phone").first().isVisible());
    assert.ok(await second.page.getByText(mark).isVisible(), "both read the same mark to each other");
    await look(second, "staff-roster-waiting");
  });

  test("a change of the roster is looked at before anybody signs it", async () => {
    const [first, second, third] = staff;
    // Where there are enough others, nobody signs for a key of their own.
    const other = third ?? second;
    await open(first, "/staff/roster");
    await first.page.locator("form[action$='/enrol'] button").click();
    await first.page.waitForURL("**/enrol");
    await look(first, "staff-preview-key");
    await sign(first, "propose");
    await first.page.waitForURL("**/staff/actions/*");
    await look(first, "staff-action-key");
    const action = new URL(first.page.url()).pathname;
    await open(other, "/staff");
    await look(other, "staff-queue-key");
    await step(other, action, "approve");
    await look(other, "staff-action-key-waits");
    await open(other, "/staff/roster");
    assert.ok(await other.page.locator("form[action$='/enrol']").isVisible(), "a new key waits for a day");
  });

  test("somebody is to be taken on, with all that was typed on the way back", async () => {
    const [first] = staff;
    await open(first, "/staff/roster");
    const form = first.page.locator("form[action='/staff/roster/add']");
    await form.locator("[name='name']").fill("Eirik Vang");
    await form.locator("[name='directory']").fill("eirik@bay.example");
    await form.locator("[name='team']").fill("trust");
    await form.locator("[name='starts']").fill("2099-01-01");
    await form.locator("[name='explanation']").fill("The trust team asked for an auditor.");
    await form.locator("[name='explanation']").fill("Looks after the trust team's books.");
    await form.locator("button").click();
    await first.page.locator("#roles-error").waitFor();
    await look(first, "staff-roster-wrong");
    await tick(form, ["auditor"]);
    await form.locator("button").click();
    await first.page.waitForURL("**/add");
    await look(first, "staff-preview-person");
    await first.page.locator("form.again button").click();
    assert.equal(await form.locator("[name='directory']").inputValue(), "eirik@bay.example");
    await form.locator("button").click();
    await sign(first, "propose");
    await first.page.waitForURL("**/staff/actions/*");
    assert.match(await first.page.locator("h1").innerText(), /Eirik Vang/);
  });

  test("sessions are listed, and ended from anywhere", async () => {
    const [first] = staff;
    const copy = await first.context.newPage();
    await open(first, "/staff/sessions");
    await look(first, "staff-sessions");
    const page = { ...first, page: copy };
    await open(page, "/staff/roster");
    assert.equal(new URL(copy.url()).pathname, "/staff/roster");
    await first.page.locator("form[action$='/revoke'] button").first().click();
    await first.page.waitForURL("**/staff/sign-in");
    await open(page, "/staff/roster");
    assert.equal(new URL(copy.url()).pathname, "/staff/sign-in", "the session is over everywhere");
    await copy.close();
    await useKey(first);
    await first.page.waitForURL("**/staff*");
  });

  test("a passkey that does not know its owner opens nothing", async () => {
    const [, second] = staff;
    await second.page.locator("footer form[action='/staff/sign-out'] button").click();
    await second.page.waitForURL("**/staff/sign-in");
    await second.key.know(false);
    await useKey(second);
    await second.page.locator(".field-error:visible").waitFor();
    await look(second, "staff-sign-in-failed");
    await second.key.know(true);
    await useKey(second);
    await second.page.waitForURL("**/staff*");
  });

  test("without scripts the sign-in says what it needs", async () => {
    const plain = await person(browser, { ...manner, site: site.origin, scripts: false });
    await open(plain, "/staff/sign-in");
    assert.match(await plain.page.locator("[data-unsupported]:visible").innerText(), /JavaScript/);
    assert.ok(await plain.page.locator("button[data-go]").isDisabled());
    await look(plain, "staff-sign-in");
    await plain.context.close();
  });

  test("whoever is ended is out on the second, when two have signed", async () => {
    const [first, second, third] = staff;
    const leaving = third ?? second;
    await open(first, "/staff/roster");
    await first.page.locator(`#person-${staff.length} .ask-first > summary`).click();
    await first.page.locator(`#person-${staff.length} [name='explanation']`).last().fill("Today is the last day.");
    await first.page.locator(`#person-${staff.length} .ask-first [name='explanation']`).fill("It was their last week.");
    await first.page.locator(`#person-${staff.length} button[formaction$='/end']`).click();
    if (!third) {
      await look(first, "staff-refused-end");
      assert.equal(await first.page.locator("form[data-sign]").count(), 0, "too few would be left");
      return;
    }
    await look(first, "staff-preview-end");
    await sign(first, "propose");
    await first.page.waitForURL("**/staff/actions/*");
    await open(third, "/staff/roster");
    assert.equal(new URL(third.page.url()).pathname, "/staff/roster");
    await step(second, new URL(first.page.url()).pathname, "approve");
    await look(second, "staff-action-end-done");
    await open(leaving, "/staff/roster");
    assert.equal(new URL(leaving.page.url()).pathname, "/staff/sign-in");
    await useKey(leaving);
    await leaving.page.locator(".field-error:visible").waitFor();
    await look(leaving, "staff-sign-in-ended");
  });

  test("what happened is on the ledger, whole", async () => {
    assert.match(await site.verify(), /^WHOLE/);
    for (const someone of staff) assert.deepEqual(someone.troubles, []);
  });
}
