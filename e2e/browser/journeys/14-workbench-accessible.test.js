// axe finds nothing in the workbench: each page empty and full, in trouble and alone, in light and dark, phone and desk.

import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { after, before, test } from "node:test";

import { findings, overflows } from "../axe.js";
import { eventually } from "../expect.js";
import { SCREENS, openBrowser } from "../people.js";
import { program, receiver } from "../receiver.js";
import { scene } from "../workbench.js";

const PAGES = ["", "/webhooks", "/meetings", "/people", "/time", "/faults", "/snapshots"];

let browser;
before(async () => {
  browser = await openBrowser();
});
after(() => browser?.close());

/** A world with something to see on each page: long names, every kind of delivery, faults, a call. */
async function life({ sandbox, zoom }) {
  const hook = await receiver(sandbox.ready.zoom.webhook_secret);
  const ask = (method, path, body) => fetch(`${sandbox.ready.sandbox}/sandbox/v1${path}`, {
    method, headers: { "content-type": "application/json" }, body: JSON.stringify(body),
  });
  await ask("PUT", "/webhooks", { url: hook.url });
  const client = await program(sandbox.ready);
  const long = await client.meeting("Unaussprechlichlangeralltagsbegriffundnochvielmehr: eine Einführung in das Unsagbare");
  await client.meeting("اللقاء الأسبوعي");
  await client.call("GET", "/nonsense");
  await ask("POST", "/faults", { operation: "webhook", times: 1, fault: "drop" });
  await client.meeting("Never told");
  const dropped = async () => (await (await fetch(`${sandbox.ready.sandbox}/sandbox/v1/deliveries?state=dropped`)).json()).items.length;
  await eventually("the fault has met its delivery", async () => (await dropped()) === 1);
  await ask("POST", "/faults", { operation: "webhook", times: 1, fault: "bad_signature" });
  await client.meeting("Badly told");
  await eventually("the forgery is refused", () => hook.forged === 1);
  await ask("POST", `/meetings/${long.id}/simulate`, { names: ["Maya", "Jonas"] });
  await ask("POST", "/faults", { operation: "meetingCreate", fault: "slow", ms: 250 });
  await ask("PUT", "/snapshots/before%20the%20test", {});
  assert.ok((await zoom.meetings()).length >= 4);
  return hook;
}

for (const [size, screen] of Object.entries(SCREENS)) {
  for (const scheme of ["light", "dark"]) {
    test(`axe finds nothing in the workbench, ${size}, ${scheme}`, async () => {
      const here = await scene(browser, { screen, scheme });
      const { page, open, someone } = here;
      const found = [];
      const look = async (name) => {
        for (const finding of await findings(page)) found.push(`${name}: ${finding}`);
        if (await overflows(page)) found.push(`${name}: scrolls sideways at ${screen.viewport.width} px`);
        if (!(await page.getByText("Sandbox. Not Zoom.").isVisible())) found.push(`${name}: does not say what it is`);
        await keep(`${name}-${size}-${scheme}`, page);
      };
      for (const path of PAGES) {
        await open(path);
        await look(`${path.slice(1) || "calls"}-empty`);
      }
      const hook = await life(here);
      for (const path of PAGES) {
        await open(path);
        const first = page.locator("details.call").first();
        if (await first.count()) await first.locator("summary").click();
        await look(path.slice(1) || "calls");
      }
      await page.getByRole("button", { name: "Reset…" }).click();
      await page.getByRole("dialog").waitFor();
      await look("snapshots-sure");
      await page.keyboard.press("Escape");
      await page.getByLabel("Another seed").fill("1");
      await here.zoom.unplug();
      await open("/faults");
      await page.getByText("Unplugged: every call is cut").waitFor();
      await look("faults-unplugged");
      hook.close();
      const { faults } = someone;
      assert.deepEqual(faults, []);
      // A sandbox that is gone: the page says so and goes on by itself.
      await here.sandbox.stop();
      await page.locator("#lost").waitFor();
      await look("lost");
      await someone.leave();
      assert.deepEqual(found, []);
    });
  }
}

/** The pictures of the guide are the ones in light on a desk; all of them are for whoever looks a test over. */
async function keep(name, page) {
  const results = new URL("../../results", import.meta.url).pathname;
  const pictured = ["calls-desk-light", "webhooks-desk-light"].includes(name);
  const folder = pictured ? (process.env.EROOM_TEST_PICTURES ?? results) : results;
  await mkdir(folder, { recursive: true });
  await writeFile(`${folder}/workbench-${name.replace("-desk-light", "")}.png`, await page.screenshot({ animations: "disabled", fullPage: !pictured }));
}
