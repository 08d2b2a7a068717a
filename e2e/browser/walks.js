// What people do on the site, in the words of a person: open a room, join, mute, write, leave.

import { expectText } from "./expect.js";

/** From the list of rooms to the green room of one of them. */
export async function toGreenRoom(someone, base, title) {
  const { page, hands } = someone;
  await page.goto(base);
  await hands.press(page.getByRole("link", { name: title, exact: true }));
  await page.waitForURL(/\/r\//);
  await hands.press(page.getByRole("link", { name: "Join in browser" }));
  await page.waitForURL(/\/join$/);
}

/** From the list of rooms into the call. */
export async function join(someone, base, title, name, { email } = {}) {
  await toGreenRoom(someone, base, title);
  await enter(someone, name, { email });
  await inside(someone);
}

/** Fills in the form of the green room and sends it. */
export async function enter({ page, hands }, name, { email } = {}) {
  await hands.write(page.getByLabel("Your name"), name);
  if (email) await hands.write(page.getByLabel("E-mail"), email);
  await hands.press(page.getByRole("button", { name: "Join now" }));
}

/** Waits until the call is there. */
export async function inside({ page }) {
  const call = page.locator('#zmmtg-root[data-call-state="in"]');
  const refused = page.locator("#call-error:visible");
  await call.or(refused).first().waitFor({ state: "attached", timeout: 30_000 });
  if (await refused.isVisible()) throw new Error(`the call refused: ${await refused.innerText()}`);
}

/** Waits until the person is muted or not, pressing the button if it is not so yet. */
export async function setMuted({ page, hands }, muted) {
  const bar = page.getByRole("group", { name: "Call controls" });
  const [now, then] = muted ? ["Mute", "Unmute"] : ["Unmute", "Mute"];
  const press = bar.getByRole("button", { name: now, exact: true });
  const done = bar.getByRole("button", { name: then, exact: true });
  await press.or(done).first().waitFor();
  if (await press.isVisible()) await hands.press(press);
  await done.waitFor();
}

/** Writes a line into the chat. */
export async function say({ page, hands }, text) {
  const message = page.getByLabel("Message to everybody");
  if (!(await message.isVisible())) {
    await hands.press(page.getByRole("group", { name: "Call controls" }).getByRole("button", { name: /^Chat/ }));
  }
  await hands.write(message, text);
  await hands.press(page.getByRole("button", { name: "Send", exact: true }));
}

/** Opens the list of people and waits until each of them is in it. */
export async function seesPeople({ page, hands }, names) {
  const list = page.getByRole("list", { name: "In the call" });
  if (!(await list.isVisible())) {
    await hands.press(page.getByRole("group", { name: "Call controls" }).getByRole("button", { name: /^People/ }));
  }
  for (const name of names) await expectText(list, name);
}

/** One click, for the demo's owner only. */
export async function signInAsDemoOwner({ page, hands }, base) {
  await page.goto(`${base}/admin/sign-in`);
  await hands.press(page.getByRole("button", { name: "Sign in as the owner" }));
  await page.waitForURL(/\/admin(\/|$)(?!sign-in)/);
}

/** Fills in the form for a new room, sends it, and waits until Zoom has it. Answers the address of its page here. */
export async function schedule({ page, hands }, base, { title, date, time, host, kind }) {
  await page.goto(`${base}/admin/rooms/new`);
  if (kind) await hands.press(page.getByRole("radio", { name: kind }));
  await hands.write(page.getByLabel("Title", { exact: true }), title);
  if (host) await hands.choose(page.getByLabel("Host", { exact: true }), host);
  await hands.date(page.getByLabel("Date", { exact: true }), date);
  await hands.time(page.getByLabel("Time", { exact: true }), time);
  await hands.press(page.getByRole("button", { name: "Schedule", exact: true }));
  await page.waitForURL(/\/admin\/rooms\/[0-9a-f-]{36}(\?|$)/);
  return page.url().split("?")[0];
}

/** Waits until a room's chip says that Zoom has it. */
export async function liveAtZoom({ page }) {
  await expectText(page.getByRole("main"), /ready at Zoom · [\d ]{9,}/, 30_000);
}

/** An owner to whom no Zoom user is linked starts a room for its host, and is asked about it. */
export async function startForHost(someone) {
  const { page, hands } = someone;
  await hands.press(page.getByRole("main").getByRole("link", { name: /^Start/ }));
  await expectText(page.getByRole("main"), "Start for");
  await hands.press(page.getByRole("button", { name: /^Start/ }));
  await inside(someone);
}

/** From the one-time address that `serve` printed to an owner who is signed in. */
export async function becomeOwner({ page, hands }, setup) {
  await page.goto(setup);
  await hands.write(page.getByLabel("Your name"), "Olive Owner");
  await hands.write(page.getByLabel("E-mail"), "olive@example.org");
  await hands.write(page.getByLabel("Password"), "a sentence that is long enough");
  await hands.press(page.getByRole("button", { name: "Save and sign in" }));
  await page.waitForURL(/\/admin/);
}

const CREDENTIALS = {
  account_id: "Account ID",
  client_id: "Client ID",
  client_secret: "Client Secret",
  sdk_key: "Meeting SDK Client ID",
  sdk_secret: "Meeting SDK Client Secret",
  webhook_secret: "Secret Token",
};

/** Types credentials into Zoom settings, as many as there are, saves them, and waits for what the test says. */
export async function connect(someone, base, zoom) {
  await someone.page.goto(`${base}/admin/zoom`);
  await fillIn(someone, zoom);
  await someone.page.getByRole("heading", { name: "The test" }).waitFor();
}

/** Fills in the credentials on the page of Zoom settings and saves them; until the next page is there. */
export async function fillIn({ page, hands }, zoom) {
  for (const [name, label] of Object.entries(CREDENTIALS)) {
    if (name in zoom) await hands.write(page.getByLabel(label, { exact: true }), zoom[name]);
  }
  // The page before may have the same headings.
  await page.evaluate(() => document.body.setAttribute("data-before", ""));
  await hands.press(page.getByRole("button", { name: "Save and test" }));
  await page.locator("body:not([data-before])").getByRole("main").waitFor();
}

/** From the one-time address that `serve` printed to an owner who is signed in and a connected Zoom account. */
export async function setUp(someone, { eroom, setup }, zoom) {
  await becomeOwner(someone, setup);
  await connect(someone, eroom, zoom);
}

/** Date and time as a form takes them, on the clocks of a zone. */
export function inZone(instant, timeZone) {
  return new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "short" }).format(instant).split(" ");
}
