// The page of webhooks: who listens, what was sent, each try, and sending it again.

import { $, ask, counted, fail, keep, make, ms, press, say, submit, sure, tell, time, utc, watch } from "./bench.js";

const CAUSES = { first: "First try", retry: "Retry", duplicate: "Duplicate", resend: "Resent", dropped: "Dropped" };
const known = new Map(); // id → delivery
const bodies = new Map(); // id → what was sent
let revision = 0;

function filter() {
  const all = { event: $("event").value.trim(), state: $("state").value };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value));
}

function fits(one) {
  const { event, state } = filter();
  return (!event || one.event === event || one.event.startsWith(`${event}.`)) && (!state || one.state === state);
}

function tried({ at, cause, status, took_ms: took, problem }) {
  const what = cause === "dropped" ? "" : ` · ${status ?? "no answer"} in ${ms(took)}`;
  return make("li", {}, `${CAUSES[cause]} at ${utc(at)}${what}${problem ? ` · ${problem}` : ""}`);
}

function row(one) {
  const details = make("details", { class: "call delivery", id: `delivery-${one.id}` }, make("summary"));
  const tries = make("ul", { class: "tries" });
  const next = make("p", { class: "muted" });
  const again = make("button", { class: "button", type: "button", "aria-label": `Resend delivery ${one.id}` }, "Resend");
  press(again, async () => {
    const told = await ask("POST", `/deliveries/${one.id}/resend`, {});
    await refresh();
    const last = told.attempts.at(-1);
    if (last.problem) throw new Error(`Delivery ${one.id} was sent again: ${last.problem}`);
    say(`Delivery ${one.id} was sent again; the receiver answered ${last.status}.`);
  });
  const sent = make("pre");
  const inside = make("div", { class: "inside" },
    make("section", {}, make("h3", {}, "Tries"), tries), next, make("div", { class: "buttons" }, again),
    make("section", {}, make("h3", {}, "What is sent, secrets hidden"), sent));
  details.append(inside);
  details.addEventListener("toggle", () => { if (details.open) show(one.id, sent).catch(fail); });
  return make("li", {}, details);
}

async function show(id, sent) {
  if (!bodies.has(id)) bodies.set(id, (await ask("GET", `/deliveries/${id}`)).body);
  tell(sent, JSON.stringify(bodies.get(id), null, 2));
}

function update(item, one) {
  const details = item.firstChild;
  if (details.dataset.revision === String(one.revision)) return;
  details.dataset.revision = String(one.revision);
  const first = one.attempts[0]?.at ?? one.next_at;
  const what = make("span", { class: "what" }, make("span", { class: "target" }, one.event),
    make("span", { class: "operation" }, one.url),
    make("span", { class: "says" }, one.attempts.length === 1 ? "1 try" : `${one.attempts.length} tries`));
  details.firstChild.replaceChildren(make("span", { class: "time" }, first ? time(first) : ""), what,
    make("span", { class: `chip ${one.state}` }, one.state));
  details.querySelector(".tries").replaceChildren(...one.attempts.map(tried));
  const next = details.querySelector(".inside > p");
  next.textContent = one.next_at ? `Next try at ${utc(one.next_at)}.` : "";
  next.hidden = !one.next_at;
}

function draw() {
  const all = [...known.values()].sort((one, other) => other.id - one.id);
  const shown = all.filter(fits);
  keep($("deliveries"), shown, (one) => one.id, row, update);
  tell($("count"), counted(shown.length, all.length, "delivery", "deliveries"));
  $("empty").hidden = all.length > 0;
  $("nothing").hidden = all.length === 0 || shown.length > 0;
  $("replay").disabled = shown.length === 0;
}

function receiver() {
  return make("li", {}, make("div", {}, make("code", {}), make("span", { class: "small muted" })));
}

async function refresh() {
  const [{ items: receivers }, first] = await Promise.all([ask("GET", "/webhooks"), ask("GET", `/deliveries?since=${revision}`)]);
  let news = first;
  if (news.cleared || news.revision < revision) {
    known.clear();
    bodies.clear();
    $("deliveries").replaceChildren();
    news = await ask("GET", "/deliveries?since=0");
  }
  revision = news.revision;
  for (const one of news.items) known.set(one.id, one);
  keep($("receivers"), receivers, (one) => `${one.app} ${one.url}`, receiver, (item, one) => {
    tell(item.querySelector("code"), one.url);
    const hears = one.events.length ? one.events.join(", ") : "everything its scopes allow";
    const failures = one.failures ? ` Failed ${one.failures} of 6 validations.` : "";
    tell(item.querySelector("span"), `${one.app} hears ${hears}. Validated ${utc(one.validated_at)}.${failures}`);
  });
  $("no-receivers").hidden = receivers.length > 0;
  $("forget").hidden = receivers.length === 0;
  draw();
}

submit($("add"), async ({ url }) => {
  await ask("PUT", "/webhooks", { url });
  $("url").value = "";
  await refresh();
  say(`${url} has answered the validation, and hears of everything from now on.`);
});
press($("forget"), async () => {
  if (!(await sure("Forget every receiver, of all apps?", "Forget all"))) return;
  await ask("DELETE", "/webhooks");
  await refresh();
  say("Nobody listens any more.");
  $("url").focus();
});
press($("replay"), async () => {
  const { ids } = await ask("POST", "/deliveries/replay", filter());
  say(ids.length === 1 ? "1 delivery is sent again." : `${ids.length} deliveries are sent again, in their order.`);
});
$("filter").addEventListener("submit", (event) => event.preventDefault());
$("filter").addEventListener("input", draw);
await watch(refresh);
