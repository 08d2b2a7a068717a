// A room on somebody else's site: its frame as copied from the room's page, in a page of another origin.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { findings } from "../axe.js";
import { copied, elsewhere, throughTheCard } from "../elsewhere.js";
import { clean, eventually, expectText } from "../expect.js";
import { HANDS } from "../hands.js";
import { openBrowser, person } from "../people.js";
import { demo } from "../program.js";
import { signInAsDemoOwner } from "../walks.js";

const TITLE = "Open studio: say hello";
let site;
let browser;
before(async () => {
  [site, browser] = await Promise.all([demo(), openBrowser()]);
});
after(async () => {
  await browser?.close();
  await site?.stop();
});

/** What the room's page gives to copy: the frame and the link. */
async function codes(owner) {
  const base = site.ready.eroom;
  await signInAsDemoOwner(owner, base);
  await owner.page.goto(`${base}/admin/rooms`);
  await owner.hands.press(owner.page.getByRole("link", { name: TITLE, exact: true }).first());
  await owner.page.getByRole("heading", { name: "Put it on a page" }).waitFor();
  return { frame: await copied(owner, "embed-frame"), link: await copied(owner, "embed-link") };
}

for (const hands of HANDS) {
  test(`a frame as it was copied shows the room on another site, and its link leads to the door, ${hands.label}`, async () => {
    const base = site.ready.eroom;
    const owner = await person(browser, { hands });
    const { frame, link } = await codes(owner);
    assert.match(link, /\/r\/[^/]+$/);
    const there = await elsewhere(base, frame);
    const visitor = await person(browser, { hands, zone: "Asia/Tokyo" });
    const tab = await throughTheCard(visitor, there.url, TITLE);
    assert.match(new URL(tab.url()).pathname, /^\/r\/[^/]+\/join$/);
    assert.equal(await tab.evaluate(() => globalThis.opener), null);
    await tab.getByRole("button", { name: "Join now" }).waitFor();
    assert.deepEqual(await visitor.context.cookies(), [], "nobody needs a cookie for a card");
    clean(owner, visitor);
    await Promise.all([owner.leave(), visitor.leave()]);
    there.close();
  });
}

test("where WordPress makes the frame, the card has its looks, tells its height and where its link leads", async () => {
  const base = site.ready.eroom;
  const list = await (await fetch(base)).text();
  const href = list.match(/href="(\/r\/[^"]+)">Open studio/)[1];
  const asked = await fetch(`${base}/oembed?url=${encodeURIComponent(base.replace(/\/$/, "") + href)}&maxwidth=500`);
  const { html, width, height } = await asked.json();
  assert.deepEqual([width, height], [500, 320]);
  // What an editor leaves of it: no style, a frame without an origin, a secret for its messages.
  const frame = html
    .replace(/ style="[^"]*"/, "")
    .replace("<iframe", '<iframe sandbox="allow-scripts" security="restricted"')
    .replace(/src="([^"]*)"/, 'src="$1#?secret=abc123"');
  const listener = '<script>const heard = []; addEventListener("message", ({ data }) => heard.push(data));</script>';
  const there = await elsewhere(base, listener + frame);
  const visitor = await person(browser);
  const { page } = visitor;
  await page.goto(there.url);
  const card = page.frameLocator("iframe");
  const button = card.getByRole("link", { name: /^Join/ });
  await button.waitFor();
  const heard = () => page.evaluate("heard");
  const told = await eventually("a height", async () => (await heard()).find(({ message }) => message === "height"));
  assert.equal(told.secret, "abc123");
  assert.ok(told.value > 150 && told.value < 480, `${told.value} px`);
  await expectText(card.getByRole("main"), "your time");
  assert.notEqual(await button.evaluate((link) => getComputedStyle(link).backgroundColor), "rgba(0, 0, 0, 0)");
  await button.click();
  const link = await eventually("a link", async () => (await heard()).find(({ message }) => message === "link"));
  assert.equal(link.value, `${base.replace(/\/$/, "")}${href}/join`);
  clean(visitor);
  await visitor.leave();
  there.close();
});

test("a room that is not there leaves a calm card in the frame, and axe finds nothing on it", async () => {
  const base = site.ready.eroom.replace(/\/$/, "");
  const there = await elsewhere(base, `<iframe src="${base}/embed/no-such-room" title="A room" width="360" height="300"></iframe>`);
  const visitor = await person(browser);
  await visitor.page.goto(there.url);
  await visitor.page.frameLocator("iframe").getByRole("heading", { name: "This room is not here" }).waitFor();
  for (const scheme of ["light", "dark"]) {
    await visitor.page.emulateMedia({ colorScheme: scheme });
    await visitor.page.goto(`${base}/embed/no-such-room`);
    assert.deepEqual(await findings(visitor.page), []);
  }
  await visitor.leave();
  there.close();
});

test("no other page of the site can be put into a frame", async () => {
  const base = site.ready.eroom.replace(/\/$/, "");
  const visitor = await person(browser);
  for (const path of ["/", "/admin/sign-in"]) {
    const there = await elsewhere(base, `<iframe src="${base}${path}" title="The site"></iframe>`);
    await visitor.page.goto(there.url);
    // What stands there in its place is the browser's own page.
    await eventually(`${path} is refused`, () => visitor.page.frames().at(-1).url().startsWith("chrome-error:"));
    there.close();
  }
  await visitor.leave();
});
