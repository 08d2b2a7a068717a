// People with a browser: each has windows of their own, a camera and a microphone that are made up, and two hands.

import { chromium } from "playwright-core";

import { Mouse } from "./hands.js";
import { listenToCalls } from "./calls.js";

const FLAGS = [
  "--use-fake-device-for-media-stream",
  "--use-fake-ui-for-media-stream",
  "--allow-loopback-in-peer-connection",
  "--autoplay-policy=no-user-gesture-required",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];

/** One browser for a file of journeys. */
export async function openBrowser(...more) {
  const root = process.getuid?.() === 0;
  return chromium.launch({
    executablePath: process.env.EROOM_TEST_BROWSER,
    headless: !process.env.EROOM_TEST_HEADED,
    args: [...FLAGS, ...more, ...(root ? ["--no-sandbox"] : [])],
  });
}

/** Sizes and colours a page is looked at in. */
export const SCREENS = {
  desk: { viewport: { width: 1280, height: 860 } },
  phone: { viewport: { width: 360, height: 740 } },
};

/**
 * Somebody at a screen of their own: nothing is shared with others. Scripts that throw, and requests that leave this
 * computer, are faults that `person.faults` holds. `here` tests names that the browser was told to find on this computer.
 */
export async function person(browser, { hands = Mouse, screen = SCREENS.desk, scheme = "light", zone, here } = {}) {
  const context = await browser.newContext({
    ...screen,
    // Whoever answers here by another's name has nobody's certificate for it.
    ignoreHTTPSErrors: Boolean(here),
    colorScheme: scheme,
    locale: "en-GB",
    timezoneId: zone,
    reducedMotion: "reduce",
    permissions: ["camera", "microphone"],
  });
  const faults = [];
  await context.addInitScript(listenToCalls);
  context.on("weberror", (fault) => faults.push(`script: ${fault.error().stack}`));
  context.on("request", (request) => {
    const { hostname, protocol } = new URL(request.url());
    const stays = ["127.0.0.1", "localhost", "[::1]"].includes(hostname) || !/^https?:|^wss?:/.test(protocol);
    if (!stays && !here?.test(hostname)) faults.push(`a request left this computer: ${hostname}`);
  });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  return { page, context, faults, hands: new hands(page), leave: () => context.close() };
}
