// Two Zoom accounts behind one address, as there are many behind Zoom's own: a token, and the app it was bought for, say
// which account is meant. And a site that reaches them there.

import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { start } from "./program.js";

const basic = (id, secret) => `Basic ${Buffer.from(`${id}:${secret}`).toString("base64")}`;
const NOT_PASSED_ON = new Set(["host", "connection", "content-length", "transfer-encoding", "content-encoding", "keep-alive"]);
const headersOf = (headers) => Object.fromEntries([...headers].filter(([name]) => !NOT_PASSED_ON.has(name)));

/** Passes on what comes to the sandbox that it is for. */
async function inFrontOf(first, second) {
  const { zoom } = second;
  const seconds = new Set([basic(zoom.client_id, zoom.client_secret), basic(zoom.sdk_key, zoom.sdk_secret)]);
  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const isSeconds = seconds.has(request.headers.authorization);
    const base = (isSeconds ? second : first).sandbox;
    try {
      const answer = await fetch(new URL(request.url, base), {
        method: request.method,
        headers: headersOf(Object.entries(request.headers)),
        body: chunks.length > 0 ? Buffer.concat(chunks) : undefined,
        redirect: "manual",
      });
      const body = Buffer.from(await answer.arrayBuffer());
      const token = isSeconds && request.url.startsWith("/oauth/token") && answer.ok && JSON.parse(body).access_token;
      if (token) seconds.add(`Bearer ${token}`);
      response.writeHead(answer.status, headersOf(answer.headers)).end(body);
    } catch {
      response.destroy();
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  server.unref();
  return { base: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

/** A site to which nothing is connected, and two accounts that can be. `close` takes everything away. */
export async function twoZooms() {
  const folder = await mkdtemp(join(tmpdir(), "eroom-two-"));
  const first = await start("sandbox", "--port", "0", "--json", "--seed", "7");
  const second = await start("sandbox", "--port", "0", "--json", "--seed", "8");
  const front = await inFrontOf(first.ready, second.ready);
  const config = join(folder, "eroom.toml");
  const lines = [
    `data_dir = "${join(folder, "site")}"`, 'listen = "127.0.0.1:0"',
    "[zoom]", `api = "${front.base}/v2"`, `oauth = "${front.base}/oauth/token"`, `sdk = "${front.base}/sdk"`,
  ];
  await writeFile(config, `${lines.join("\n")}\n`);
  const site = await start("serve", "--json", "--allow-sandbox", "--config", config);
  const close = async () => {
    await site.stop();
    front.close();
    await Promise.all([first.stop(), second.stop()]);
    await rm(folder, { recursive: true, force: true });
  };
  return { site, first, second, close };
}
