// A receiver of webhooks on this computer: proves that it holds the secret, checks every signature, keeps what it hears.

import { createHmac, timingSafeEqual } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";

const hmac = (secret, text) => createHmac("sha256", secret).update(text).digest("hex");

/** Listens on a free port until `close`. `heard` holds the events, `forged` counts those with a bad signature. */
export async function receiver(secret) {
  const heard = [];
  const own = { heard, forged: 0 };
  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString();
    const right = Buffer.from(`v0=${hmac(secret, `v0:${request.headers["x-zm-request-timestamp"]}:${body}`)}`);
    const given = Buffer.from(request.headers["x-zm-signature"] ?? "");
    if (right.length !== given.length || !timingSafeEqual(right, given)) {
      own.forged += 1;
      response.writeHead(401).end();
      return;
    }
    const event = JSON.parse(body);
    if (event.event !== "endpoint.url_validation") {
      heard.push(event);
      response.writeHead(200).end();
      return;
    }
    const { plainToken } = event.payload;
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify({ plainToken, encryptedToken: hmac(secret, plainToken) }));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  server.unref();
  own.url = `http://127.0.0.1:${server.address().port}/hook`;
  own.close = () => server.close();
  return own;
}

/** A program that calls a sandbox: a token, and calls with it. */
export async function program({ api, oauth, zoom }) {
  const form = new URLSearchParams({ grant_type: "account_credentials", account_id: zoom.account_id });
  const basic = Buffer.from(`${zoom.client_id}:${zoom.client_secret}`).toString("base64");
  const answer = await fetch(oauth, { method: "POST", body: form, headers: { authorization: `Basic ${basic}` } });
  const { access_token: token } = await answer.json();
  const call = async (method, path, body) => {
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
    const response = await fetch(`${api}${path}`, { method, headers, body: body && JSON.stringify(body) });
    return response.status === 204 ? null : response.json();
  };
  return { token, call, meeting: (topic) => call("POST", "/users/me/meetings", { topic, type: 2, duration: 30 }) };
}
