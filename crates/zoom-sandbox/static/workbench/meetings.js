// The page of meetings: who is in a call now; start it, end it, put drawn people into it.

import { $, ask, counted, keep, make, press, say, submit, tell, utc, watch } from "./bench.js";

/** More are found by searching. */
const MOST = 200;
let all = [];

function fits(one) {
  const text = `${one.topic} ${one.number} ${one.host}`.toLowerCase();
  const status = $("status").value;
  return text.includes($("q").value.trim().toLowerCase()) && (!status || one.status === status);
}

function card(one) {
  const turn = make("button", { class: "button", type: "button" });
  press(turn, async () => {
    const what = turn.dataset.what;
    await ask("POST", `/meetings/${one.number}/${what}`, {});
    await refresh();
    say(what === "end" ? `The call of ${one.number} is over.` : `The call of ${one.number} is on.`);
  });
  const id = `names-${one.number}`;
  const names = make("input", { id, name: "names", required: "", autocomplete: "off", placeholder: "Maya, Jonas" });
  const form = make("form", { class: "line" },
    make("div", { class: "field" }, make("label", { for: id }, "Add simulated people"), names),
    make("button", { class: "button", "aria-label": `Add people to ${one.number}` }, "Add"));
  submit(form, async () => {
    const added = names.value.split(",").map((name) => name.trim()).filter(Boolean);
    await ask("POST", `/meetings/${one.number}/simulate`, { names: added });
    names.value = "";
    await refresh();
    say(`${added.join(", ")} ${added.length === 1 ? "is" : "are"} in the call of ${one.number}.`);
  });
  return make("li", {},
    make("div", { class: "row" }, make("h3"), make("span", { class: "chip" })),
    make("p", { class: "small muted facts" }),
    make("ul", { class: "there" }), make("p", { class: "small muted nobody" }, "Nobody is in the call."),
    make("div", { class: "buttons" }, turn, make("a", { class: "button quiet", href: `/sandbox?meeting=${one.number}`, "aria-label": `Calls about ${one.number}` }, "Calls")),
    form);
}

function update(item, one) {
  const on = one.status === "started";
  tell(item.querySelector("h3"), one.topic || "Without a topic");
  const chip = item.querySelector(".chip");
  chip.className = `chip ${one.status}`;
  tell(chip, on ? "call is on" : one.kind);
  const start = one.start_time ? ` · ${utc(one.start_time)}` : " · no fixed time";
  tell(item.querySelector(".facts"), `${one.number} · ${one.host}${start}`);
  const there = item.querySelector(".there");
  const lines = one.people.map((person) => {
    const marks = [person.host && "host", person.simulated && "simulated", person.waiting && "in the waiting room"].filter(Boolean);
    return marks.length ? `${person.name} (${marks.join(", ")})` : person.name;
  });
  if (there.dataset.lines !== lines.join("\n")) {
    there.dataset.lines = lines.join("\n");
    there.replaceChildren(...lines.map((line) => make("li", {}, line)));
  }
  there.hidden = lines.length === 0;
  item.querySelector(".nobody").hidden = !on || lines.length > 0;
  const turn = item.querySelector(".buttons button");
  turn.dataset.what = on ? "end" : "start";
  tell(turn, on ? "End the call" : "Start the call");
  turn.setAttribute("aria-label", `${turn.textContent} of ${one.number}`);
}

function draw() {
  const found = all.filter(fits);
  keep($("meetings"), found.slice(0, MOST), (one) => one.number, card, update);
  const more = found.length > MOST ? `, the first ${MOST} are shown` : "";
  tell($("count"), counted(found.length, all.length, "meeting", "meetings") + more);
  $("empty").hidden = all.length > 0;
  $("nothing").hidden = all.length === 0 || found.length > 0;
}

async function refresh() {
  const { items } = await ask("GET", "/meetings");
  // Calls that are on come first, then the newest.
  all = items.reverse().sort((one, other) => (other.status === "started") - (one.status === "started"));
  draw();
}

$("filter").addEventListener("submit", (event) => event.preventDefault());
$("filter").addEventListener("input", draw);
await watch(refresh);
