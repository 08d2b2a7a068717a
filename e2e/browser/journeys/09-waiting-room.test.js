// A waiting room: visitors wait, the host lets one in and turns another away, and both are told.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { seesAndHears } from "../calls.js";
import { clean, eventually, expectText } from "../expect.js";
import { HANDS } from "../hands.js";
import { openBrowser, person } from "../people.js";
import { demo } from "../program.js";
import { enter, inside, setMuted, signInAsDemoOwner } from "../walks.js";

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
  test(`visitors wait until the host lets them in or turns them away, ${hands.label}`, async () => {
    const base = site.ready.eroom;
    const room = await makeRoom(`Consultation ${hands.name}`);
    const host = await person(browser, { hands });
    await signInAsDemoOwner(host, base);
    await host.page.goto(`${base}/admin/rooms/${room.id}/start`);
    await host.hands.press(host.page.getByRole("button", { name: /^Start/ }));
    await inside(host);
    await setMuted(host, false);

    const welcome = await waits(hands, room, "Wanda");
    await host.hands.press(host.page.getByRole("status").filter({ hasText: "Wanda waits" }).getByRole("button", { name: "Admit" }));
    await inside(welcome);
    await setMuted(welcome, false);
    await Promise.all([seesAndHears(host.page, 1), seesAndHears(welcome.page, 1)]);

    const stranger = await waits(hands, room, "Nobody");
    await host.hands.press(host.page.getByRole("group", { name: "Call controls" }).getByRole("button", { name: /^People/ }));
    await host.hands.press(host.page.getByRole("button", { name: "Decline Nobody" }));
    await expectText(stranger.page.locator("#zmmtg-root"), "did not let you in");
    await eventually("the host sees nobody waiting", async () => (await host.page.getByRole("button", { name: "Decline Nobody" }).count()) === 0);

    // A host has two calls at a time: this one ends before the next walk begins its own.
    await host.hands.press(host.page.getByRole("group", { name: "Call controls" }).getByRole("button", { name: "End for all" }));
    await host.hands.press(host.page.getByRole("dialog").getByRole("button", { name: /^End/ }));
    await expectText(host.page.getByRole("main"), "Ended");

    clean(host, welcome, stranger);
    await Promise.all([host, welcome, stranger].map((someone) => someone.leave()));
  });
}

/** Somebody who has come as far as the waiting room, and sees and hears nothing yet. */
async function waits(hands, room, name) {
  const someone = await person(browser, { hands });
  await someone.page.goto(`${site.ready.eroom}/r/${encodeURIComponent(room.slug)}/join`);
  await enter(someone, name);
  await someone.page.locator('#zmmtg-root[data-call-state="waiting"]').waitFor({ state: "attached" });
  await expectText(someone.page.locator("#zmmtg-root"), "The host will let you in");
  assert.equal(await someone.page.evaluate(() => window.openedPeerConnections.length), 0);
  return someone;
}

/** A room with a waiting room whose time has come, ready at Zoom. */
async function makeRoom(title) {
  const { eroom, api_token: token } = site.ready;
  const api = async (path, options = {}) => {
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
    const answer = await fetch(`${eroom}/api/v1/${path}`, { ...options, headers });
    if (!answer.ok) throw new Error(`/api/v1/${path} answered ${answer.status}: ${await answer.text()}`);
    return answer.json();
  };
  const ada = (await api("hosts")).items.find(({ email }) => email === site.ready.admin.email);
  const now = new Date().toISOString().slice(0, 16);
  const body = { title, host: ada.id, starts_at: now, zone: "UTC", duration: 60, waiting_room: true, published: true };
  const { id } = await api("rooms", { method: "POST", body: JSON.stringify(body) });
  return eventually("the room is ready at Zoom", async () => {
    const room = await api(`rooms/${id}`);
    return room.at_zoom.state === "live" && room;
  });
}
