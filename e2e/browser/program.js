// The built program, started as a person would start it: waited for, listened to, stopped, and its log looked at.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** What still runs. A journey that failed on its way stops nothing: its programs end with this process. */
const running = new Set();
process.on("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

const READY_LIMIT_MS = 90_000;
const STOP_LIMIT_MS = 20_000;

/** Starts `eroom …arguments` and waits for its first line, one JSON object. */
export async function start(...args) {
  const binary = process.env.EROOM_TEST_BINARY;
  if (!binary) throw new Error("EROOM_TEST_BINARY is not set; run the journeys with `cargo xtask e2e`");
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("EROOM_")));
  const child = spawn(binary, args, { env, stdio: ["ignore", "pipe", "pipe"] });
  running.add(child);
  child.once("exit", () => running.delete(child));
  // They must not keep this process alive once every journey is over.
  for (const held of [child, child.stdout, child.stderr]) held.unref();
  const log = [];
  createInterface({ input: child.stderr }).on("line", (line) => log.push(line));
  const ended = new Promise((resolve) => child.once("exit", (code, signal) => resolve({ code, signal })));
  const ready = await firstLine(child, ended, log, args[0]);
  return {
    ready,
    log,
    /** SIGTERM; it must end by itself with success, and its log must be clean. */
    async stop() {
      child.kill("SIGTERM");
      const late = setTimeout(() => child.kill("SIGKILL"), STOP_LIMIT_MS);
      const { code, signal } = await ended;
      clearTimeout(late);
      if (code !== 0) throw new Error(`${args[0]} ended with ${code ?? signal}:\n${log.join("\n")}`);
      const faults = log.filter((line) => / ERROR |"level":"ERROR"|panicked at/.test(line));
      if (faults.length > 0) throw new Error(`the log of ${args[0]} is not clean:\n${faults.join("\n")}`);
    },
    /** SIGKILL, for whoever is in the way of another test. */
    async kill() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}

/**
 * A site and its pretend Zoom as two programs, in a folder of their own, as an operator would start them: nothing is
 * set up yet. `sdk` is where the Meeting SDK's files are, if not at the sandbox, and `name` another name by which people reach
 * the site. `close` stops what still runs and takes the folder away.
 */
export async function apart({ sdk, name } = {}) {
  const folder = await mkdtemp(join(tmpdir(), "eroom-apart-"));
  const sandbox = await start("sandbox", "--port", "0", "--json", "--scopes", "guide", "--state", join(folder, "zoom.json"));
  const { api, oauth, sandbox: base } = sandbox.ready;
  const config = join(folder, "eroom.toml");
  const lines = [
    `data_dir = "${join(folder, "site")}"`, ...(await whereItListens(name)),
    "[zoom]", `api = "${api}"`, `oauth = "${oauth}"`, `sdk = "${sdk ?? `${base.replace(/\/$/, "")}/sdk`}"`,
  ];
  await writeFile(config, `${lines.join("\n")}\n`);
  const site = await start("serve", "--json", "--allow-sandbox", "--config", config);
  return { site, sandbox, close: () => rm(folder, { recursive: true, force: true }) };
}

/** Where a site listens, and by which name people reach it, if it has one. */
async function whereItListens(name) {
  if (!name) return ['listen = "127.0.0.1:0"'];
  const free = createServer().listen(0, "127.0.0.1");
  await once(free, "listening");
  const { port } = free.address();
  await new Promise((closed) => { free.close(closed); });
  return [`listen = "127.0.0.1:${port}"`, `public_url = "http://${name}:${port}"`];
}

/** The demo on free ports. */
export const demo = () => start("demo", "--port", "0", "--sandbox-port", "0", "--json");

async function firstLine(child, ended, log, name) {
  const lines = createInterface({ input: child.stdout });
  let late;
  const limit = new Promise((_, reject) => {
    late = setTimeout(() => reject(new Error(`${name} was not ready in time:\n${log.join("\n")}`)), READY_LIMIT_MS);
  });
  const early = ended.then(({ code }) => {
    throw new Error(`${name} ended with ${code} before it was ready:\n${log.join("\n")}`);
  });
  early.catch(() => {});
  try {
    const line = await Promise.race([new Promise((resolve) => lines.once("line", resolve)), early, limit]);
    return JSON.parse(line);
  } catch (error) {
    child.kill("SIGKILL");
    throw error;
  } finally {
    clearTimeout(late);
  }
}
