// Somebody registers for a meeting of the pretend Zoom, and sees a recording for which one registers; axe looks on.

import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { after, before, test } from "node:test";

import { findings, overflows } from "../axe.js";
import { expectText } from "../expect.js";
import { HANDS } from "../hands.js";
import { SCREENS, openBrowser } from "../people.js";
import { program } from "../receiver.js";
import { scene } from "../workbench.js";

let browser;
before(async () => {
  browser = await openBrowser();
});
after(() => browser?.close());

/** A meeting that asks whoever registers for more than a name. */
async function asking(client) {
  const meeting = await client.call("POST", "/users/me/meetings", { topic: "Kitchen Spanish", type: 2, settings: { approval_type: 0 } });
  await client.call("PATCH", `/meetings/${meeting.id}/registrants/questions`, {
    questions: [{ field_name: "org", required: true }],
    custom_questions: [{ title: "Your level", type: "single", answers: ["None", "Some"], required: true }],
  });
  return meeting;
}

/** The same, held and recorded, with a recording for which one registers; the share link of the one who did. */
async function recorded(here, client) {
  const meeting = await client.call("POST", "/users/me/meetings", { topic: "Roofs of Seville", type: 2 });
  const steer = (path, body = {}) => fetch(`${here.base}/sandbox/v1${path}`, {
    method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body),
  });
  await steer(`/meetings/${meeting.id}/simulate`, { names: ["Maya"] });
  await steer(`/meetings/${meeting.id}/record`);
  await steer(`/meetings/${meeting.id}/end`);
  await steer("/clock/advance", { seconds: 180 });
  await client.call("PATCH", `/meetings/${meeting.id}/recordings/settings`, { on_demand: true });
  const jill = { email: "jill@guests.example", first_name: "Jill", last_name: "Chill" };
  return (await client.call("POST", `/meetings/${meeting.id}/recordings/registrants`, jill)).share_url;
}

for (const hands of HANDS) {
  test(`what is missing is marked, what was written stays, and a personal link comes of it, ${hands.label}`, async () => {
    const { sandbox, page, hands: by, button, end } = await scene(browser, { hands });
    const client = await program(sandbox.ready);
    const meeting = await asking(client);
    await page.goto(meeting.registration_url);
    await by.write(page.getByLabel("First name"), "Jill");
    await by.write(page.getByLabel("E-mail"), "jill");
    await by.press(button("Register"));
    await expectText(page.getByRole("alert"), "Look at the marked fields");
    assert.equal(await page.getByLabel("First name").inputValue(), "Jill");
    await by.write(page.getByLabel("E-mail"), "jill@guests.example");
    await by.write(page.getByLabel("Last name"), "Chill");
    await by.write(page.getByLabel("Organisation"), "Cooking");
    await by.choose(page.getByLabel("Your level"), "Some");
    await by.press(button("Register"));
    await expectText(page.getByRole("status"), "You are registered");
    const { registrants } = await client.call("GET", `/meetings/${meeting.id}/registrants`);
    assert.deepEqual(registrants.map((one) => [one.email, one.org, one.custom_questions[0].value]), [["jill@guests.example", "Cooking", "Some"]]);
    await by.press(page.getByRole("link", { name: "Your personal link" }));
    await expectText(page.getByRole("heading", { level: 1 }), "Kitchen Spanish");
    await end();
  });
}

for (const [size, screen] of Object.entries(SCREENS)) {
  for (const scheme of ["light", "dark"]) {
    test(`axe finds nothing where people register and see recordings, ${size}, ${scheme}`, async () => {
      const here = await scene(browser, { screen, scheme });
      const { sandbox, page, button, end } = here;
      const client = await program(sandbox.ready);
      const found = [];
      const look = async (name) => {
        for (const finding of await findings(page)) found.push(`${name}: ${finding}`);
        if (await overflows(page)) found.push(`${name}: scrolls sideways at ${screen.viewport.width} px`);
        const folder = new URL("../../results", import.meta.url).pathname;
        await mkdir(folder, { recursive: true });
        await page.screenshot({ path: `${folder}/${name}-${size}-${scheme}.png`, animations: "disabled", fullPage: true });
      };
      const meeting = await asking(client);
      await page.goto(meeting.registration_url);
      await look("register");
      await button("Register").click();
      await page.getByRole("alert").waitFor();
      await look("register-wrong");
      for (const [label, text] of [["First name", "Jill"], ["Last name", "Chill"], ["E-mail", "jill@guests.example"], ["Organisation", "Cooking"]]) {
        await page.getByLabel(label).fill(text);
      }
      await page.getByLabel("Your level").selectOption("Some");
      await button("Register").click();
      await page.getByRole("status").waitFor();
      await look("registered");
      const link = await recorded(here, client);
      await page.goto(link);
      await expectText(page.getByRole("heading", { level: 1 }), "Roofs of Seville");
      await look("recording");
      await page.goto(link.split("?")[0]);
      await expectText(page.getByRole("heading", { level: 1 }), "for which one registers");
      await look("recording-refused");
      await end();
      assert.deepEqual(found, []);
    });
  }
}
