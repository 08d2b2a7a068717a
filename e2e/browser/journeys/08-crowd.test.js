// From four people on everybody's picture is sent small, so that a crowd fits through one person's line.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { clean, eventually } from "../expect.js";
import { HANDS } from "../hands.js";
import { openBrowser, person } from "../people.js";
import { demo } from "../program.js";
import { join } from "../walks.js";

const ROOM = "Open studio: say hello";
let site;
let browser;

before(async () => {
  [site, browser] = await Promise.all([demo(), openBrowser()]);
});
after(async () => {
  await browser?.close();
  await site?.stop();
});

for (const hands of HANDS) {
  test(`with four people in a call pictures are at most 320 × 180 at 15 frames, and whoever stays gets large ones back, ${hands.label}`, async (t) => {
    const people = [];
    for (const name of ["Ada", "Ben", "Chioma"]) people.push(await enter(hands, name));
    const [ada] = people;
    await eventually("three people see large pictures", async () => {
      const pictures = await arriving(ada.page);
      return pictures.length === 2 && pictures.every(({ width }) => width > 320);
    }, 45_000);

    const dora = await enter(hands, "Dora");
    const small = await eventually("four people see small pictures", async () => {
      const pictures = await arriving(ada.page);
      return pictures.length === 3 && pictures.every(({ width, height, rate }) => width <= 320 && height <= 180 && rate > 0 && rate <= 16) && pictures;
    }, 45_000);
    t.diagnostic(`what arrives at Ada from three others: ${JSON.stringify(small)}`);
    assert.equal(small.length, 3);

    await dora.leave();
    await eventually("three people see large pictures again", async () => {
      const pictures = await arriving(ada.page);
      return pictures.length === 2 && pictures.every(({ width }) => width > 320);
    }, 45_000);
    clean(...people);
    await Promise.all(people.map((someone) => someone.leave()));
  });
}

async function enter(hands, name) {
  const someone = await person(browser, { hands });
  await join(someone, site.ready.eroom, ROOM, name);
  return someone;
}

/** Size and frames a second of each picture that arrives, as decoded just now. */
async function arriving(page) {
  const decoded = () => page.evaluate(async () => {
    const pictures = [];
    for (const connection of window.openedPeerConnections ?? []) {
      if (connection.connectionState !== "connected") continue;
      for (const report of (await connection.getStats()).values()) {
        if (report.type !== "inbound-rtp" || report.kind !== "video") continue;
        pictures.push({ width: report.frameWidth ?? 0, height: report.frameHeight ?? 0, frames: report.framesDecoded, at: report.timestamp });
      }
    }
    return pictures;
  });
  const before = await decoded();
  await page.waitForTimeout(2_000);
  const now = await decoded();
  if (before.length !== now.length) return [];
  return now.map(({ width, height, frames, at }, place) => ({ width, height, rate: ((frames - before[place].frames) * 1000) / (at - before[place].at) }));
}
