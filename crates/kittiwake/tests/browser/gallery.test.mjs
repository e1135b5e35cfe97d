// Every page in every form, rendered from its sample: also those that a test cannot walk to, because only time, the staff
// or another server would make them. No server is asked: pages, style and scripts come from the folder.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import { URL_OF_SITE, inspect, launch, person, picture } from "./browser.mjs";

const FOLDER = process.env.KITTIWAKE_GALLERY;

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

for (const { language, size, theme } of [
  { language: "en", size: "desktop", theme: "light" },
  { language: "en", size: "phone", theme: "dark" },
  { language: "fr", size: "narrow", theme: "light" },
]) {
  describe(`samples in ${language}, ${size}, ${theme}`, () => {
    const files = readdirSync(join(FOLDER, language)).sort();
    let viewer;
    before(async () => {
      viewer = await person(browser, { language, size, theme });
      await viewer.page.route(`${URL_OF_SITE}/gallery/*`, (route) => {
        const name = new URL(route.request().url()).pathname.split("/").pop();
        return route.fulfill({ contentType: "text/html; charset=utf-8", body: readFileSync(join(FOLDER, language, name), "utf8") });
      });
      await viewer.page.route(`${URL_OF_SITE}/assets/*`, (route) => route.fulfill({ path: join(FOLDER, new URL(route.request().url()).pathname) }));
      // Samples show pictures that nobody uploaded.
      await viewer.page.route("**/media/**", (route) => route.fulfill({ status: 204 }));
    });
    after(() => viewer.context.close());

    test("there are samples", () => assert.ok(files.length > 20));
    for (const file of files) {
      test(file.replace(".html", ""), async () => {
        await viewer.page.goto(`/gallery/${file}`);
        await picture(viewer.page, `gallery/${file.replace(".html", "")}-${language}-${size}-${theme}`);
        await inspect(viewer.page, file, language);
      });
    }
  });
}
