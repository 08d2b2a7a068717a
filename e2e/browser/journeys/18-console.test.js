// The Zoom console: an owner finds an operation, runs a read, runs a change that is confirmed, and deletes with a password.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { findings, overflows } from "../axe.js";
import { clean, expectText } from "../expect.js";
import { HANDS } from "../hands.js";
import { openBrowser, person } from "../people.js";
import { demo } from "../program.js";
import { controls } from "../zoom.js";

let site;
let browser;
before(async () => {
  [site, browser] = await Promise.all([demo(), openBrowser()]);
});
after(async () => {
  await browser?.close();
  await site?.stop();
});

const topics = async () => (await controls(site.ready.sandbox).meetings()).map(({ topic }) => topic);

for (const hands of HANDS) {
  test(`an owner finds an operation, runs it, changes something and deletes it again, ${hands.label}`, async () => {
    const base = site.ready.eroom;
    const title = `Console ${hands.label}`;
    const owner = await person(browser, { hands });
    const { page } = owner;
    const main = page.getByRole("main");
    const press = (name) => owner.hands.press(main.getByRole("button", { name, exact: true }));
    const field = (name) => main.locator(`[name="${name}"]`);
    const accessible = async () => {
      assert.deepEqual(await findings(page), []);
      assert.equal(await overflows(page), false, "something scrolls sideways");
    };
    const find = async (words, operation) => {
      await page.goto(`${base}/admin/zoom/console`);
      await owner.hands.write(page.getByLabel("What are you looking for?"), words);
      await press("Find");
      await page.waitForURL(/q=/);
      await owner.hands.press(main.getByRole("link", { name: operation, exact: true }));
      await page.waitForURL(/console\/[a-zA-Z]/);
    };
    await page.goto(`${base}/admin`);
    await owner.hands.write(page.getByLabel("E-mail", { exact: true }), site.ready.admin.email);
    await owner.hands.write(page.getByLabel("Password", { exact: true }), site.ready.admin.password);
    await owner.hands.press(page.getByRole("button", { name: "Sign in", exact: true }));
    await page.waitForURL(/\/admin\/rooms/);

    await find("list users", "List users");
    await press("Run");
    await expectText(page.locator("#answer-json"), "ada@northlight.example");
    await accessible();

    await find("make meeting", "Make a meeting");
    await owner.hands.write(field("path.userId"), "me");
    await owner.hands.write(field("body.topic"), title);
    await press("Run");
    await expectText(page.locator("#summary"), "Tick the box to send it.");
    await accessible();
    assert.ok(!(await topics()).includes(title), "nothing is sent that is not confirmed");
    assert.equal(await field("body.topic").inputValue(), title, "nothing typed is lost");
    await owner.hands.press(field("confirmed"));
    await press("Run");
    await expectText(page.locator("#answer-json"), title);
    assert.ok((await topics()).includes(title));
    const shown = await page.locator("#answer-json").innerText();
    assert.ok(!shown.includes("zak=") && shown.includes('"start_url": "(hidden)"'), shown);
    await expectText(page.locator("#curl"), "$ZOOM_TOKEN");
    const number = /"id": (\d+)/.exec(shown)[1];

    await find("delete a meeting", "Delete a meeting");
    await owner.hands.write(field("path.meetingId"), number);
    await owner.hands.press(field("confirmed"));
    await owner.hands.write(field("password"), "not my password");
    await press("Run");
    await expectText(page.locator("#summary"), "That is not your password.");
    assert.ok((await topics()).includes(title));
    await owner.hands.write(field("password"), site.ready.admin.password);
    await press("Run");
    await expectText(page.locator("#answer"), "The answer is empty");
    assert.ok(!(await topics()).includes(title));
    clean(owner);
    await owner.leave();
  });
}
