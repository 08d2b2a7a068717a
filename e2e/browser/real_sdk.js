// Zoom's own Meeting SDK, as npm brings it, and in Zoom's place a server of ours that hears what the SDK asks first.

import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

import { certificateFor } from "./certificate.js";

const PACKAGE = fileURLToPath(new URL("../clients/node_modules/@zoom/meetingsdk", import.meta.url));
const TYPES = { ".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm", ".json": "application/json", ".html": "text/html", ".svg": "image/svg+xml" };

/** The version that is here; a journey without it says so and fails. */
export async function version() {
  const about = join(PACKAGE, "package.json");
  if (!existsSync(about)) {
    throw new Error(`@zoom/meetingsdk is not there: npm could not install e2e/clients (${process.env.EROOM_TEST_CLIENTS_LACK ?? "run `npm ci --ignore-scripts` there"})`);
  }
  return JSON.parse(await readFile(about, "utf8")).version;
}

const opened = (server) => new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server.address().port)));

/** Serves the package's files under its version, as Zoom's own host does. */
export async function serveFiles() {
  const prefix = `/${await version()}/`;
  const asked = [];
  const server = createServer(async (request, answer) => {
    const { pathname } = new URL(request.url, "http://here");
    asked.push(pathname);
    const file = normalize(join(PACKAGE, "dist", decodeURIComponent(pathname.slice(prefix.length))));
    const bytes = pathname.startsWith(prefix) && file.startsWith(PACKAGE) ? await readFile(file).catch(() => null) : null;
    const headers = {
      "access-control-allow-origin": "*",
      "cross-origin-resource-policy": "cross-origin",
      // What the SDK starts as a worker must ask for the isolation its page has.
      "cross-origin-embedder-policy": "require-corp",
      "content-type": TYPES[extname(file)] ?? "application/octet-stream",
    };
    answer.writeHead(bytes ? 200 : 404, headers).end(bytes ?? "");
  });
  const port = await opened(server);
  return { base: `http://127.0.0.1:${port}`, asked, close: () => (server.closeAllConnections(), server.close()) };
}

/** Answers for zoom.us and every name below it; `calls` holds what was asked. */
export async function standInForZoom() {
  const calls = [];
  const zoom = { calls, answer: { status: false, errorCode: 3001, errorMessage: "Nobody is here but a test." } };
  const server = createTlsServer(certificateFor("zoom.us", "*.zoom.us"), (request, answer) => {
    let body = "";
    request.on("data", (chunk) => (body += chunk));
    request.on("end", () => {
      const { pathname } = new URL(request.url, "https://zoom.us");
      calls.push({ host: request.headers.host, method: request.method, path: pathname, headers: request.headers, body });
      const headers = {
        "access-control-allow-origin": request.headers.origin ?? "*",
        "access-control-allow-credentials": "true",
        "access-control-allow-headers": request.headers["access-control-request-headers"] ?? "*",
        "cross-origin-resource-policy": "cross-origin",
        "content-type": "application/json",
      };
      answer.writeHead(200, headers).end(request.method === "OPTIONS" ? "" : JSON.stringify(zoom.answer));
    });
  });
  const port = await opened(server);
  const rules = [`MAP zoom.us:443 127.0.0.1:${port}`, `MAP *.zoom.us:443 127.0.0.1:${port}`, "MAP * ~NOTFOUND", "EXCLUDE 127.0.0.1"];
  return Object.assign(zoom, { flag: `--host-resolver-rules=${rules.join(", ")}`, close: () => (server.closeAllConnections(), server.close()) });
}
