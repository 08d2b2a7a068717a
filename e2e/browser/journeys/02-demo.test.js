// The demo's first five minutes, as its own bar leads through them; a stranger without a camera can do the same.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { clean, eventually, expectText } from "../expect.js";
import { HANDS } from "../hands.js";
import { openBrowser, person } from "../people.js";
import { demo } from "../program.js";
import { enter, inside, liveAtZoom, schedule } from "../walks.js";
import { controls } from "../zoom.js";

let browser;
before(async () => {
  browser = await openBrowser();
});
after(() => browser?.close());

for (const hands of HANDS) {
  test(`the bar of the demo leads through its five steps, ${hands.label}`, async () => {
    const site = await demo();
    const base = site.ready.eroom;
    const zoom = controls(site.ready.sandbox);
    const someone = await person(browser, { hands });
    const { page } = someone;
    const bar = page.getByRole("complementary", { name: "Five minutes with the demo" });
    const step = (name) => bar.getByRole("listitem").filter({ hasText: name });
    /** Steps that leave the site open a tab of their own. */
    const opened = async (press) => (await Promise.all([page.waitForEvent("popup"), press]))[0];

    // 1. Join a live room: two drawn people are inside, and one of them writes.
    await page.goto(base);
    await someone.hands.press(step("Join a live room").getByRole("link"));
    await page.waitForURL(/#|\/r\//);
    await someone.hands.press(page.getByRole("link", { name: "Open studio: say hello", exact: true }));
    await someone.hands.press(page.getByRole("link", { name: "Join in browser" }));
    await enter(someone, "Robin");
    await inside(someone);
    await eventually("two simulated people are inside", async () => (await page.locator("[data-simulated]").count()) >= 2);
    await expectText(page.getByRole("main").or(page.locator("#zmmtg-root")), /second tab/i, 30_000);

    // 2. Schedule one: three fields, and a chip that goes live.
    await page.goto(base);
    await someone.hands.press(step("Schedule one").getByRole("button"));
    await page.waitForURL(/\/admin\/rooms\/new/);
    await schedule(someone, base, { title: `By the bar ${hands.name}`, date: "2031-05-06", time: "18:30" });
    await liveAtZoom(someone);

    // 3. See Zoom's side: that very request.
    await page.goto(base);
    const log = await opened(someone.hands.press(step("See Zoom’s side").getByRole("link")));
    await expectText(log.getByRole("main"), /\/users\/[^ ]+\/meetings/);

    // 4. Unplug Zoom: pages stay, a room waits; plugged in again there is exactly one meeting.
    await zoom.unplug();
    const waiting = await schedule(someone, base, { title: `While unplugged ${hands.name}`, date: "2031-05-07", time: "09:00" });
    await expectText(page.getByRole("main"), "waiting for Zoom");
    await page.goto(base);
    await expectText(page.getByRole("main"), "Open studio: say hello");
    await zoom.plugIn();
    await page.goto(waiting);
    await eventually("the room is ready at Zoom", async () => {
      await page.reload();
      return page.getByText(/ready at Zoom · \d/).first().isVisible();
    }, 240_000);
    const made = (await zoom.meetings()).filter(({ topic }) => topic === `While unplugged ${hands.name}`);
    assert.equal(made.length, 1);

    // 5. Use my own Zoom: the settings page.
    await page.goto(base);
    await someone.hands.press(step("Use my own Zoom").getByRole("button"));
    await page.waitForURL(/\/admin\/zoom/);
    await expectText(page.getByRole("main"), "Zoom settings");

    clean(someone);
    await someone.leave();
    await site.stop();
  });
}
