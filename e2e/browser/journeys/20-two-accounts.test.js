// Two Zoom accounts of one organisation: the second connected beside the first, rooms held in each, and the second
// disconnected again, after which its rooms go on in the first.

import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { findings, overflows } from "../axe.js";
import { clean, expectText } from "../expect.js";
import { HANDS } from "../hands.js";
import { openBrowser, person } from "../people.js";
import { program } from "../receiver.js";
import { twoZooms } from "../two_zooms.js";
import { becomeOwner, connect, fillIn, inZone, liveAtZoom, schedule } from "../walks.js";

const ZONE = "Europe/Madrid";
const PASSWORD = "a sentence that is long enough";

let browser;
before(async () => {
  browser = await openBrowser();
});
after(() => browser?.close());

/** How many meetings a sandbox's account has. */
async function meetings({ ready }) {
  const { call } = await program(ready);
  const { users } = await call("GET", "/users");
  const lists = await Promise.all(users.map(({ id }) => call("GET", `/users/${id}/meetings?type=scheduled`)));
  return lists.reduce((sum, { total_records: total }) => sum + total, 0);
}

/** The page as it is: nothing for axe to find, nothing that scrolls sideways, and a picture where pictures are wanted. */
async function looksRight({ page }, name) {
  assert.deepEqual(await findings(page), [], name);
  assert.ok(!(await overflows(page)), `${name} scrolls sideways`);
  const folder = process.env.EROOM_TEST_PICTURES;
  if (!folder) return;
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}

/** The option of a list whose text has both words in it. */
async function optionWith(list, ...words) {
  const all = await list.locator("option").allTextContents();
  return all.find((text) => words.every((word) => text.includes(word)));
}

for (const hands of HANDS) {
  test(`a second account is connected, holds a room, and is disconnected, ${hands.label}`, async () => {
    const { site, first, second, close } = await twoZooms();
    const base = site.ready.eroom;
    const owner = await person(browser, { zone: ZONE, hands });
    const { page } = owner;
    const main = page.getByRole("main");
    await becomeOwner(owner, site.ready.setup);
    await connect(owner, base, first.ready.zoom);
    assert.equal(await page.getByRole("navigation", { name: "Zoom accounts" }).count(), 0, "one account needs no list");

    await owner.hands.press(page.getByRole("link", { name: "Connect another account" }));
    await expectText(main, "One more Zoom account.");
    await looksRight(owner, `one-more-${hands.name}`);
    // The same account again is told at its field; nothing typed but the secrets is lost.
    await fillIn(owner, first.ready.zoom);
    await expectText(main, "connected already, as Zoom");
    await fillIn(owner, second.ready.zoom);
    await expectText(page.getByRole("status"), "Everything that was tested works.");
    const accounts = page.getByRole("navigation", { name: "Zoom accounts" });
    assert.deepEqual(await accounts.getByRole("link").allTextContents(), ["Zoomdefault", "Zoom 2"]);
    await owner.hands.write(page.getByLabel("Name", { exact: true }), "Press office");
    await owner.hands.press(page.getByRole("button", { name: "Save the name" }));
    await accounts.getByRole("link", { name: "Press office" }).waitFor();
    await looksRight(owner, `two-accounts-${hands.name}`);
    await page.goto(`${base}/admin/zoom/quota`);
    await owner.hands.press(page.getByRole("navigation", { name: "Zoom accounts" }).getByRole("link", { name: "Press office" }));
    await page.waitForURL(/quota\?account=/);

    const [date, time] = inZone(new Date(Date.now() + 3_600_000), ZONE);
    await page.goto(`${base}/admin/rooms/new`);
    const host = await optionWith(page.getByLabel("Host", { exact: true }), "Press office", "Ada");
    const room = await schedule(owner, base, { title: "Press briefing", date, time, host });
    await liveAtZoom(owner);
    assert.deepEqual([await meetings(first), await meetings(second)], [0, 1]);

    await page.goto(`${base}/admin/zoom`);
    await owner.hands.press(page.getByRole("navigation", { name: "Zoom accounts" }).getByRole("link", { name: "Press office" }));
    await page.waitForURL(/zoom\?account=/);
    await owner.hands.press(page.getByRole("link", { name: "Disconnect…" }));
    await looksRight(owner, `disconnect-${hands.name}`);
    await owner.hands.press(page.getByRole("radio", { name: /^Keep their pages/ }));
    await owner.hands.write(page.getByLabel("Your password"), "not the password");
    await owner.hands.press(page.getByRole("button", { name: "Disconnect", exact: true }));
    await page.getByRole("alert").waitFor();
    assert.ok(await page.getByRole("radio", { name: /^Keep their pages/ }).isChecked(), "the choice is kept");
    await owner.hands.write(page.getByLabel("Your password"), PASSWORD);
    await owner.hands.press(page.getByRole("button", { name: "Disconnect", exact: true }));
    await expectText(page.getByRole("status"), "Nothing of that account is kept here.");
    assert.equal(await page.getByRole("navigation", { name: "Zoom accounts" }).count(), 0);

    await page.goto(room);
    await expectText(main, "Its Zoom account was disconnected.");
    await looksRight(owner, `room-without-account-${hands.name}`);
    // What is saved meanwhile moves it to nobody.
    await page.goto(`${room}/edit`);
    assert.match(await page.locator("#f-host option:checked").textContent(), /^As before/);
    await owner.hands.write(page.getByLabel("Title", { exact: true }), "Press briefing, postponed");
    await page.keyboard.press("Enter");
    await page.waitForURL((url) => !url.pathname.endsWith("/edit"));
    await expectText(main, "Its Zoom account was disconnected.");
    assert.deepEqual([await meetings(first), await meetings(second)], [0, 1]);
    await page.goto(`${room}/edit`);
    await owner.hands.choose(page.getByLabel("Host", { exact: true }), await optionWith(page.getByLabel("Host", { exact: true }), "Ada"));
    await owner.hands.press(page.getByRole("button", { name: /^Save/ }));
    await page.waitForURL((url) => !url.pathname.endsWith("/edit"));
    await liveAtZoom(owner);
    assert.deepEqual([await meetings(first), await meetings(second)], [1, 1]);
    clean(owner);
    await owner.leave();
    await close();
  });
}
