// The picture in the README: made here, so that it shows what there is.

import { mkdir, stat, writeFile } from "node:fs/promises";
import { test } from "node:test";
import assert from "node:assert/strict";

import { expectText } from "../expect.js";
import { openBrowser, person } from "../people.js";
import { demo } from "../program.js";

const LARGEST = 300_000;

test("the list of rooms is fit for a picture", async () => {
  const site = await demo();
  const browser = await openBrowser();
  const someone = await person(browser, { zone: "Europe/London", screen: { viewport: { width: 1100, height: 800 } } });
  const { page } = someone;
  await page.goto(site.ready.eroom);
  await expectText(page.getByRole("main"), "Open studio: say hello");
  const dismiss = page.getByRole("button", { name: /^Do not show/ });
  if (await dismiss.isVisible()) await dismiss.click();
  await page.evaluate(() => document.fonts.ready);
  await page.waitForLoadState("networkidle");
  const picture = await page.screenshot({ animations: "disabled" });
  assert.ok(picture.length < LARGEST, `the picture has ${picture.length} bytes`);
  // Times are relative to now, so each run draws another picture; the committed one changes when asked for.
  const folder = process.env.EROOM_TEST_PICTURES ?? new URL("../../results", import.meta.url).pathname;
  await mkdir(folder, { recursive: true });
  await writeFile(`${folder}/rooms.png`, picture);
  assert.ok((await stat(`${folder}/rooms.png`)).size > 10_000);
  await browser.close();
  await site.stop();
});
