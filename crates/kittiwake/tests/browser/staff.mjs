// What people of the staff do at their browsers: found, come in, propose, sign. Loaded by tests; looks at nothing itself.

import { authenticator } from "./authenticator.mjs";
import { open, person } from "./browser.mjs";

/** Somebody with a browser and a passkey of their own, who is on no staff yet. */
export async function colleague(browser, site, manner, who) {
  const someone = await person(browser, { ...manner, site: site.origin });
  return { ...someone, ...who, key: await authenticator(someone) };
}

/** Founds the staff of a house with these people and signs each of them in. */
export async function found(browser, site, manner, people) {
  const staff = [];
  for (const who of people) staff.push(await colleague(browser, site, manner, who));
  const [first] = staff;
  await open(first, site.link);
  for (const who of people) await name(first, who);
  const links = await enrolLinks(first);
  for (const [place, someone] of staff.entries()) {
    await open(someone, links[place]);
    await makeKey(someone, "Key on my ring");
  }
  await open(first, site.link);
  await first.page.locator("form[action='/staff/found'] button").click();
  await first.page.waitForURL("**/staff/found");
  for (const someone of staff) await comeIn(someone);
  return staff;
}

/** Writes somebody into the plan of a founding. */
export async function name(someone, { name, roles, team, ends = "" }) {
  const form = someone.page.locator("form[action='/staff/found/people']");
  await form.locator("[name='name']").fill(name);
  await tick(form, roles);
  await form.locator("[name='team']").fill(team);
  await form.locator("[name='ends']").fill(ends);
  await form.locator("button").click();
  await someone.page.locator("li.person", { hasText: name }).waitFor();
}

/** Ticks these roles of a form, and no others. */
export async function tick(form, roles) {
  for (const box of await form.locator("[name='roles']").all()) {
    await box.setChecked(roles.includes(await box.inputValue()));
  }
}

/** The links of the open page that lead to making a passkey, in its order. */
export function enrolLinks(someone) {
  return someone.page.locator("main input[readonly]").evaluateAll((all) => all.map((one) => one.value));
}

/** Makes a passkey at the open page. */
export async function makeKey(someone, name) {
  const form = someone.page.locator("form[data-enrol]");
  await form.locator("[name='name']").fill(name);
  await form.locator("button[data-go]").click();
  await form.waitFor({ state: "detached" });
}

/** Answers the open sign-in with the passkey. */
export async function useKey(someone) {
  await someone.page.locator("form[data-staff-sign-in] button[data-go]").click();
}

/** Signs in. */
export async function comeIn(someone) {
  await open(someone, "/staff/sign-in");
  await useKey(someone);
  await someone.page.waitForURL("**/staff");
}

/** Fills in what is to be done about an account, and asks for what would be signed. */
export async function prepare(someone, handle, { power, length = "1440", label = "", ground = "hijack", urgent = false }) {
  await open(someone, `/staff/accounts?q=${handle}`);
  await someone.page.locator(`li.found a[href^="/staff/accounts/"]`).first().click();
  const form = someone.page.locator("form.propose");
  await form.locator(`[name='power'][value='${power}']`).check();
  await form.locator("[name='length']").selectOption(length);
  if (label) await form.locator("[name='label']").selectOption(label);
  await form.locator("[name='ground']").selectOption(ground);
  await form.locator("[name='explanation']").fill("Somebody else writes in the owner’s place.");
  await form.locator("[name='facts']").fill("Two posts in ten minutes ask for money.");
  if (urgent) await form.locator("[name='urgent']").check();
  await form.locator("p.buttons button").click();
  await someone.page.waitForURL("**/propose");
}

/** Signs the step that the open page offers as `verb`, and waits for what became of it. */
export async function sign(someone, verb) {
  const { page } = someone;
  const aside = page.locator(`details:has(#sign-${verb}) > summary`);
  if (await aside.count()) await aside.click();
  const button = page.locator(`button[form="sign-${verb}"][data-go], #sign-${verb} button[data-go]`).first();
  const moved = page.waitForEvent("framenavigated");
  await button.click();
  await moved;
  await page.waitForLoadState();
}

/** Proposes about an account, and gives the path of the action. */
export async function propose(someone, handle, what) {
  await prepare(someone, handle, what);
  await sign(someone, "propose");
  await someone.page.waitForURL("**/staff/actions/*");
  return new URL(someone.page.url()).pathname;
}

/** Opens an action and signs a step of it. */
export async function step(someone, action, verb) {
  await open(someone, action);
  await sign(someone, verb);
}

/** The word of how far the open action is, as its mark has it. */
export async function state(someone) {
  return (await someone.page.locator("p.state .mark").first().innerText()).trim();
}
