// The page of calls: reads the log, shows what is new, and writes any call as a line for curl.

import { $, ask, copyButton, counted, make, ms, press, tell, time, watch } from "./bench.js";

const WORDS = { open: "waiting", allowed: "allowed", refused: "refused", cut: "cut" };
const meeting = new URLSearchParams(location.search).get("meeting");
const rows = new Map(); // id → { entry, item, details }
let revision = 0;

function block(title, value) {
  const text = typeof value === "string" ? value : JSON.stringify(value, null, 2);
  return make("section", {}, make("h3", {}, title), make("pre", {}, text));
}

const headers = (all) => all.map(([name, value]) => `${name}: ${value}`).join("\n");

/** Quoted for a shell. */
const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;

/** The call for a terminal: its token is $TOKEN, and what the log hides has to be filled in. */
function curl(entry) {
  const parts = [`curl -X ${entry.method}`];
  const kind = entry.headers.find(([name]) => name === "content-type")?.[1];
  if (entry.operation === "token") parts.push('-u "$CLIENT_ID:$CLIENT_SECRET"');
  else if (entry.headers.some(([name]) => name === "authorization")) parts.push('-H "Authorization: Bearer $TOKEN"');
  if (entry.request !== null) {
    if (kind) parts.push(`-H ${quoted(`Content-Type: ${kind}`)}`);
    parts.push(`-d ${quoted(typeof entry.request === "string" ? entry.request : JSON.stringify(entry.request))}`);
  }
  parts.push(quoted(entry.way === "out" ? entry.target : location.origin + entry.target));
  return parts.join(" \\\n  ");
}

/** "Scope ok · LIGHT 3 of 30 a second · 201 in 0.4 ms". */
function says(entry) {
  const why = entry.why.replace(/\.$/, "") || "Waiting for an answer";
  if (entry.decision === "open") return why;
  return `${why} · ${entry.status ?? "no answer"} in ${ms(entry.took_ms)}`;
}

function inside(entry) {
  const out = entry.way === "out";
  const parts = [make("p", {}, says(entry))];
  if (entry.notes.length) {
    const notes = entry.notes.map((note) => make("li", {}, note));
    parts.push(make("section", {}, make("h3", {}, "Notes"), make("ul", {}, ...notes)));
  }
  if (entry.headers.length) parts.push(block(out ? "Headers sent" : "Headers of the request", headers(entry.headers)));
  if (entry.request !== null) parts.push(block(out ? "Sent" : "Request", entry.request));
  if (entry.answer_headers.length) parts.push(block("Headers of the answer", headers(entry.answer_headers)));
  if (entry.answer !== null) parts.push(block("Answer", entry.answer));
  if (!out) {
    const copy = copyButton(make("button", { class: "button", type: "button" }, "Copy as curl"), () => curl(entry));
    parts.push(block("For a terminal", curl(entry)), make("div", { class: "buttons" }, copy));
  }
  const links = make("p", { class: "small" }, make("a", { href: `#call-${entry.id}` }, `Link to call ${entry.id}`));
  if (entry.meeting !== null) {
    links.append(" · ", make("a", { href: `/sandbox?meeting=${entry.meeting}` }, `All about meeting ${entry.meeting}`));
  }
  parts.push(links);
  return parts;
}

function summary(entry) {
  const arrow = entry.way === "out" ? "→ " : "";
  const what = make("span", { class: "what" }, make("span", { class: "target" }, arrow + entry.target));
  what.append(make("span", { class: "operation" }, entry.operation ?? "not a path of Zoom"));
  what.append(make("span", { class: "says" }, says(entry)));
  return [
    make("span", { class: "time" }, time(entry.at)),
    make("span", { class: "method" }, entry.method),
    what,
    make("span", { class: `chip ${entry.decision}` }, WORDS[entry.decision]),
    make("span", { class: "status" }, entry.status === null ? "–" : String(entry.status)),
    make("span", { class: "took" }, entry.decision === "open" ? "" : ms(entry.took_ms)),
  ];
}

function draw(entry) {
  let row = rows.get(entry.id);
  if (!row) {
    const details = make("details", { class: "call", id: `call-${entry.id}` }, make("summary"), make("div", { class: "inside" }));
    const item = make("li", {}, details);
    row = { item, details };
    rows.set(entry.id, row);
    $("calls").prepend(item);
    details.addEventListener("toggle", () => fill(row));
  }
  row.entry = entry;
  row.details.querySelector("summary").replaceChildren(...summary(entry));
  fill(row);
}

// The inside is made when it is looked at: two thousand calls stay light.
function fill(row) {
  if (row.details.open) row.details.querySelector(".inside").replaceChildren(...inside(row.entry));
}

function fits(entry) {
  const q = $("q").value.trim().toLowerCase();
  const decision = $("decision").value;
  const text = `${entry.method} ${entry.target} ${entry.operation ?? ""} ${entry.meeting ?? ""} ${entry.why}`.toLowerCase();
  return (!meeting || String(entry.meeting) === meeting) && (!decision || entry.decision === decision) && text.includes(q);
}

function sift() {
  let shown = 0;
  for (const { entry, item } of rows.values()) {
    item.hidden = !fits(entry);
    if (!item.hidden) shown += 1;
  }
  tell($("count"), counted(shown, rows.size, "call", "calls"));
  $("empty").hidden = rows.size > 0;
  $("nothing").hidden = rows.size === 0 || shown > 0;
  $("clear").hidden = rows.size === 0;
}

function follow() {
  const id = /^#call-(\d+)$/.exec(location.hash)?.[1];
  const row = id && rows.get(Number(id));
  if (!row) return;
  row.item.hidden = false;
  row.details.open = true;
  row.details.scrollIntoView({ block: "start" });
}

/** The whole log, page by page from its end. */
async function everything() {
  let page = await ask("GET", "/calls?limit=1000");
  const whole = { ...page, more: false };
  while (page.more) {
    page = await ask("GET", `/calls?limit=1000&before=${page.items[0].id}`);
    whole.items = [...page.items, ...whole.items];
  }
  return whole;
}

/** What has changed since we last looked. */
async function changes() {
  let page = await ask("GET", `/calls?limit=1000&since=${revision}`);
  const { items, cleared } = page;
  while (page.more) {
    page = await ask("GET", `/calls?limit=1000&since=${page.revision}`);
    items.push(...page.items);
  }
  return { ...page, items, cleared };
}

async function refresh() {
  let news = await (revision === 0 ? everything() : changes());
  // A revision that went back is a sandbox that was started anew.
  if (news.cleared || news.revision < revision) {
    rows.clear();
    $("calls").replaceChildren();
    if (news.revision < revision) news = await everything();
  }
  const first = revision === 0;
  revision = news.revision;
  news.items.forEach(draw);
  if (news.items.length || news.cleared || first) sift();
  if (first) follow();
}

$("filter").addEventListener("submit", (event) => event.preventDefault());
$("filter").addEventListener("input", sift);
$("all").addEventListener("click", () => {
  $("q").value = "";
  $("decision").value = "";
  if (meeting) location.assign("/sandbox");
  else { sift(); $("q").focus(); }
});
press($("clear"), async () => {
  await ask("DELETE", "/calls");
  await refresh();
  $("q").focus();
});
for (const button of document.querySelectorAll("[data-copy]")) copyButton(button, () => button.dataset.copy);
addEventListener("hashchange", follow);
if (meeting) {
  $("only-number").textContent = meeting;
  $("only").hidden = false;
}
await watch(refresh);
