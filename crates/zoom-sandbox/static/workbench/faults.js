// The page of trouble: the plug, faults on order, the plan and its limits, switches.

import { $, ask, keep, make, press, say, submit, tell, watch } from "./bench.js";

const TIMED = new Set(["slow", "slow_after"]);
let unplugged = false;
let touched = false;

function show(state) {
  unplugged = state.unplugged;
  tell($("plug-state"), unplugged ? "Unplugged: every call is cut, as if Zoom were gone." : "Plugged in: calls are answered.");
  tell($("plug"), unplugged ? "Plug in" : "Unplug");
  $("plug").hidden = false;
  const items = state.items.map((rule, at) => ({ ...rule, at }));
  keep($("faults"), items, (rule) => rule.at, () => make("li", {}, make("div", {}, make("strong", { class: "mono" }), make("span", { class: "small muted" }))), (item, rule) => {
    tell(item.querySelector("strong"), rule.fault + (rule.ms === undefined ? "" : ` ${rule.ms} ms`));
    const often = rule.times === null ? "until cleared" : rule.times === 1 ? "once more" : `${rule.times} times more`;
    tell(item.querySelector("span"), `${rule.operation ?? "every call"}, ${often}`);
  });
  const hiding = state.new_meetings_invisible_for_seconds;
  $("no-faults").hidden = items.length > 0 || hiding > 0;
  $("clear").hidden = items.length === 0 && !hiding && !unplugged;
  if (document.activeElement !== $("hidden-for") && $("hidden-for").dataset.shown !== String(hiding)) {
    $("hidden-for").value = hiding;
    $("hidden-for").dataset.shown = String(hiding);
  }
}

/** What the form shows follows the sandbox, until somebody changes it. */
function showLimits(limits, switches) {
  if (touched) return;
  $("plan").value = limits.plan;
  for (const name of ["enforced", "strict_window", "all_headers"]) $(name).checked = limits[name];
  $("newest_token_wins").checked = switches.newest_token_wins;
}

async function refresh() {
  const [faults, limits, switches] = await Promise.all([ask("GET", "/faults"), ask("GET", "/limits"), ask("GET", "/switches")]);
  show(faults);
  showLimits(limits, switches);
}

press($("plug"), async () => {
  show(await ask("POST", unplugged ? "/plug" : "/unplug", {}));
});
press($("clear"), async () => {
  show(await ask("DELETE", "/faults"));
  say("Everything works again.");
  $("plug").focus();
});
const timed = () => { $("ms-field").hidden = !TIMED.has($("fault").selectedOptions[0].value.replace("webhook:", "")); };
$("fault").addEventListener("change", () => {
  const { value } = $("fault");
  // What happens to webhooks only is for webhooks.
  if (value.startsWith("webhook:")) $("operation").value = "webhook";
  else if ($("operation").value === "webhook") $("operation").value = "";
  timed();
});
submit($("order"), async ({ operation, fault, times, ms }) => {
  const name = fault.replace("webhook:", "");
  const rule = { operation: operation.trim() || null, times: times ? Number(times) : null, fault: name };
  if (TIMED.has(name)) rule.ms = Number(ms);
  show(await ask("POST", "/faults", rule));
  say(`Ordered: ${name} for ${rule.operation ?? "every call"}.`);
});
submit($("hide"), async ({ seconds }) => {
  show(await ask("PUT", "/visibility", { seconds: Number(seconds) }));
  say(Number(seconds) > 0 ? `New meetings stay out of lists for ${seconds} seconds.` : "New meetings are in lists at once.");
});
$("limits").addEventListener("input", () => { touched = true; });
submit($("limits"), async ({ plan }) => {
  const on = (name) => $(name).checked;
  await ask("PUT", "/limits", { plan, enforced: on("enforced"), strict_window: on("strict_window"), all_headers: on("all_headers") });
  await ask("PUT", "/switches", { newest_token_wins: on("newest_token_wins") });
  touched = false;
  await refresh();
  say("Saved; what was counted so far is forgotten.");
});
timed();
await watch(refresh);
