// Somebody watches and steers the pretend Zoom in its workbench: each section, each control, by mouse and by keyboard.

import assert from "node:assert/strict";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { findings, overflows } from "../axe.js";
import { clean, eventually, expectText } from "../expect.js";
import { HANDS } from "../hands.js";
import { SCREENS, openBrowser, person } from "../people.js";
import { start } from "../program.js";
import { program, receiver } from "../receiver.js";
import { controls } from "../zoom.js";

const PAGES = ["", "/webhooks", "/meetings", "/people", "/time", "/faults", "/snapshots"];

let browser;
before(async () => {
  browser = await openBrowser();
});
after(() => browser?.close());

/** What every walk needs: a sandbox, a program that calls it, somebody at the workbench. */
async function scene(options) {
  const sandbox = await start("sandbox", "--port", "0", "--json", "--seed", "7");
  const base = sandbox.ready.sandbox;
  const someone = await person(browser, options);
  const { page, hands } = someone;
  const said = (text) => expectText(page.locator("#said"), text);
  const open = async (path) => {
    await page.goto(`${base}/sandbox${path}`);
    await page.getByRole("heading", { level: 1 }).waitFor();
    // The page is alive once it has told the time.
    await page.locator("#clock").waitFor();
  };
  const button = (name) => page.getByRole("button", { name, exact: true });
  const end = async () => {
    clean(someone);
    await someone.leave();
    await sandbox.stop();
  };
  return { sandbox, base, someone, page, hands, said, open, button, end, zoom: controls(base) };
}

for (const hands of HANDS) {
  test(`each call is shown with its decision, and copied for a terminal, ${hands.label}`, async () => {
    const { sandbox, page, hands: by, open, button, end } = await scene({ hands });
    await open("");
    await expectText(page.getByRole("main"), "No calls yet");
    const client = await program(sandbox.ready);
    const made = await client.meeting("Looked at");
    await client.call("GET", "/nonsense");
    const row = page.locator("details.call", { hasText: "meetingCreate" });
    await expectText(row, /Scope ok · LIGHT 1 of 80 a second · 201 in [\d.]+ ms/);
    await by.press(row.locator("summary"));
    await expectText(row, "Authorization: Bearer $TOKEN");
    await expectText(row, "Headers of the answer");
    const text = await page.getByRole("main").innerText();
    for (const secret of [client.token, made.password, made.start_url.split("zak=")[1]]) {
      assert.ok(!text.includes(secret), "a secret is on the page");
    }
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await by.press(row.getByRole("button", { name: "Copy as curl" }));
    await expectText(row, "Copied");
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    assert.match(copied, /^curl -X POST/);
    assert.ok(copied.includes("$TOKEN") && copied.includes("/v2/users/me/meetings"), copied);
    await by.choose(page.getByLabel("Decision"), "Refused");
    await expectText(page.locator("#count"), "1 of 3 calls");
    await by.write(page.getByLabel("Find"), "nothing like this");
    await by.press(button("Show all"));
    await expectText(page.locator("#count"), "3 calls");
    await by.press(button("Empty the log"));
    await expectText(page.getByRole("main"), "No calls yet");
    await end();
  });

  test(`webhooks are shown with their tries, sent again and replayed, ${hands.label}`, async () => {
    const { sandbox, page, hands: by, said, open, button, end } = await scene({ hands });
    const hook = await receiver(sandbox.ready.zoom.webhook_secret);
    await open("/webhooks");
    await expectText(page.getByRole("main"), "Nobody listens yet.");
    const address = page.getByLabel("Address of a receiver");
    await by.write(address, "https://elsewhere.example/hook");
    await by.press(button("Validate and add"));
    await expectText(page.getByRole("alert"), "--webhook-allow elsewhere.example");
    assert.equal(await address.inputValue(), "https://elsewhere.example/hook", "what was typed is still there");
    await by.write(address, hook.url);
    await by.press(button("Validate and add"));
    await said("has answered the validation");
    const client = await program(sandbox.ready);
    const made = await client.meeting("Told");
    await client.call("DELETE", `/meetings/${made.id}`);
    const row = page.locator("details.delivery", { hasText: "meeting.created" });
    await expectText(row, "delivered");
    await by.press(row.locator("summary"));
    await expectText(row, "First try at");
    await expectText(row, "\"topic\": \"Told\"");
    await by.press(row.getByRole("button", { name: "Resend delivery 1" }));
    await said("the receiver answered 200");
    await expectText(row, "Resent at");
    await by.write(page.getByLabel("Event"), "meeting.deleted");
    await expectText(page.locator("#count"), "1 of 2 deliveries");
    await by.press(button("Replay what fits"));
    await said("1 delivery is sent again.");
    await eventually("the replay", () => hook.heard.length === 4);
    assert.deepEqual(hook.heard.map(({ event }) => event), ["meeting.created", "meeting.deleted", "meeting.created", "meeting.deleted"]);
    await by.choose(page.getByLabel("State"), "Failed");
    await expectText(page.getByRole("main"), "No delivery fits.");
    await by.press(button("Forget all"));
    await by.press(page.getByRole("dialog").getByRole("button", { name: "Forget all" }));
    await said("Nobody listens any more.");
    hook.close();
    await end();
  });

  test(`calls of meetings are started, filled with people and ended, ${hands.label}`, async () => {
    const { sandbox, page, hands: by, said, open, button, zoom, end } = await scene({ hands });
    await open("/meetings");
    await expectText(page.getByRole("main"), "No meetings yet.");
    const client = await program(sandbox.ready);
    const { id } = await client.meeting("Kitchen Spanish");
    await client.meeting("Another");
    const row = page.locator("#meetings > li", { hasText: "Kitchen Spanish" });
    await by.press(row.getByRole("button", { name: `Start the call of ${id}` }));
    await said(`The call of ${id} is on.`);
    await expectText(row, "Nobody is in the call.");
    await by.write(row.getByLabel("Add simulated people"), "Maya, Jonas");
    await by.press(row.getByRole("button", { name: `Add people to ${id}` }));
    await said("Maya, Jonas are in the call");
    await expectText(row, "Jonas (simulated)");
    await by.write(row.getByLabel("Add simulated people"), "x".repeat(65));
    await by.press(row.getByRole("button", { name: `Add people to ${id}` }));
    await expectText(row.getByRole("alert"), "1 to 64 characters");
    await by.press(row.getByRole("button", { name: `End the call of ${id}` }));
    await said(`The call of ${id} is over.`);
    assert.ok((await zoom.meetings()).every(({ status }) => status === "waiting"));
    await by.write(page.getByLabel("Find"), "another");
    await expectText(page.locator("#count"), "1 of 2 meetings");
    await by.press(page.getByRole("link", { name: /^Calls about/ }));
    await expectText(page.getByRole("main"), "Only calls about meeting");
    assert.ok(await button("Empty the log").isVisible());
    await end();
  });

  test(`one's own people come by a seed, ${hands.label}`, async () => {
    const { page, hands: by, said, open, button, zoom, end } = await scene({ hands });
    await open("/people");
    await expectText(page.locator("#people"), "Ada Okafor");
    await expectText(page.locator("#accounts"), "Northlight Academy");
    const json = page.getByLabel("Or as text");
    await by.write(json, '{"users":[{"email":"ada@northlight.example","first_name":"Ada"}]}');
    await by.press(button("Add them"));
    await expectText(page.getByRole("alert"), "users[0].email: ada@northlight.example is in the account already");
    await by.write(json, '{"users":[{"email":"noor@northlight.example","first_name":"Noor"}],"meetings":[{"host":"noor@northlight.example","topic":"Choir","type":2}]}');
    await by.press(button("Add them"));
    await said("There are 6 people and 1 meeting now.");
    await by.write(page.getByLabel("Find"), "noor");
    await expectText(page.locator("#count"), "1 of 6 people");
    await expectText(page.locator("#people"), "1 meeting");
    assert.equal((await zoom.meetings())[0].host, "Noor");
    const folder = await mkdtemp(join(tmpdir(), "eroom-seed-"));
    const file = join(folder, "more.json");
    await writeFile(file, '{"users":[{"email":"kim@northlight.example","first_name":"Kim"}]}');
    await page.getByLabel("From a file").setInputFiles(file);
    await eventually("the file is read", async () => (await json.inputValue()).includes("kim@"));
    await by.press(button("Add them"));
    await said("There are 7 people");
    await rm(folder, { recursive: true });
    await end();
  });

  test(`time is frozen, advanced, set and let run fast, ${hands.label}`, async () => {
    const { page, hands: by, said, open, button, end } = await scene({ hands });
    await open("/time");
    await expectText(page.locator("#pace"), "It runs with this computer's clock.");
    await by.press(button("Freeze"));
    await said("Time stands still");
    await by.write(page.getByLabel("Set to, in UTC"), "soon");
    await by.press(button("Set"));
    await expectText(page.getByRole("alert"), "Write an instant such as");
    await by.write(page.getByLabel("Set to, in UTC"), "2031-12-01T18:00:00");
    await by.press(button("Set"));
    await said("It is 2031-12-01 18:00:00 UTC now.");
    await by.press(button("1 hour"));
    await said("19:00:00 UTC");
    await by.write(page.getByLabel("Seconds", { exact: true }), "90");
    await by.press(button("Advance"));
    await said("19:01:30 UTC");
    await expectText(page.locator("#clock"), "19:01:30 UTC");
    await by.write(page.getByLabel("Seconds in each second"), "3600");
    await by.press(button("Run fast"));
    await expectText(page.locator("#pace"), "3600 seconds in each second");
    await eventually("hours fly", async () => !(await page.locator("#now").innerText()).includes(" 19:"));
    await by.press(button("Run"));
    await said("Time runs.");
    await end();
  });

  test(`faults are ordered and cleared, limits and switches changed, ${hands.label}`, async () => {
    const { sandbox, page, hands: by, said, open, button, zoom, end } = await scene({ hands });
    const client = await program(sandbox.ready);
    await open("/faults");
    await by.press(button("Unplug"));
    await expectText(page.locator("#plug-chip"), "Unplugged");
    await assert.rejects(client.call("GET", "/users"));
    await by.press(button("Plug in"));
    await expectText(page.locator("#plug-chip"), "Plugged in");
    const fault = page.getByLabel("What happens");
    await by.write(page.getByLabel("For", { exact: true }), "meetingInvent");
    await by.press(button("Order it"));
    await expectText(page.getByRole("alert"), "no operation is called meetingInvent".replace("n", "N"));
    await by.write(page.getByLabel("For", { exact: true }), "users");
    await by.choose(fault, "500 without a useful body");
    await by.press(button("Order it"));
    await said("Ordered: server_error for users.");
    await expectText(page.locator("#faults"), "users, once more");
    assert.equal((await client.call("GET", "/users")).code, 500);
    await expectText(page.locator("#no-faults"), "Everything works.");
    await by.choose(fault, "Badly signed");
    await by.write(page.getByLabel("How often"), "");
    await by.press(button("Order it"));
    await said("Ordered: bad_signature for webhook.");
    await by.choose(fault, "Slow: waits, then is carried out");
    await by.write(page.getByLabel("Milliseconds"), "5");
    await by.press(button("Order it"));
    await expectText(page.locator("#faults"), "every call, until cleared");
    await by.write(page.getByLabel("New meetings stay out of lists, seconds"), "30");
    await by.press(button("Set"));
    await said("stay out of lists for 30 seconds");
    await by.press(button("Everything works again"));
    await said("Everything works again.");
    await by.choose(page.getByLabel("Plan", { exact: true }), "Pro");
    await by.press(page.getByLabel("An app's newest token wins"));
    await by.press(page.getByLabel("Send the headers of the limits"));
    await by.press(button("Save"));
    await said("Saved");
    const { call } = await program(sandbox.ready);
    assert.equal((await client.call("GET", "/users")).code, 124, "the older token has ended");
    assert.equal((await call("GET", "/users")).total_records, 5);
    assert.match((await zoom.calls("users")).at(-1).why, /MEDIUM \d of 20/);
    await end();
  });

  test(`snapshots are taken, restored, written to a file, and the world begun anew, ${hands.label}`, async () => {
    const { sandbox, page, hands: by, said, open, button, zoom, end } = await scene({ hands });
    const client = await program(sandbox.ready);
    await client.meeting("Kept");
    await open("/snapshots");
    await expectText(page.getByRole("main"), "No snapshots yet.");
    await expectText(page.locator("#seed-now"), "7");
    await by.write(page.getByLabel("Name"), "before the test");
    await by.press(button("Take a snapshot"));
    await said("“before the test” is kept.");
    await expectText(page.locator("#snapshots"), "5 people, 1 meeting");
    await client.meeting("Later");
    const dialog = page.getByRole("dialog");
    await by.press(button("Restore before the test"));
    await by.press(dialog.getByRole("button", { name: "Cancel" }));
    assert.equal((await zoom.meetings()).length, 2, "who cancels has changed nothing");
    await by.press(button("Restore before the test"));
    await by.press(dialog.getByRole("button", { name: "Restore" }));
    await said("is restored: 5 people, 1 meeting.");
    const coming = page.waitForEvent("download");
    await by.press(page.getByRole("link", { name: "Download" }));
    const file = await (await coming).path();
    assert.equal(JSON.parse(await readFile(file, "utf8")).format, "zoom-sandbox");
    await by.press(button("Reset…"));
    await by.press(dialog.getByRole("button", { name: "Reset" }));
    await said("Begun anew: 5 people, 0 meetings.");
    assert.equal((await program(sandbox.ready)).token.length, 128, "the credentials are the same");
    await page.getByLabel("Restore from a file").setInputFiles({ name: "diary.json", mimeType: "application/json", buffer: Buffer.from("{}") });
    await by.press(button("Restore"));
    await by.press(dialog.getByRole("button", { name: "Restore" }));
    await expectText(page.getByRole("alert"), "This is no snapshot of a sandbox");
    await page.getByLabel("Restore from a file").setInputFiles({ name: "kept.json", mimeType: "application/json", buffer: await readFile(file) });
    await by.press(button("Restore"));
    await by.press(dialog.getByRole("button", { name: "Restore" }));
    await said("kept.json is restored: 5 people, 1 meeting.");
    await by.press(button("Delete before the test"));
    await by.press(dialog.getByRole("button", { name: "Delete" }));
    await said("is deleted.");
    await end();
  });
}

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
      const here = await scene({ screen, scheme });
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
