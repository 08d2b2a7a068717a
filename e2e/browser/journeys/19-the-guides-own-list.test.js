// The usual list of scopes to the letter: an app with exactly those 49, Feature skipped, and at first no second app. What
// the list is good for works; what it is not good for is said quietly.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { clean, expectText } from "../expect.js";
import { generalApp, serverApp, signIn } from "../marketplace.js";
import { openBrowser, person } from "../people.js";
import { apart } from "../program.js";
import { becomeOwner, connect, inZone, join, liveAtZoom, schedule, startForHost } from "../walks.js";

const ZONE = "Europe/Madrid";
const ROOMS = [
  { title: "A meeting by the list", kind: "Meeting" },
  { title: "A webinar by the list", kind: "Webinar", email: "visitor@example.org" },
];

let browser;
before(async () => {
  browser = await openBrowser();
});
after(() => browser?.close());

/** Nothing on the page of Zoom settings is red, and everything that is not green or grey has its reason. */
async function nothingIsRed({ page }, base) {
  await page.goto(`${base}/admin/zoom`);
  await page.getByRole("heading", { name: "The test" }).waitFor();
  assert.equal(await page.locator('[data-outcome="failed"]').count(), 0, await page.locator("#test").innerText());
  const red = await page.locator("#works li:has(.chip.bad)").evaluateAll((rows) => rows.map((row) => row.dataset.feature));
  return red;
}

/** Somebody comes through a room's page into the Zoom app's own page. */
async function intoTheApp(base, sandbox, { title, email }) {
  const visitor = await person(browser);
  const { page, hands } = visitor;
  await page.goto(base);
  await hands.press(page.getByRole("link", { name: title, exact: true }));
  await page.waitForURL(/\/r\//);
  assert.equal(await page.getByRole("link", { name: "Join in browser" }).count(), 0, "there is no second app yet");
  await hands.press(page.getByRole("link", { name: "Open in the Zoom app" }));
  await hands.write(page.getByLabel("Your name"), "Visitor");
  if (email) await hands.write(page.getByLabel("E-mail"), email);
  await hands.press(page.getByRole("button", { name: "Open in the Zoom app" }));
  await page.waitForURL((url) => url.origin === new URL(sandbox).origin);
  assert.match(new URL(page.url()).pathname, /^\/j\/\d+$/);
  clean(visitor);
  await visitor.leave();
}

test("with exactly the usual 49 scopes and one app rooms are held in the Zoom app, and with the second in the browser", async () => {
  const { site, sandbox, close } = await apart();
  const base = site.ready.eroom;
  const owner = await person(browser, { zone: ZONE });
  await becomeOwner(owner, site.ready.setup);
  await owner.page.goto(`${base}/admin/setup`);
  const scopes = await owner.page.locator("#whole-list code").allTextContents();
  assert.equal(new Set(scopes).size, 49);
  await signIn(owner, sandbox.ready.sandbox, "Ada Okafor");
  const server = await serverApp(owner, "By the list", undefined, scopes);
  await owner.page.goto(`${server.app}/scopes`);
  await expectText(owner.page.getByRole("main"), "49 scopes.");

  const { account_id, client_id, client_secret } = server.held;
  await connect(owner, base, { account_id, client_id, client_secret });
  // Joining in the browser waits for the other app; the rest is not red.
  assert.deepEqual(await nothingIsRed(owner, base), ["join-in-browser", "start-as-host"]);
  const webinars = owner.page.locator('[data-feature="webinars"]');
  await expectText(webinars, "webinar:read:list_webinars:admin");
  assert.equal(await webinars.locator(".chip.bad, .chip.warn").count(), 0, "a list of webinars is missed quietly");
  // What this version does not do, and the list has no scope for, is there in grey.
  assert.deepEqual(await owner.page.locator("[data-later] .chip").allTextContents(), ["later", "later", "later"]);
  assert.equal(await owner.page.locator("[data-later] .chip:is(.good, .warn, .bad)").count(), 0);
  assert.equal(await owner.page.locator('[data-feature="webhooks"]').getAttribute("data-standing"), "not-asked-for");

  const [date, time] = inZone(new Date(Date.now() - 60_000), ZONE);
  const kept = [];
  for (const room of ROOMS) {
    kept.push(await schedule(owner, base, { ...room, date, time }));
    await liveAtZoom(owner);
    await intoTheApp(base, sandbox.ready.sandbox, room);
  }

  await owner.page.goto(`${sandbox.ready.sandbox}/marketplace`);
  const { held } = await generalApp(owner, "By the list, in the browser");
  await connect(owner, base, { sdk_key: held.sdk_key, sdk_secret: held.sdk_secret });
  assert.deepEqual(await nothingIsRed(owner, base), []);
  for (const [place, { title, email }] of ROOMS.entries()) {
    await owner.page.goto(kept[place]);
    await startForHost(owner);
    const visitor = await person(browser);
    await join(visitor, base, title, "Visitor", { email });
    clean(visitor);
    await visitor.leave();
  }
  clean(owner);
  await owner.leave();
  await site.stop();
  await sandbox.stop();
  await close();
});
