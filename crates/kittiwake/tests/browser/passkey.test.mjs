// A passkey as second factor, in a real browser with a virtual authenticator: enrolled, asked for, mislaid, removed.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { authenticator } from "./authenticator.mjs";
import { PASSWORD, URL_OF_SITE, launch, look, open, person, send, signIn, signUp } from "./browser.mjs";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

for (const language of ["en", "fr"]) {
  describe(`a passkey in ${language}`, () => ceremony(language));
}

function ceremony(language) {
  const handle = `keyed_${language}`;
  let elin, key, codes;
  before(async () => {
    elin = await person(browser, { language });
    key = await authenticator(elin);
    await signUp(elin, handle);
  });
  after(() => elin.context.close());

  test("adding one with a wrong password is refused, and says that it was the password", async () => {
    await open(elin, "/settings/security");
    await add("Phone", "not my password at all");
    await elin.page.locator("[data-passkey-error]:visible").waitFor();
    const said = await elin.page.locator("[data-passkey-error]").innerText();
    assert.match(said, language === "fr" ? /mot de passe/ : /password/);
    assert.deepEqual(await key.credentials(), []);
    forgive(422, "/settings/security/passkeys/options");
  });

  test("the first one comes with recovery codes", async () => {
    await open(elin, "/settings/security");
    await add("<i>Phone</i>");
    await elin.page.locator("ul.recovery li").first().waitFor();
    codes = await elin.page.locator("ul.recovery li").allInnerTexts();
    assert.ok(codes.length >= 8);
    assert.equal((await key.credentials()).length, 1);
    await look(elin, "recovery-codes");
    await open(elin, "/settings/security");
    assert.ok(await elin.page.getByText("<i>Phone</i>").first().isVisible());
    await look(elin, "settings-security-passkey");
  });

  test("the same authenticator is not added twice", async () => {
    await add("Phone again");
    await elin.page.locator("[data-passkey-error]:visible").waitFor();
    assert.equal((await key.credentials()).length, 1);
  });

  test("signing in takes the password, then the passkey", async () => {
    await signOut();
    await signIn(elin, handle);
    await elin.page.waitForURL("**/sign-in/second-factor*");
    await look(elin, "second-factor");
    await open(elin, "/home");
    assert.equal(new URL(elin.page.url()).pathname, "/sign-in", "the password alone opens nothing");
    await signIn(elin, handle);
    await use();
    await elin.page.waitForURL("**/home");
    const [credential] = await key.credentials();
    assert.ok(credential.signCount > 1, "the authenticator signed");
  });

  test("a passkey that does not know its owner is not accepted, and a recovery code helps, once", async () => {
    await signOut();
    await key.know(false);
    await signIn(elin, handle);
    await use();
    await elin.page.locator("[data-passkey-error]:visible").waitFor();
    await send(elin, "code", { code: codes[0] });
    await elin.page.waitForURL("**/home");
    await signOut();
    await signIn(elin, handle);
    await send(elin, "code", { code: codes[0] });
    await elin.page.locator('[name="code"][aria-invalid="true"]').waitFor();
    await key.know(true);
    await use();
    await elin.page.waitForURL("**/home");
  });

  test("once it is removed, the password is enough", async () => {
    await open(elin, "/settings/security");
    await elin.page.locator("details.ask-first summary").first().click();
    await elin.page.locator('details.ask-first [name="password"]').first().fill(PASSWORD);
    await elin.page.locator("details.ask-first button").first().click();
    await elin.page.locator("details.ask-first").waitFor({ state: "detached" });
    await signOut();
    await signIn(elin, handle);
    await elin.page.waitForURL("**/home");
    assert.deepEqual(elin.troubles, []);
  });

  async function add(name, password = PASSWORD) {
    const form = elin.page.locator("form[data-passkey-make]");
    await form.locator('[name="name"]').fill(name);
    await form.locator('[name="password"]').fill(password);
    await form.locator("button").click();
  }

  /** One answer of this kind was meant to come. */
  function forgive(status, path) {
    assert.deepEqual(elin.troubles.splice(0), [`${status} ${URL_OF_SITE}${path}`]);
  }

  async function use() {
    await elin.page.locator("form[data-passkey-use] button").click();
  }

  async function signOut() {
    await open(elin, "/settings/account");
    await elin.page.locator('form[action="/sign-out"] button:visible').first().click();
    await elin.page.waitForLoadState();
  }
}
