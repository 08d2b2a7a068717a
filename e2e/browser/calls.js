// Listening to calls: what a page really receives over WebRTC, not what it shows.

/** Runs in the page before its own scripts: keeps every peer connection it opens. */
export function listenToCalls() {
  const Native = window.RTCPeerConnection;
  // A page that another one opened has been here already.
  if (!Native || window.openedPeerConnections) return;
  const opened = [];
  Object.defineProperty(window, "openedPeerConnections", { value: opened });
  window.RTCPeerConnection = class extends Native {
    constructor(...args) {
      super(...args);
      opened.push(this);
    }
  };
}

/** Frames decoded and energy heard so far, one entry for each other person in the call. */
export async function received(page) {
  const sums = [];
  for (const frame of page.frames()) {
    sums.push(
      ...(await frame.evaluate(async () => {
        const sums = [];
        for (const connection of window.openedPeerConnections ?? []) {
          if (connection.connectionState !== "connected") continue;
          const sum = { frames: 0, energy: 0 };
          for (const report of (await connection.getStats()).values()) {
            if (report.type !== "inbound-rtp") continue;
            if (report.kind === "video") sum.frames += report.framesDecoded ?? 0;
            if (report.kind === "audio") sum.energy += report.totalAudioEnergy ?? 0;
          }
          sums.push(sum);
        }
        return sums;
      })),
    );
  }
  return sums;
}

/** Waits until `people` others are both seen moving and heard. */
export async function seesAndHears(page, people, limitMs = 30_000) {
  const before = await received(page);
  const end = Date.now() + limitMs;
  let now = before;
  while (Date.now() < end) {
    await page.waitForTimeout(250);
    now = await received(page);
    const moving = now.filter(({ frames }, place) => frames > (before[place]?.frames ?? 0) && frames > 2);
    if (moving.length === people && now.filter(({ energy }) => energy > 0).length === people) return now;
  }
  throw new Error(`expected ${people} others to be seen and heard, got ${JSON.stringify(now)} after ${JSON.stringify(before)}`);
}

/** The energy that came in over `ms`, over all connections. */
export async function energyOver(page, ms) {
  const sum = (all) => all.reduce((total, { energy }) => total + energy, 0);
  const before = sum(await received(page));
  await page.waitForTimeout(ms);
  return sum(await received(page)) - before;
}

/** Waits until nothing is heard any more. */
export async function fallsSilent(page, limitMs = 15_000) {
  const end = Date.now() + limitMs;
  let energy;
  while (Date.now() < end) {
    energy = await energyOver(page, 2_500);
    if (energy < 1e-6) return;
  }
  throw new Error(`still heard: ${energy}`);
}
