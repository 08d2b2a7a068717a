// The addresses of every page, from the one route table that builds the router.

import { readFile } from "node:fs/promises";

/**
 * Every page there is, with its parameters filled in from the running demo. The table comes from the program's own
 * sources (`cargo run --package e2e --bin routes`), whose path EROOM_TEST_ROUTES holds.
 */
export async function everyPage(ready) {
  const table = JSON.parse(await readFile(process.env.EROOM_TEST_ROUTES, "utf8"));
  const values = await parameters(ready);
  const pages = [];
  for (const { path, query, page } of table) {
    if (!page) continue;
    const filled = (text) => text.replaceAll(/\{\*?(\w+)\}/g, (_, name) => {
      if (!(name in values)) throw new Error(`nobody knows a value for {${name}} in ${path}`);
      return encodeURIComponent(values[name]);
    });
    pages.push(`${ready.eroom}${filled(path)}${query ? `?${filled(query)}` : ""}`);
  }
  // Beyond the table: what is shown where nothing is, and a room in each of its states.
  pages.push(`${ready.eroom}/no-such-page`, `${ready.eroom}/embed/no-such-room`);
  for (const slug of values.slugs) {
    pages.push(`${ready.eroom}/r/${encodeURIComponent(slug)}`, `${ready.eroom}/embed/${encodeURIComponent(slug)}`);
  }
  return pages;
}

async function parameters({ eroom, api_token: token }) {
  const api = async (path) => {
    const answer = await fetch(`${eroom}/api/v1/${path}`, { headers: { authorization: `Bearer ${token}` } });
    if (!answer.ok) throw new Error(`/api/v1/${path} answered ${answer.status}`);
    return (await answer.json()).items;
  };
  const rooms = await api("rooms");
  const [connection] = await api("connections");
  const open = rooms.find(({ title }) => title.startsWith("Open studio")) ?? rooms[0];
  return {
    room: open.id,
    id: open.id,
    slug: open.slug,
    slugs: rooms.map(({ slug }) => slug),
    connection: connection.id,
    // One-time links and strangers: the page that says there is nothing.
    token: "0".repeat(64),
    member: "00000000-0000-7000-8000-000000000000",
    hue: "200",
    operation: "meetingUpdate",
  };
}
