// Somebody at the workbench of a sandbox, and a program that calls it.

import { clean, expectText } from "./expect.js";
import { person } from "./people.js";
import { start } from "./program.js";
import { controls } from "./zoom.js";

/** What every walk needs: a sandbox, a program that calls it, somebody at the workbench. */
export async function scene(browser, options) {
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
