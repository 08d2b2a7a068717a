// The members' pages: states that update by themselves, sensible defaults for a new room, copy buttons, the agenda's
// preview. Every page works without this file.

const announce = (text) => {
  const region = document.getElementById("announce");
  if (region) region.textContent = text;
};

// How rooms stand at Zoom: while one waits, ask once a second, later less often; say aloud what changed.
class States {
  #delay = 1000;
  #timer = 0;

  constructor(nodes) {
    this.nodes = nodes;
    if (this.#waiting()) this.#later();
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden && this.#waiting()) { this.#delay = 1000; this.#ask(); }
    });
  }

  #waiting() { return this.nodes.some((node) => node.dataset.state === "waiting"); }

  #later() {
    clearTimeout(this.#timer);
    if (document.hidden) return;
    this.#timer = setTimeout(() => this.#ask(), this.#delay);
    this.#delay = Math.min(this.#delay * 1.15, 10000);
  }

  async #ask() {
    clearTimeout(this.#timer);
    const ids = this.nodes.filter((node) => node.dataset.state === "waiting").map((node) => node.dataset.room);
    try {
      const answer = await fetch(`/admin/rooms/states?ids=${ids.join(",")}`, { headers: { accept: "application/json" } });
      if (answer.status === 401 || answer.status === 404) return;
      if (answer.ok) for (const state of (await answer.json()).items) this.#show(state);
    } catch { /* The server is away; ask again. */ }
    if (this.#waiting()) this.#later();
  }

  #show(state) {
    for (const node of this.nodes.filter((n) => n.dataset.room === state.id && n.dataset.state !== state.state)) {
      node.dataset.state = state.state;
      node.classList.add("fresh");
      const chip = node.querySelector(".chip");
      chip.className = `chip ${state.voice}`;
      chip.textContent = state.label;
      const reason = node.querySelector(".reason");
      if (reason) { reason.textContent = state.reason ?? ""; reason.hidden = !state.reason; }
      announce(state.announce);
      // What can be done on a room's own page depends on its state: fetch that part anew.
      for (const part of document.querySelectorAll(`[data-part="${state.id}"]`)) refresh(part);
    }
  }
}

const refresh = async (part) => {
  const answer = await fetch(location.pathname, { headers: { accept: "text/html" } });
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(part.id);
  if (!fresh || part.contains(document.activeElement)) return;
  part.replaceChildren(...document.adoptNode(fresh).childNodes);
  times(part);
};

// Times as this reader's clocks show them; where a room's zone differs, its own time stays beside it.
const whole = { weekday: "short", day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
const clocks = (timeZone) => {
  const format = new Intl.DateTimeFormat(document.documentElement.lang, { ...whole, timeZone });
  return (at) => {
    const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
    return { date: `${part.weekday} ${part.day} ${part.month} ${part.year}`, hour: `${part.hour}:${part.minute}` };
  };
};
const times = (root) => {
  const mine = clocks(undefined);
  for (const time of root.querySelectorAll("time[datetime]")) {
    const at = new Date(time.dateTime);
    if (Number.isNaN(at.getTime())) continue;
    const here = mine(at);
    const shown = `${here.date}, ${here.hour}`;
    if (time.dataset.zone) {
      const there = clocks(time.dataset.zone)(at);
      if (`${there.date}, ${there.hour}` === shown) continue;
      const beside = time.parentElement.querySelector("[data-zone-beside]");
      if (beside) beside.textContent = `${there.hour} ${time.dataset.zone}`;
    }
    time.textContent = shown;
  }
};

// A new room begins at the next full hour here, in the zone of this browser.
const two = (number) => String(number).padStart(2, "0");
const freshRoom = (form) => {
  const field = (name) => form.elements.namedItem(name);
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const known = [...document.querySelectorAll("#zones option")].some((option) => option.value === zone);
  if (!zone || !known) return;
  const next = new Date();
  next.setHours(next.getHours() + 1, 0, 0, 0);
  field("zone").value = zone;
  field("date").value = `${next.getFullYear()}-${two(next.getMonth() + 1)}-${two(next.getDate())}`;
  field("time").value = `${two(next.getHours())}:${two(next.getMinutes())}`;
};

const preview = (button) => {
  button.addEventListener("click", async (event) => {
    event.preventDefault();
    const target = document.getElementById("agenda-preview");
    const agenda = button.form.elements.namedItem("agenda").value;
    const answer = await fetch(button.formAction, { method: "POST", body: new URLSearchParams({ agenda }) });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const shown = page.getElementById("agenda-preview") ?? page.querySelector("main");
    target.replaceChildren(...document.adoptNode(shown).childNodes);
    target.hidden = false;
  });
};

const copy = (button) => {
  if (!navigator.clipboard) { button.hidden = true; return; }
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
    announce(button.dataset.done);
    const label = button.textContent;
    button.textContent = button.dataset.done;
    setTimeout(() => { button.textContent = label; }, 2000);
  });
};

times(document);
// After an error the summary is where reading goes on.
document.getElementById("summary")?.focus();
for (const form of document.querySelectorAll("form[data-fresh]")) freshRoom(form);
for (const button of document.querySelectorAll("[data-preview]")) preview(button);
// A field that leaves of a long list what fits; groups with nothing left go too.
for (const field of document.querySelectorAll("[data-filter]")) {
  const list = document.getElementById(field.dataset.filter);
  field.hidden = false;
  field.querySelector("input").addEventListener("input", ({ target }) => {
    const words = target.value.toLowerCase().split(/\s+/);
    for (const group of list.querySelectorAll(".group")) {
      const head = group.querySelector("h4").textContent;
      for (const row of group.querySelectorAll("li")) {
        const text = `${head} ${row.textContent}`.toLowerCase();
        row.hidden = !words.every((word) => text.includes(word));
      }
      group.hidden = !group.querySelector("li:not([hidden])");
    }
  });
}
for (const button of document.querySelectorAll("[data-copy]")) { button.hidden = false; copy(button); }
// A second press while the first is on its way would send the form twice.
for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    else if (!event.submitter?.hasAttribute("formtarget")) form.dataset.sent = "yes";
  });
}
addEventListener("pageshow", () => { for (const form of document.forms) delete form.dataset.sent; });
new States([...document.querySelectorAll(".at-zoom[data-room]")]);
