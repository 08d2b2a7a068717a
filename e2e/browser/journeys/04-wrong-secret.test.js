// A wrong Meeting SDK secret is said in plain words, with what to do.

import { after, before, test } from "node:test";

import { clean, expectText } from "../expect.js";
import { HANDS } from "../hands.js";
import { openBrowser, person } from "../people.js";
import { demo } from "../program.js";
import { enter, signInAsDemoOwner, toGreenRoom } from "../walks.js";

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
  test(`with a wrong SDK secret joining says that the signature is invalid, ${hands.label}`, async () => {
    const base = site.ready.eroom;
    const owner = await person(browser, { hands });
    await signInAsDemoOwner(owner, base);
    await owner.page.goto(`${base}/admin/zoom`);
    await owner.hands.write(owner.page.getByLabel("Meeting SDK Client Secret"), "sbxThisIsNotTheSecretOfTheApp0000");
    await owner.hands.press(owner.page.getByRole("button", { name: "Save and test" }));
    await owner.page.getByRole("heading", { name: "The test" }).waitFor();

    const visitor = await person(browser, { hands });
    await toGreenRoom(visitor, base, "Open studio: say hello");
    await enter(visitor, "Visitor");
    const refusal = visitor.page.getByRole("alert");
    await expectText(refusal, /Signature invalid/i);
    await expectText(refusal, /check the Meeting SDK Client Secret/);
    await visitor.hands.press(visitor.page.getByRole("link", { name: "Try again" }));
    await visitor.page.getByRole("button", { name: "Join now" }).waitFor();
    clean(owner, visitor);
    await Promise.all([owner.leave(), visitor.leave()]);
  });
}
