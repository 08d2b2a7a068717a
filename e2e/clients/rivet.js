// Starts a sandbox and runs the story of @zoom/rivet in a process that reaches it as it would reach Zoom: through the
// environment's proxy, with the sandbox's certificate to trust.

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { start } from "../browser/program.js";

const folder = mkdtempSync(join(tmpdir(), "eroom-rivet-"));
const certificate = join(folder, "ca.pem");
const sandbox = await start("sandbox", "--port", "0", "--proxy", "--ca-out", certificate, "--json");
const env = {
  ...process.env,
  HTTPS_PROXY: sandbox.ready.proxy,
  NODE_EXTRA_CA_CERTS: certificate,
  SANDBOX: JSON.stringify(sandbox.ready),
};
for (const name of ["NO_PROXY", "no_proxy", "https_proxy"]) delete env[name];
const here = import.meta.dirname ?? new URL(".", import.meta.url).pathname;
const args = ["--import", "./loopback_only.mjs", "--test", "--test-reporter=spec", "--test-timeout=120000", "rivet_story.mjs"];
const { status } = spawnSync(process.execPath, args, { cwd: here, env, stdio: "inherit" });
await sandbox.stop();
rmSync(folder, { recursive: true, force: true });
process.exitCode = status ?? 1;
