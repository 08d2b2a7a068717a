// The workbench: reads the call log, shows what is new, pulls the plug and puts it back.

const $ = (id) => document.getElementById(id);
const WORDS = { open: "waiting", allowed: "allowed", refused: "refused", cut: "cut" };
const meeting = new URLSearchParams(location.search).get("meeting");
const rows = new Map(); // id → { entry, item, details }
let revision = 0;
let unplugged = false;

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

function time(at) {
  return new Date(at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false });
}

function block(title, value) {
  const text = typeof value === "string" ? value : JSON.stringify(value, null, 2);
  return make("section", {}, make("h3", {}, title), make("pre", {}, text));
}

function inside(entry) {
  const out = entry.way === "out";
  const parts = [make("p", {}, entry.why || "Waiting for an answer.")];
  if (entry.notes.length) {
    const notes = entry.notes.map((note) => make("li", {}, note));
    parts.push(make("section", {}, make("h3", {}, "Notes"), make("ul", {}, ...notes)));
  }
  if (entry.headers.length) {
    parts.push(block("Headers", entry.headers.map(([name, value]) => `${name}: ${value}`).join("\n")));
  }
  if (entry.request !== null) parts.push(block(out ? "Sent" : "Request", entry.request));
  if (entry.answer !== null) parts.push(block("Answer", entry.answer));
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
  return [
    make("span", { class: "time" }, time(entry.at)),
    make("span", { class: "method" }, entry.method),
    what,
    make("span", { class: `chip ${entry.decision}` }, WORDS[entry.decision]),
    make("span", { class: "status" }, entry.status === null ? "–" : String(entry.status)),
    make("span", { class: "took" }, entry.decision === "open" ? "" : `${entry.took_ms} ms`),
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
  const all = rows.size;
  const said = shown === all ? `${all} ${all === 1 ? "call" : "calls"}` : `${shown} of ${all} calls`;
  if ($("count").textContent !== said) $("count").textContent = said;
  $("empty").hidden = all > 0;
  $("nothing").hidden = all === 0 || shown > 0;
  $("clear").hidden = all === 0;
}

function follow() {
  const id = /^#call-(\d+)$/.exec(location.hash)?.[1];
  const row = id && rows.get(Number(id));
  if (!row) return false;
  row.item.hidden = false;
  row.details.open = true;
  row.details.scrollIntoView({ block: "start" });
  return true;
}

function plugShown(isUnplugged) {
  if (isUnplugged === unplugged && !$("plug").hidden) return;
  unplugged = isUnplugged;
  const chip = make("span", { class: `chip ${unplugged ? "off" : "on"}` }, unplugged ? "Unplugged: every call is cut" : "Plugged in");
  $("plug-state").replaceChildren(chip);
  $("plug").textContent = unplugged ? "Plug in" : "Unplug";
  $("plug").hidden = false;
}

async function ask(method, path) {
  const response = await fetch(`/sandbox/v1${path}`, { method });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status}`);
  return response.status === 204 ? null : response.json();
}

async function refresh() {
  try {
    let news = await ask("GET", `/calls?since=${revision}`);
    // A revision that went back is a sandbox that was started anew.
    if (news.cleared || news.revision < revision) {
      rows.clear();
      $("calls").replaceChildren();
      if (news.revision < revision) news = await ask("GET", "/calls?since=0");
    }
    const first = revision === 0;
    revision = news.revision;
    news.items.forEach(draw);
    if (news.items.length || news.cleared || first) sift();
    plugShown(news.unplugged);
    $("lost").hidden = true;
    if (first) follow();
  } catch {
    $("lost").hidden = false;
  }
}

$("filter").addEventListener("submit", (event) => event.preventDefault());
$("filter").addEventListener("input", sift);
$("reset").addEventListener("click", () => {
  $("q").value = "";
  $("decision").value = "";
  if (meeting) location.assign("/sandbox");
  else { sift(); $("q").focus(); }
});
$("plug").addEventListener("click", async () => {
  const faults = await ask("POST", unplugged ? "/plug" : "/unplug");
  plugShown(faults.unplugged);
});
$("clear").addEventListener("click", async () => {
  await ask("DELETE", "/calls");
  await refresh();
  $("q").focus();
});
for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = "Copy"; }, 1500);
  });
}
addEventListener("hashchange", follow);
if (meeting) {
  $("only-number").textContent = meeting;
  $("only").hidden = false;
}

await refresh();
setInterval(() => { if (!document.hidden) refresh(); }, 1000);
document.addEventListener("visibilitychange", () => { if (!document.hidden) refresh(); });
