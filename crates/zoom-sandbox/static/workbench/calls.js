// The page of calls: reads the log, shows what is new, and writes any call as a line for curl.

import { $, ask, copyButton, counted, keep, make, ms, press, tell, time, watch } from "./bench.js";

const WORDS = { open: "waiting", allowed: "allowed", refused: "refused", cut: "cut" };
const meeting = new URLSearchParams(location.search).get("meeting");
const entries = new Map(); // id → call, oldest first
const KEPT = 2000; // as many as the sandbox keeps
const STEP = 200; // as many rows as are drawn at a time
let most = STEP;
let linked = null; // the call that the address names: drawn wherever it is
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
  const line = curlLine(entry);
  return line.includes("•••") ? `# Fill in what is hidden (•••) first.\n${line}` : line;
}

function curlLine(entry) {
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

function row(entry) {
  const details = make("details", { class: "call", id: `call-${entry.id}` }, make("summary"), make("div", { class: "inside" }));
  const item = make("li", {}, details);
  details.addEventListener("toggle", () => fill(item));
  return item;
}

function update(item, entry) {
  if (item.entry === entry) return;
  item.entry = entry;
  item.querySelector("summary").replaceChildren(...summary(entry));
  fill(item);
}

// The inside is made when it is looked at.
function fill(item) {
  if (item.firstChild.open) item.querySelector(".inside").replaceChildren(...inside(item.entry));
}

function fits(entry) {
  const q = $("q").value.trim().toLowerCase();
  const decision = $("decision").value;
  const text = `${entry.method} ${entry.target} ${entry.operation ?? ""} ${entry.meeting ?? ""} ${entry.why}`.toLowerCase();
  return (!meeting || String(entry.meeting) === meeting) && (!decision || entry.decision === decision) && text.includes(q);
}

/** Draws the latest calls that fit. */
function sift() {
  const fitting = [...entries.values()].filter(fits).reverse();
  const shown = fitting.slice(0, most);
  const named = entries.get(linked);
  if (named && !shown.includes(named)) shown.push(named);
  keep($("calls"), shown, (entry) => entry.id, row, update);
  tell($("count"), counted(fitting.length, entries.size, "call", "calls"));
  $("older").hidden = fitting.length <= most;
  $("empty").hidden = entries.size > 0;
  $("nothing").hidden = entries.size === 0 || shown.length > 0;
  $("clear").hidden = entries.size === 0;
}

function follow() {
  linked = Number(/^#call-(\d+)$/.exec(location.hash)?.[1]) || null;
  if (!entries.has(linked)) return;
  sift();
  const details = $(`call-${linked}`);
  details.open = true;
  details.scrollIntoView({ block: "start" });
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
    entries.clear();
    most = STEP;
    if (news.revision < revision) news = await everything();
  }
  const first = revision === 0;
  revision = news.revision;
  for (const entry of news.items) entries.set(entry.id, entry);
  for (const id of entries.keys()) {
    if (entries.size <= KEPT) break;
    entries.delete(id);
  }
  if (news.items.length || news.cleared || first) sift();
  if (first) follow();
}

$("filter").addEventListener("submit", (event) => event.preventDefault());
$("filter").addEventListener("input", () => { most = STEP; sift(); });
$("older").addEventListener("click", () => { most += STEP; sift(); });
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
