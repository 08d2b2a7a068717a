// A visitor's request never calls Zoom: its pages are as quick with Zoom slow, and with Zoom gone. They are fetched, not
// pressed: the same pages are reached by mouse and by keyboard in the other journeys.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

import { openBrowser, person } from "../people.js";
import { clean, expectText } from "../expect.js";
import { apart } from "../program.js";
import { inZone, liveAtZoom, schedule, setUp } from "../walks.js";
import { controls } from "../zoom.js";

const ROUNDS = 15;

test("every page for visitors is as quick with Zoom slow, unplugged and stopped as before", async (t) => {
  const { site, sandbox, close } = await apart();
  const browser = await openBrowser();
  const base = site.ready.eroom;
  const zoom = controls(sandbox.ready.sandbox);
  const someone = await person(browser, { zone: "Europe/Madrid" });
  const { page } = someone;
  await setUp(someone, site.ready, sandbox.ready.zoom);
  const [date, time] = inZone(new Date(Date.now() - 60_000), "Europe/Madrid");
  await schedule(someone, base, { title: "A room in trouble", date, time });
  await liveAtZoom(someone);
  await page.goto(base);
  const room = new URL(await page.getByRole("link", { name: "A room in trouble", exact: true }).getAttribute("href"), base);
  const pages = await visitorsPages(base, room);

  const before = await median(pages);
  await zoom.slow(10_000);
  const slow = await median(pages);
  const callsBefore = await zoom.count();
  await median(pages);
  assert.equal(await zoom.count(), callsBefore, "a visitor's page called Zoom");
  await zoom.unplug();
  const unplugged = await median(pages);
  await sandbox.stop();
  await assert.rejects(fetch(sandbox.ready.sandbox), "the sandbox is gone");
  const stopped = await median(pages);

  t.diagnostic(`${pages.length} addresses, medians in ms: ${JSON.stringify({ before, slow, unplugged, stopped })}`);
  for (const [name, times] of Object.entries({ slow, unplugged, stopped })) {
    times.forEach((time, place) => {
      // A page that asked Zoom would take ten seconds; the rest is the machine's own mood.
      assert.ok(time < before[place] * 5 + 250, `${pages[place]} took ${time} ms with Zoom ${name}, ${before[place]} before`);
    });
  }
  await page.goto(room.href);
  await expectText(page.getByRole("main"), "A room in trouble");
  clean(someone);
  await browser.close();
  await site.stop();
  await close();
});

/** Every address of the route table that visitors get with success, and the calendar of a room. */
async function visitorsPages(base, room) {
  const table = JSON.parse(await readFile(process.env.EROOM_TEST_ROUTES, "utf8"));
  const slug = decodeURIComponent(room.pathname.split("/").pop());
  const found = [];
  for (const { method, path, audience } of table) {
    if (method !== "GET" || audience !== "Visitor") continue;
    const address = `${base}${path.replace("{slug}", encodeURIComponent(slug))}`;
    if (address.includes("{")) continue;
    const answer = await fetch(address, { redirect: "manual" });
    if (answer.status === 200) found.push(address);
  }
  found.push(`${room.href}.ics`);
  for (const needed of [`${base}/`, room.href, `${room.href}/join`, `${room.href}/state`]) {
    assert.ok(found.includes(needed), `${needed} is not among ${found.join(" ")}`);
  }
  return [...new Set(found)];
}

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
