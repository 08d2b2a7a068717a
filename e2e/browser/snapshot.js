// Texts that a journey sees, compared with those that were accepted. `EROOM_BLESS=1` accepts what is seen.

import assert from "node:assert/strict";
import { mkdir, readFile, writeFile } from "node:fs/promises";

/** Compares `seen` with `snapshots/{name}.json`. */
export async function compare(name, seen) {
  const file = new URL(`snapshots/${name}.json`, import.meta.url);
  if (process.env.EROOM_BLESS) {
    await mkdir(new URL("snapshots/", import.meta.url), { recursive: true });
    await writeFile(file, `${JSON.stringify(seen, null, 2)}\n`);
  }
  const accepted = JSON.parse(await readFile(file, "utf8"));
  assert.deepEqual(seen, accepted, `read what changed, then accept it: EROOM_BLESS=1, snapshots/${name}.json`);
}

/** A text without what differs from run to run: ports, instants, seconds that went by. */
export const steady = (text) =>
  text
    .replaceAll(/\s+/g, " ")
    .replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d UTC/g, "{instant}")
    .replaceAll(/(:\/\/[\w.-]+):\d+/g, "$1:{port}")
    .replaceAll(/\b\d+ seconds\b/g, "{some} seconds")
    .trim();
