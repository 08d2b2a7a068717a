// Somebody else's site: one page on an origin of its own, with whatever was pasted into it.

import { once } from "node:events";
import { createServer } from "node:http";

import { expectText } from "./expect.js";

/** Serves a page with `html` in its body, until `close`. Its name is not the one that the site under test has. */
export async function elsewhere(base, html) {
  const page = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Elsewhere</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><h1>Our course</h1>${html}</html>`;
  const server = createServer((_, response) => {
    response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(page);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  server.unref();
  const name = new URL(base).hostname === "localhost" ? "127.0.0.1" : "localhost";
  return { url: `http://${name}:${server.address().port}/`, close: () => server.close() };
}

/** Presses the copy button beside a text, and answers what is to be pasted. */
export async function copied({ page, hands }, id) {
  const { origin } = new URL(page.url());
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"], { origin });
  await hands.press(page.locator(`[data-copy="${id}"]`));
  await page.locator(`[data-copy="${id}"]`).filter({ hasText: "Copied" }).waitFor();
  const text = await page.evaluate(() => navigator.clipboard.readText());
  await page.context().clearPermissions();
  return text;
}

/** Sees a room's card in the one frame of a page elsewhere, and follows its link. Answers the tab that it opens. */
export async function throughTheCard({ page, context, hands }, url, title, press = "Join") {
  await page.goto(url);
  const card = page.frameLocator("iframe");
  await card.getByRole("heading", { name: title }).waitFor();
  await expectText(card.getByRole("main"), "your time");
  const opened = context.waitForEvent("page");
  await hands.press(card.getByRole("link", { name: new RegExp(`^${press}`) }));
  const tab = await opened;
  await tab.waitForLoadState();
  return tab;
}
