// People meet: from the list of rooms into a room, where they see, hear and read each other.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { energyOver, fallsSilent, received, seesAndHears } from "../calls.js";
import { clean, eventually, expectText } from "../expect.js";
import { HANDS } from "../hands.js";
import { openBrowser, person } from "../people.js";
import { demo } from "../program.js";
import { join, say, seesPeople, setMuted, toGreenRoom } from "../walks.js";

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
  test(`two visitors join from the list, see, hear and read each other, ${hands.label}`, async () => {
    const ada = await person(browser, { hands });
    const ben = await person(browser, { hands });
    await join(ada, site.ready.eroom, ROOM, "Ada");
    await join(ben, site.ready.eroom, ROOM, "Ben");
    await setMuted(ada, false);
    await setMuted(ben, false);
    await Promise.all([seesAndHears(ada.page, 1), seesAndHears(ben.page, 1)]);
    await seesPeople(ada, ["Ada", "Ben"]);
    await seesPeople(ben, ["Ada", "Ben"]);

    assert.ok((await energyOver(ben.page, 2_500)) > 1e-4, "Ben hears Ada");
    await setMuted(ada, true);
    await fallsSilent(ben.page);
    await setMuted(ada, false);
    assert.ok((await energyOver(ben.page, 4_000)) > 1e-4, "Ben hears Ada again");

    const line = `Hello from Ada, ${hands.label}`;
    await say(ada, line);
    await say(ben, "I can read you");
    await expectText(ben.page.getByRole("list", { name: "Chat messages" }), line);
    await expectText(ada.page.getByRole("list", { name: "Chat messages" }), "I can read you");

    await goOut(ada);
    await goOut(ben);
    clean(ada, ben);
    await Promise.all([ada.leave(), ben.leave()]);
  });
}

for (const hands of HANDS) {
  test(`three people see and hear each other, and whoever leaves is gone for the others, ${hands.label}`, async () => {
    const people = [];
    for (const name of ["Ada", "Ben", "Chioma"]) {
      const someone = await person(browser, { hands });
      await join(someone, site.ready.eroom, ROOM, name);
      await setMuted(someone, false);
      people.push(someone);
    }
    await Promise.all(people.map(({ page }) => seesAndHears(page, 2, 45_000)));
    const [ada, ben, chioma] = people;
    await goOut(chioma);
    await seesPeople(ada, ["Ben"]);
    await ada.page.getByRole("list", { name: "In the call" }).getByText("Chioma").waitFor({ state: "detached" });
    await seesAndHears(ben.page, 1);
    clean(...people);
    await Promise.all(people.map((someone) => someone.leave()));
  });
}

for (const hands of HANDS) {
  test(`from pressing Join to both videos moving it takes no longer than people wait, ${hands.label}`, async (t) => {
    const rounds = Number(process.env.EROOM_TEST_JOINS ?? 3);
    const ada = await person(browser);
    await join(ada, site.ready.eroom, ROOM, "Ada");
    const times = [];
    for (let round = 0; round < rounds; round += 1) {
      const ben = await person(browser, { hands });
      await toGreenRoom(ben, site.ready.eroom, ROOM);
      await ben.hands.write(ben.page.getByLabel("Your name"), `Ben ${round}`);
      const [moves, begun] = [bothMoving(ada.page, ben.page), Date.now()];
      await ben.hands.press(ben.page.getByRole("button", { name: "Join now" }));
      times.push((await moves) - begun);
      await goOut(ben);
      await ben.leave();
      await eventually("Ada is alone again", async () => (await received(ada.page)).length === 0);
    }
    times.sort((a, b) => a - b);
    const at = (share) => times[Math.min(times.length - 1, Math.ceil(times.length * share) - 1)];
    // A figure to look at; a busy machine must not fail the journey.
    t.diagnostic(`from “Join now” pressed to both videos moving, ${times.length} times: median ${at(0.5)} ms, p95 ${at(0.95)} ms, longest ${at(1)} ms`);
    clean(ada);
    await ada.leave();
  });
}

/** The moment at which each of two people first decodes new frames of the other, as their own pages see it. */
async function bothMoving(...pages) {
  const moments = await Promise.all(pages.map(firstFrames));
  return Math.max(...moments);
}

async function firstFrames(page) {
  for (;;) {
    // The page that joins goes from one address to the next meanwhile.
    const all = await received(page).catch(() => []);
    if (all.some(({ frames }) => frames > 1)) return Date.now();
    await page.waitForTimeout(20);
  }
}

/** Leaves by the button and waits for the room's own page. */
async function goOut({ page, hands }) {
  await hands.press(page.getByRole("group", { name: "Call controls" }).getByRole("button", { name: "Leave", exact: true }));
  await page.locator('#zmmtg-root[data-call-state="in"]').waitFor({ state: "detached" });
}
