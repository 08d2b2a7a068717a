// An owner at work: signs in, schedules, starts as the host, ends the call for all.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { seesAndHears } from "../calls.js";
import { clean, eventually, expectText } from "../expect.js";
import { HANDS } from "../hands.js";
import { openBrowser, person } from "../people.js";
import { demo } from "../program.js";
import { enter, inZone, inside, liveAtZoom, schedule, setMuted } from "../walks.js";
import { controls } from "../zoom.js";

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
  test(`the owner signs in, schedules a room, starts it as its host and ends it, ${hands.label}`, async () => {
    const base = site.ready.eroom;
    const title = `Journey ${hands.label}`;
    const owner = await person(browser, { hands, zone: "Europe/Madrid" });
    const { page } = owner;
    await page.goto(`${base}/admin`);
    await owner.hands.write(page.getByLabel("E-mail", { exact: true }), site.ready.admin.email);
    await owner.hands.write(page.getByLabel("Password", { exact: true }), site.ready.admin.password);
    await owner.hands.press(page.getByRole("button", { name: "Sign in", exact: true }));
    await page.waitForURL(/\/admin\/rooms/);

    // Its time has just come: what ends before its planned start was a rehearsal, and the room stays open.
    const now = new Date(Date.now() - 60_000);
    const [date, time] = inZone(now, "Europe/Madrid");
    const room = await schedule(owner, base, { title, date, time });
    await liveAtZoom(owner);
    assert.equal((await controls(site.ready.sandbox).meetings()).filter(({ topic }) => topic === title).length, 1);

    await owner.hands.press(page.getByRole("main").getByRole("link", { name: /^Start/ }));
    await owner.hands.press(page.getByRole("button", { name: /^Start/ }));
    await inside(owner);
    await setMuted(owner, false);

    const visitor = await person(browser, { hands });
    await visitor.page.goto(base);
    await visitor.hands.press(visitor.page.getByRole("link", { name: title, exact: true }));
    await visitor.hands.press(visitor.page.getByRole("link", { name: "Join in browser" }));
    await enter(visitor, "Visitor");
    await inside(visitor);
    await setMuted(visitor, false);
    await Promise.all([seesAndHears(page, 1), seesAndHears(visitor.page, 1)]);

    const bar = page.getByRole("group", { name: "Call controls" });
    await owner.hands.press(bar.getByRole("button", { name: "End for all" }));
    const sure = page.getByRole("dialog").or(page.getByRole("alertdialog"));
    await owner.hands.press(sure.getByRole("button", { name: /^End/ }));
    await eventually("the visitor's call is over", async () => (await visitor.page.locator('#zmmtg-root[data-call-state="in"]').count()) === 0);
    await visitor.page.goto(base);
    await eventually("the room's page says that it ended", async () => {
      await page.goto(room);
      return page.getByText("Ended", { exact: true }).first().isVisible();
    });
    clean(owner, visitor);
    await Promise.all([owner.leave(), visitor.leave()]);
  });
}
