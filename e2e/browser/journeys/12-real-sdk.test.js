// The page of a call with Zoom's own Meeting SDK, and nobody of Zoom's behind it: what the page makes the SDK send first,
// and what it says when that goes wrong. Zoom's names lead to this computer; how a call goes on is Zoom's own affair.

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { after, before, test } from "node:test";

import { clean, eventually, expectText } from "../expect.js";
import { openBrowser, person } from "../people.js";
import { apart } from "../program.js";
import { serveFiles, standInForZoom, version } from "../real_sdk.js";
import { enter, inZone, liveAtZoom, schedule, setUp, toGreenRoom } from "../walks.js";
import { controls } from "../zoom.js";

const ZONE = "Europe/Madrid";
const here = /(^|\.)zoom\.us$/;
let sdk;
let zoom;
let browser;
let world;
let owner;
before(async () => {
  sdk = await version();
  const files = await serveFiles();
  zoom = await standInForZoom();
  browser = await openBrowser(zoom.flag);
  const { site, sandbox, close } = await apart({ sdk: files.base });
  world = { files, site, sandbox, close, base: site.ready.eroom, app: sandbox.ready.zoom };
  owner = await person(browser, { zone: ZONE, here });
  await setUp(owner, site.ready, world.app);
  const [date, time] = inZone(new Date(Date.now() - 60_000), ZONE);
  await schedule(owner, world.base, { title: "First room", date, time });
  await liveAtZoom(owner);
});
after(async () => {
  await browser?.close();
  world?.files.close();
  zoom?.close();
  await world?.site.stop();
  await world?.sandbox.stop();
  await world?.close();
});

/** What the SDK asked Zoom first, read as the form it is. */
async function firstAsked() {
  const call = await eventually("the SDK asks Zoom", () => zoom.calls.find(({ path }) => path === "/api/v1/wc/info"), 60_000);
  assert.deepEqual([call.method, call.host], ["POST", "zoom.us"]);
  return Object.fromEntries(new URLSearchParams(call.body));
}

/** What a program needs to ask the pretend Zoom about its meetings. */
async function signedIn() {
  const { account_id: account, client_id: id, client_secret: secret } = world.app;
  const body = new URLSearchParams({ grant_type: "account_credentials", account_id: account });
  const headers = { authorization: `Basic ${btoa(`${id}:${secret}`)}` };
  const { access_token: token } = await (await fetch(world.sandbox.ready.oauth, { method: "POST", headers, body })).json();
  return { headers: { authorization: `Bearer ${token}` } };
}

/** The claims of a signature that Zoom would accept: HS256 by the secret of the app, and good now. */
function claims(signature, { sdk_key: key, sdk_secret: secret }) {
  const [head, body, mark] = signature.split(".");
  const decoded = (part) => JSON.parse(Buffer.from(part, "base64url").toString());
  assert.deepEqual(decoded(head), { alg: "HS256", typ: "JWT" });
  assert.equal(mark, createHmac("sha256", secret).update(`${head}.${body}`).digest("base64url"), "another secret signed it");
  const said = decoded(body);
  const now = Date.now() / 1000;
  assert.equal(said.appKey, key);
  assert.ok(said.iat <= now && now < said.exp, `not good now: ${JSON.stringify(said)}`);
  assert.ok(said.exp - said.iat >= 1800 && said.exp - said.iat <= 48 * 3600 && said.tokenExp >= said.iat + 1800, "Zoom's bounds");
  return said;
}

test("Zoom's SDK starts on the page, isolated, and sends what Zoom needs to let a visitor in", async () => {
  const [meeting] = await controls(world.sandbox.ready.sandbox).meetings();
  const visitor = await person(browser, { here });
  const said = [];
  visitor.page.on("console", (message) => said.push(message.text()));
  await toGreenRoom(visitor, world.base, "First room");
  await enter(visitor, "Vera Visitor");
  const asked = await firstAsked();
  assert.equal(await visitor.page.evaluate(() => globalThis.crossOriginIsolated), true);
  assert.equal(asked.meetingNumber, String(meeting.number));
  assert.deepEqual([asked.userName, asked.signatureType, asked.cv], ["Vera Visitor", "sdk", sdk]);
  const { password } = await (await fetch(`${world.sandbox.ready.api}/meetings/${meeting.number}`, await signedIn())).json();
  assert.deepEqual([asked.passWord, asked.zsk], [password, ""]);
  const signed = claims(asked.signature, world.app);
  assert.deepEqual([String(signed.mn), signed.role], [asked.meetingNumber, 0]);

  // The stand-in said that there is no such meeting; our page says so, and the SDK's own dialog does not cover it.
  const refusal = visitor.page.getByRole("alert");
  await expectText(refusal, "Zoom has no such meeting.", 60_000);
  await expectText(refusal, "The host may have deleted it.");
  assert.equal(await visitor.page.getByRole("button", { name: "Retry" }).count(), 0);
  const multithreaded = world.files.asked.filter((path) => path.endsWith("/video.mtsimd.wasm"));
  assert.ok(multithreaded.length > 0, `isolation brings the faster decoder: ${world.files.asked.join(" ")}`);
  await visitor.hands.press(visitor.page.getByRole("link", { name: "Try again" }));
  await visitor.page.getByRole("button", { name: "Join now" }).waitFor();
  clean(visitor);
  await visitor.leave();
});

test("the host is signed for as the host, with the key that starts the meeting", async () => {
  zoom.calls.length = 0;
  const main = owner.page.getByRole("main");
  await owner.hands.press(main.getByRole("link", { name: /^Start/ }));
  await owner.hands.press(owner.page.getByRole("button", { name: /^Start/ }));
  const asked = await firstAsked();
  assert.equal(claims(asked.signature, world.app).role, 1);
  assert.match(asked.zsk, /^sbx/, "the host's key travels under this name");
  await expectText(owner.page.getByRole("alert"), "Zoom has no such meeting.", 60_000);
  clean(owner);
  await owner.leave();
});

test("where Zoom cannot be reached the page says that, and what to do", async () => {
  zoom.close();
  const visitor = await person(browser, { here });
  await toGreenRoom(visitor, world.base, "First room");
  await enter(visitor, "Vera Visitor");
  const refusal = visitor.page.getByRole("alert");
  await expectText(refusal, "Zoom could not be reached", 60_000);
  await expectText(refusal, "Check your connection");
  clean(visitor);
  await visitor.leave();
});
