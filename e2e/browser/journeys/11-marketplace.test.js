// Somebody follows the guide: two apps in the sandbox's Marketplace, their credentials into eRoom, a room, a visitor in it.

import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { after, before, test } from "node:test";

import { findings, overflows } from "../axe.js";
import { copied, elsewhere, throughTheCard } from "../elsewhere.js";
import { clean, eventually, expectText } from "../expect.js";
import { HANDS } from "../hands.js";
import { generalApp, serverApp, signIn, subscribe } from "../marketplace.js";
import { SCREENS, openBrowser, person } from "../people.js";
import { apart, start } from "../program.js";
import { inZone, join, liveAtZoom, schedule, setUp, startForHost } from "../walks.js";

/** The pages that are pictures in `docs/guide/marketplace.md`. */
const PICTURED = new Set(["sign-in", "credentials", "feature", "add-scopes", "activation", "basic"]);

let browser;
before(async () => {
  browser = await openBrowser();
});
after(() => browser?.close());

for (const hands of HANDS) {
  test(`who follows the guide through the Marketplace has a site whose rooms open, ${hands.label}`, async () => {
    const { site, sandbox, close } = await apart();
    const base = site.ready.eroom;
    const owner = await person(browser, { hands, zone: "Europe/Madrid" });
    await signIn(owner, sandbox.ready.sandbox, "Ada Okafor");
    const server = await serverApp(owner, "Our rooms");
    const general = await generalApp(owner, "Our rooms in the browser");
    const held = { ...server.held, ...general.held };
    assert.notEqual(held.client_id, sandbox.ready.zoom.client_id, "an app of their own, not the ready-made one");

    await setUp(owner, site.ready, held);
    await expectText(owner.page.getByRole("main"), "Zoom takes Client ID and Client Secret.");
    assert.equal(await owner.page.getByText("failed", { exact: true }).count(), 0);
    await owner.page.goto(`${base}/admin/setup`);
    await owner.hands.press(owner.page.getByRole("button", { name: "Mark as done: Find who may do this" }));
    await expectText(owner.page.getByRole("main"), "1 of 23 done");
    const ticked = await owner.page.locator("#copy-scopes").textContent();
    assert.ok(ticked.includes("meeting:write:meeting:admin\n") && !ticked.includes("zoom_events:"), ticked);
    // What is wanted is ticked, and the list of scopes goes by it.
    await owner.hands.press(owner.page.locator("#f-wish-webinars"));
    await owner.hands.press(owner.page.getByRole("button", { name: "Show the scopes for this" }));
    await expectText(owner.page.locator("#step-s2s-scopes"), "webinar:write:webinar:admin");
    assert.ok(await owner.page.locator("#f-wish-webinars").isChecked());
    await owner.page.reload();
    await expectText(owner.page.locator("#step-who"), "Done · undo");
    await owner.hands.press(owner.page.getByText("Show all 49 scopes"));
    await owner.hands.write(owner.page.getByLabel("Find a scope"), "zak key");
    assert.deepEqual(await owner.page.locator("#whole-list code:visible").allTextContents(), ["user:read:zak:admin"]);
    await owner.page.goto(`${base}/admin/zoom`);
    const receiver = await owner.page.locator("#webhook-url").evaluate((element) => element.value ?? element.textContent);
    await subscribe(owner, server.app, receiver.trim());

    // A test join shows that the Meeting SDK takes its credentials, and brings the first event.
    await owner.page.goto(`${base}/admin/zoom`);
    await expectText(owner.page.locator('[data-step="webhook"]'), "Zoom has checked the address");
    await owner.hands.press(owner.page.getByRole("link", { name: "Test joining in this browser" }));
    await expectText(owner.page.getByRole("status"), "This browser got into the meeting");
    await eventually("every step green", async () => {
      await owner.page.reload();
      const steps = owner.page.locator("#test [data-step]");
      return (await steps.count()) === (await owner.page.locator('#test [data-step][data-outcome="ok"]').count());
    });

    const title = `By the guide, ${hands.label}`;
    const [date, time] = inZone(new Date(Date.now() - 60_000), "Europe/Madrid");
    await schedule(owner, base, { title, date, time });
    await liveAtZoom(owner);
    await startForHost(owner);
    const visitor = await person(browser, { hands });
    await join(visitor, base, title, "Visitor");

    // The guide's last step: on a page of another site, through which somebody comes to the door.
    await owner.page.goto(`${base}/admin/setup`);
    await owner.hands.choose(owner.page.getByLabel("Which room"), title);
    await owner.hands.press(owner.page.getByRole("button", { name: "Show its code" }));
    await owner.page.waitForURL(/\?room=/);
    const there = await elsewhere(base, await copied(owner, "embed-frame"));
    const reader = await person(browser, { hands });
    const tab = await throughTheCard(reader, there.url, title);
    await tab.getByRole("button", { name: "Join now" }).waitFor();
    there.close();
    await reader.leave();
    clean(owner, visitor, reader);
    await Promise.all([owner.leave(), visitor.leave()]);
    await site.stop();
    await sandbox.stop();
    await close();
  });
}

/** Every page, as somebody meets it on the way, and those on which something is wrong. */
async function everyPage(someone, base, look) {
  const { page } = someone;
  const at = async (name, address) => {
    await page.goto(address);
    await look(name);
  };
  await at("sign-in", `${base}/marketplace`);
  await at("new-person", `${base}/marketplace/accounts/new`);
  await signIn(someone, base, "Ada Okafor");
  await look("apps");
  await at("build", `${base}/marketplace/develop/create`);
  await page.goto(`${base}/marketplace`);
  const { app } = await serverApp(someone, "Looked at", look);
  await at("add-scopes", `${app}/scopes/add`);
  await at("add-scopes-nothing-found", `${app}/scopes/add?q=nothing+like+this`);
  await at("delete", `${app}/delete`);
  await page.goto(`${app}/feature`);
  await page.getByLabel("Event notification endpoint URL").fill("https://elsewhere.example/hook");
  await page.getByRole("button", { name: "Validate and save" }).click();
  await page.getByRole("alert").waitFor();
  await look("feature-refused");
  await page.goto(`${base}/marketplace`);
  await generalApp(someone, "Looked at too", look);
  await at("not-there", `${base}/marketplace/apps/nothing/credentials`);
}

for (const [size, screen] of Object.entries(SCREENS)) {
  for (const scheme of ["light", "dark"]) {
    test(`axe finds nothing in the Marketplace, ${size}, ${scheme}`, async (t) => {
      const sandbox = await start("sandbox", "--port", "0", "--json");
      const someone = await person(browser, { screen, scheme });
      const found = [];
      let pages = 0;
      await everyPage(someone, sandbox.ready.sandbox, async (name) => {
        pages += 1;
        for (const finding of await findings(someone.page)) found.push(`${name}: ${finding}`);
        if (await overflows(someone.page)) found.push(`${name}: scrolls sideways at ${screen.viewport.width} px`);
        if (!(await someone.page.getByText("Sandbox. Not Zoom.").isVisible())) found.push(`${name}: does not say what it is`);
        if (size === "desk" && scheme === "light" && PICTURED.has(name)) await keep(name, someone.page);
      });
      t.diagnostic(`${pages} pages`);
      await someone.leave();
      await sandbox.stop();
      assert.deepEqual(found, []);
    });
  }
}

/** The pictures in the guide. Ids differ from run to run; the committed ones change when asked for. */
async function keep(name, page) {
  const folder = process.env.EROOM_TEST_PICTURES ?? new URL("../../results", import.meta.url).pathname;
  await mkdir(folder, { recursive: true });
  await writeFile(`${folder}/marketplace-${name}.png`, await page.screenshot({ animations: "disabled" }));
}
