// An operator begins with an empty folder: the one-time address, an owner, a Zoom account, a room, somebody inside.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { clean, expectText } from "../expect.js";
import { HANDS } from "../hands.js";
import { openBrowser, person } from "../people.js";
import { apart } from "../program.js";
import { inZone, join, liveAtZoom, schedule, setUp, startForHost } from "../walks.js";

let browser;
before(async () => {
  browser = await openBrowser();
});
after(() => browser?.close());

for (const hands of HANDS) {
  test(`an operator begins with an empty folder and has somebody in a room, ${hands.label}`, async () => {
    const { site, sandbox, close } = await apart();
    const base = site.ready.eroom;
    const owner = await person(browser, { hands, zone: "Europe/Madrid" });
    await owner.page.goto(base);
    await expectText(owner.page.getByRole("main"), "No room is announced yet");
    await setUp(owner, site.ready, sandbox.ready.zoom);
    await expectText(owner.page.getByRole("main"), "Zoom takes Client ID and Client Secret.");
    assert.equal(await owner.page.getByText("failed", { exact: true }).count(), 0);

    const title = `First room, ${hands.label}`;
    const [date, time] = inZone(new Date(Date.now() - 60_000), "Europe/Madrid");
    await schedule(owner, base, { title, date, time });
    await liveAtZoom(owner);

    await startForHost(owner);

    const again = await person(browser);
    const answer = await again.page.goto(site.ready.setup);
    assert.equal(answer.status(), 410, "the one-time address works once");

    const visitor = await person(browser, { hands });
    await join(visitor, base, title, "Visitor");
    clean(owner, visitor);
    await Promise.all([owner.leave(), visitor.leave(), again.leave()]);
    await site.stop();
    await sandbox.stop();
    await close();
  });
}
