// axe finds nothing on any page, in light and dark, on a phone and on a desk; nothing scrolls sideways.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { findings, overflows } from "../axe.js";
import { SCREENS, openBrowser, person } from "../people.js";
import { demo } from "../program.js";
import { everyPage } from "../routes.js";
import { join, signInAsDemoOwner } from "../walks.js";

let site;
let browser;
before(async () => {
  [site, browser] = await Promise.all([demo(), openBrowser()]);
});
after(async () => {
  await browser?.close();
  await site?.stop();
});

for (const [size, screen] of Object.entries(SCREENS)) {
  for (const scheme of ["light", "dark"]) {
    test(`axe finds nothing on any page, ${size}, ${scheme}`, async (t) => {
      const someone = await person(browser, { screen, scheme });
      const { page } = someone;
      await signInAsDemoOwner(someone, site.ready.eroom);
      // A test join that gets in leads on to another page, while this one is being looked at.
      await page.route("**/admin/zoom/trial/begin", (route) => route.abort());
      const found = [];
      const addresses = await everyPage(site.ready);
      for (const address of addresses) {
        const answer = await page.goto(address);
        if (!(answer?.headers()["content-type"] ?? "").startsWith("text/html")) continue;
        // Without a login what one sees of a page for members is the sign-in form, which is on the list itself.
        for (const finding of await findings(page)) found.push(`${path(address)}: ${finding}`);
        if (await overflows(page)) found.push(`${path(address)}: scrolls sideways at ${screen.viewport.width} px`);
      }
      t.diagnostic(`${addresses.length} pages`);
      assert.ok(addresses.length > 20, "the route table has fewer pages than there were");
      await someone.leave();
      assert.deepEqual(found, []);
    });
  }
}

test("axe finds nothing in a call", async () => {
  for (const scheme of ["light", "dark"]) {
    const someone = await person(browser, { scheme });
    await join(someone, site.ready.eroom, "Open studio: say hello", "Ada");
    assert.deepEqual(await findings(someone.page), []);
    await someone.leave();
  }
});

const path = (address) => new URL(address).pathname;
