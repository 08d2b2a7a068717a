// Somebody watches and steers the pretend Zoom in its workbench: each section, each control, by mouse and by keyboard.

import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { eventually, expectText } from "../expect.js";
import { HANDS } from "../hands.js";
import { openBrowser } from "../people.js";
import { program, receiver } from "../receiver.js";
import { scene } from "../workbench.js";

let browser;
before(async () => {
  browser = await openBrowser();
});
after(() => browser?.close());

test("of a long log the latest calls are drawn, older ones on demand, and any is found", async () => {
  const { sandbox, page, open, button, end } = await scene(browser, { hands: HANDS[0] });
  const client = await program(sandbox.ready);
  await client.call("GET", "/the/first/of/all");
  for (let turn = 0; turn < 26; turn += 1) {
    await Promise.all(Array.from({ length: 10 }, (_, one) => client.call("GET", `/nonsense/${turn}/${one}`)));
  }
  await open("");
  await expectText(page.locator("#count"), "262 calls");
  assert.equal(await page.locator("#calls > li").count(), 200);
  await page.getByRole("button", { name: "Show older calls" }).click();
  await eventually("all are drawn", async () => (await page.locator("#calls > li").count()) === 262);
  assert.ok(await button("Show older calls").isHidden());
  await page.getByLabel("Find").fill("the/first/of/all");
  await expectText(page.locator("#count"), "1 of 262 calls");
  await expectText(page.locator("details.call"), "/v2/the/first/of/all");
  await client.call("GET", "/the/first/of/all/again");
  await expectText(page.locator("#count"), "2 of 263 calls");
  await end();
});

test("who thinks better of a question and is asked again at once is heard the second time", async () => {
  const { page, said, open, button, end } = await scene(browser, { hands: HANDS[0] });
  await open("/snapshots");
  await page.getByLabel("Name").fill("kept");
  await button("Take a snapshot").click();
  await said("“kept” is kept.");
  const asked = [];
  page.on("request", (request) => request.method() === "POST" && asked.push(new URL(request.url()).pathname));
  // Twice: the second answer comes after the next frame was drawn, and before it. On a busy machine a frame is long.
  for (const looked of [true, false]) {
    await page.evaluate(async (looked) => {
      const restore = document.querySelector("[aria-label='Restore kept']");
      const [yes, no] = ["yes", "no"].map((value) => document.querySelector(`#sure [value=${value}]`));
      for (const button of [restore, no, restore]) button.click();
      if (looked) await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
      yes.click();
    }, looked);
    await said("“kept” is restored: 5 people, 0 meetings.");
    await page.evaluate(() => { document.getElementById("said").textContent = ""; });
  }
  assert.deepEqual(asked, ["/sandbox/v1/snapshots/kept/restore", "/sandbox/v1/snapshots/kept/restore"]);
  await end();
});

for (const hands of HANDS) {
  test(`each call is shown with its decision, and copied for a terminal, ${hands.label}`, async () => {
    const { sandbox, page, hands: by, open, button, end } = await scene(browser, { hands });
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
    const { sandbox, page, hands: by, said, open, button, end } = await scene(browser, { hands });
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
    const { sandbox, page, hands: by, said, open, button, zoom, end } = await scene(browser, { hands });
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
    await eventually("no call is on", async () => (await zoom.meetings()).every(({ status }) => status === "waiting"));
    await by.write(page.getByLabel("Find"), "another");
    await expectText(page.locator("#count"), "1 of 2 meetings");
    await by.press(page.getByRole("link", { name: /^Calls about/ }));
    await expectText(page.getByRole("main"), "Only calls about meeting");
    await button("Empty the log").waitFor();
    await end();
  });

  test(`one's own people come by a seed, ${hands.label}`, async () => {
    const { page, hands: by, said, open, button, zoom, end } = await scene(browser, { hands });
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
    const { page, hands: by, said, open, button, end } = await scene(browser, { hands });
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
    const { sandbox, page, hands: by, said, open, button, zoom, end } = await scene(browser, { hands });
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
    const { sandbox, page, hands: by, said, open, button, zoom, end } = await scene(browser, { hands });
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
