// The page of people and accounts, and of a seed with one's own.

import { $, ask, counted, keep, make, say, submit, tell, watch } from "./bench.js";

const LICENCES = { 1: "basic", 2: "licensed", 4: "unassigned", 99: "no licence" };
/** More are found by searching. */
const MOST = 200;
let all = [];
let names = new Map();

const card = () => make("li", {}, make("div", { class: "row" }, make("h3"), make("span", { class: "chip" })), make("p", { class: "mono small" }), make("p", { class: "small muted" }));

function fill(item, title, chip, code, facts) {
  tell(item.querySelector("h3"), title);
  tell(item.querySelector(".chip"), chip);
  tell(item.querySelector(".mono"), code);
  tell(item.querySelector(".muted"), facts);
}

function draw() {
  const q = $("q").value.trim().toLowerCase();
  const found = all.filter((one) => `${one.name} ${one.email} ${one.role}`.toLowerCase().includes(q));
  keep($("people"), found.slice(0, MOST), (one) => one.id, card, (item, one) => {
    const held = counted(one.meetings, one.meetings, "meeting", "meetings");
    const licence = `${LICENCES[one.licence] ?? one.licence}${one.webinar ? ", webinars" : ""}`;
    const account = names.size > 1 ? ` · ${names.get(one.account_id) ?? ""}` : "";
    fill(item, one.name, one.status === "active" ? one.role : `${one.role}, ${one.status}`, one.email, `${licence} · ${one.timezone} · ${held}${account}`);
  });
  tell($("count"), counted(found.length, all.length, "person", "people") + (found.length > MOST ? `, the first ${MOST} are shown` : ""));
  $("nothing").hidden = found.length > 0;
}

async function refresh() {
  const [{ items: accounts }, { items: people }] = await Promise.all([ask("GET", "/accounts"), ask("GET", "/people")]);
  names = new Map(accounts.map((one) => [one.id, one.name]));
  keep($("accounts"), accounts, (one) => one.id, card, (item, one) => {
    fill(item, one.name, one.primary ? "primary" : "sub-account", one.id, `Number ${one.number} · plan ${one.plan} · ${counted(one.people, one.people, "person", "people")}`);
  });
  all = people;
  draw();
}

$("file").addEventListener("change", async () => {
  const [file] = $("file").files;
  if (file) $("json").value = await file.text();
});
submit($("seed"), async ({ json }) => {
  const there = await ask("POST", "/seed", json);
  await refresh();
  const held = counted(there.meetings, there.meetings, "meeting", "meetings");
  say(`Added. There are ${there.people} people and ${held} now.`);
});
$("filter").addEventListener("submit", (event) => event.preventDefault());
$("filter").addEventListener("input", draw);
await watch(refresh);
