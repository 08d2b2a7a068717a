// Eleven mistakes that people make between an empty site and a room, each made in the browser. Every one is one red step of the
// test, with its cure.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { clean, expectText } from "../expect.js";
import { activate, generalApp, serverApp, signIn, switchSdk, withoutScope } from "../marketplace.js";
import { openBrowser, person } from "../people.js";
import { apart } from "../program.js";
import { compare, steady } from "../snapshot.js";
import { becomeOwner, connect } from "../walks.js";
import { controls } from "../zoom.js";

const ZONE = "Europe/Madrid";
const NAME = "rooms.example";
const here = /^rooms\.example$/;

let browser;
before(async () => {
  browser = await openBrowser(`--host-resolver-rules=MAP ${NAME} 127.0.0.1`);
});
after(() => browser?.close());

/** The one step of the test that failed. */
async function redStep({ page }) {
  const red = page.locator('#test [data-outcome="failed"]');
  assert.equal(await red.count(), 1, `one mistake is one red step: ${await page.locator("#test").innerText()}`);
  return { where: await red.locator("strong").innerText(), says: steady(await red.locator(".muted").innerText()) };
}

/** Tries to join in the owner's browser, and answers what the test says then. */
async function tryJoining({ page, hands }) {
  await hands.press(page.getByRole("link", { name: "Test joining in this browser" }));
  await page.getByRole("heading", { name: "Test of joining in the browser" }).waitFor();
}

test("each of eleven mistakes is told with its cure, and nothing is red once it is mended", async () => {
  const { site, sandbox, close } = await apart();
  const base = site.ready.eroom;
  const zoom = controls(sandbox.ready.sandbox);
  const owner = await person(browser, { zone: ZONE });
  await signIn(owner, sandbox.ready.sandbox, "Ada Okafor");
  const server = await serverApp(owner, "Our rooms");
  const general = await generalApp(owner, "Our rooms in the browser");
  const right = { ...server.held, ...general.held };
  await becomeOwner(owner, site.ready.setup);
  const seen = {};
  const typed = async (name, wrong) => {
    await connect(owner, base, { ...right, ...wrong });
    seen[name] = await redStep(owner);
  };

  await typed("wrong secret", { client_secret: "sbxThisIsNotTheSecretOfTheApp0000" });
  await typed("wrong account id", { account_id: "sbxSomebodyElsesAccount" });
  await typed("apps swapped", { client_id: right.sdk_key, client_secret: right.sdk_secret, sdk_key: right.client_id, sdk_secret: right.client_secret });
  await typed("Production's secret beside Development's ID", { sdk_secret: general.production });
  await activate(owner, server.app, false);
  await typed("app not activated", {});
  await activate(owner, server.app, true);
  await withoutScope(owner, server.app, "meeting:write:meeting:admin", () => typed("one scope missing", {}));
  await zoom.jump(600);
  await typed("clock ten minutes off", {});
  await zoom.jump(-600);
  await zoom.unplug();
  await typed("Zoom down", {});
  await zoom.plugIn();

  // Nobody can tell a Secret Token's app before something comes: then the step is red by itself.
  await connect(owner, base, { ...right, webhook_secret: "sbxTheTokenOfAnotherApp" });
  assert.equal(await owner.page.locator('[data-outcome="failed"]').count(), 0);
  const receiver = (await owner.page.locator("#webhook-url").textContent()).trim();
  await owner.page.goto(`${server.app}/feature`);
  await owner.hands.write(owner.page.getByLabel("Subscription name"), "Rooms");
  await owner.hands.write(owner.page.getByLabel("Event notification endpoint URL"), receiver);
  await owner.hands.press(owner.page.getByRole("button", { name: "Validate and save" }));
  await owner.page.getByRole("alert").waitFor();
  await owner.page.goto(`${base}/admin/zoom`);
  seen["webhook secret wrong"] = await redStep(owner);

  await connect(owner, base, right);
  await expectText(owner.page.getByRole("status"), "Everything that was tested works.");
  assert.equal(await owner.page.locator('#test [data-outcome="failed"]').count(), 0, "all is mended");

  // Zoom's token server does not say whether an app has the Meeting SDK: a test join in this browser does.
  await switchSdk(owner, general.app);
  await owner.page.goto(`${base}/admin/zoom`);
  await tryJoining(owner);
  await owner.page.getByRole("alert").waitFor();
  await owner.hands.press(owner.page.getByRole("link", { name: "Back to Zoom settings" }));
  await owner.page.getByRole("heading", { name: "The test" }).waitFor();
  seen["SDK switch off"] = await redStep(owner);
  await switchSdk(owner, general.app);
  await owner.page.goto(`${base}/admin/zoom`);
  await tryJoining(owner);
  await expectText(owner.page.getByRole("status"), "This browser got into the meeting");
  assert.equal(await owner.page.locator('#test [data-outcome="failed"]').count(), 0, "and that is mended too");

  // A test that cannot begin says why.
  await zoom.unplug();
  await tryJoining(owner);
  await expectText(owner.page.getByRole("alert"), "deleted in two minutes");
  await zoom.plugIn();
  clean(owner);
  await owner.leave();
  await site.stop();

  seen["http address"] = await withoutHttps();
  await sandbox.stop();
  await close();
  assert.equal(Object.keys(seen).length, 11);
  await compare("mistakes", seen);
});

/** A site that people reach by plain http, under a name. */
async function withoutHttps() {
  const { site, sandbox, close } = await apart({ name: NAME });
  const owner = await person(browser, { here });
  await becomeOwner(owner, site.ready.setup);
  await connect(owner, site.ready.public_url, sandbox.ready.zoom);
  const step = await redStep(owner);
  clean(owner);
  await owner.leave();
  await site.stop();
  await sandbox.stop();
  await close();
  return step;
}
