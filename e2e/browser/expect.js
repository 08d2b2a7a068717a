// Waiting for text, and for whatever becomes true in the end.

import assert from "node:assert/strict";

/** Waits until a place holds a text. */
export async function expectText(place, text, limitMs = 15_000) {
  await place.filter({ hasText: text }).first().waitFor({ timeout: limitMs }).catch(async () => {
    const shown = await place.first().innerText().catch(() => "nothing");
    assert.fail(`expected ${text} in: ${shown}`);
  });
}

/** Asks again and again until the answer is yes. */
export async function eventually(what, ask, limitMs = 20_000) {
  const end = Date.now() + limitMs;
  let last;
  while (Date.now() < end) {
    last = await ask();
    if (last) return last;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return assert.fail(`${what} did not come true in ${limitMs} ms`);
}

/** Nothing went wrong on the page beside what the journey looks at. */
export function clean(...people) {
  for (const { faults } of people) assert.deepEqual(faults, []);
}
