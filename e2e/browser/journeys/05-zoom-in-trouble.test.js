// A visitor's request never calls Zoom: its pages are as quick with Zoom slow, and with Zoom gone.

import assert from "node:assert/strict";
import { test } from "node:test";

import { openBrowser, person } from "../people.js";
import { clean, expectText } from "../expect.js";
import { demo } from "../program.js";
import { controls } from "../zoom.js";

const ROUNDS = 15;

test("every page for visitors is as quick with Zoom slow and with Zoom gone as before", async (t) => {
  const site = await demo();
  const browser = await openBrowser();
  const base = site.ready.eroom;
  const zoom = controls(site.ready.sandbox);
  const someone = await person(browser);
  const { page } = someone;
  await page.goto(base);
  const room = new URL(await page.getByRole("link", { name: "Open studio: say hello", exact: true }).getAttribute("href"), base);
  const pages = [base, room.href, `${room.href}/join`, `${room.href}/state`, `${room.href}.ics`, `${base}/calendar.ics`];

  const before = await median(pages);
  await zoom.slow(10_000);
  const slow = await median(pages);
  const callsBefore = await zoom.count();
  await median(pages);
  assert.equal(await zoom.count(), callsBefore, "a visitor's page called Zoom");
  await zoom.unplug();
  const gone = await median(pages);

  t.diagnostic(`medians in ms: ${JSON.stringify({ before, slow, gone })}`);
  for (const [name, times] of Object.entries({ slow, gone })) {
    times.forEach((time, place) => {
      // A page that asked Zoom would take ten seconds; the rest is the machine's own mood.
      assert.ok(time < before[place] * 5 + 250, `${pages[place]} took ${time} ms with Zoom ${name}, ${before[place]} before`);
    });
  }
  await page.goto(room.href);
  await expectText(page.getByRole("main"), "Open studio: say hello");
  clean(someone);
  await browser.close();
  await zoom.clear();
  await site.stop();
});

/** The median of some rounds for each address, in milliseconds. */
async function median(addresses) {
  const medians = [];
  for (const address of addresses) {
    const times = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const begun = performance.now();
      const answer = await fetch(address);
      await answer.arrayBuffer();
      assert.equal(answer.status, 200, address);
      times.push(performance.now() - begun);
    }
    times.sort((a, b) => a - b);
    medians.push(Math.round(times[ROUNDS >> 1] * 10) / 10);
  }
  return medians;
}
