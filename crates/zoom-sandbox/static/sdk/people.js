// The list of people, and what a host may do with each of them.

const SHORTCUTS_KEY = "sandbox call: no shortcuts";

function remembered(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function remember(key, value) {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // A page without storage forgets.
  }
}

class PeoplePanel {
  constructor(call) {
    this.call = call;
    this.shortcuts = remembered(SHORTCUTS_KEY) === null;
    this.waiting = make("div", { class: "si-waiting-list", hidden: true });
    this.inside = make("ul", { class: "si-people", "aria-label": "In the call" });
    this.tools = make("div", { class: "si-tools" });
    this.settings = this.makeSettings();
    this.close = make("button", { type: "button", class: "si-button si-quiet", "aria-label": "Close people", onclick: () => call.toggle("people", false) }, icon("close"));
    const head = make("div", { class: "si-panel-head" }, make("h2", { id: "si-people-title" }, "People"), this.close);
    this.element = make("section", { class: "si-panel", id: "si-people", "aria-labelledby": "si-people-title", hidden: true }, head, this.waiting, this.inside, this.tools, this.settings);
  }

  makeSettings() {
    const keys = make("input", { type: "checkbox", checked: this.shortcuts });
    keys.addEventListener("change", () => {
      this.shortcuts = keys.checked;
      remember(SHORTCUTS_KEY, keys.checked ? null : "off");
    });
    const heard = make("input", { type: "checkbox", checked: true });
    heard.addEventListener("change", () => { voices.heard = heard.checked; });
    this.hearing = make("label", { class: "si-check", hidden: true }, heard, "Hear simulated people");
    return make("div", { class: "si-settings" }, this.hearing, make("label", { class: "si-check" }, keys, "Keys: M mutes, V stops video"));
  }

  /** Draws the lists again, and keeps the focus where it was. */
  render() {
    const { people, me } = this.call;
    const everybody = [...people.values()];
    const waiting = everybody.filter((person) => person.waiting);
    const inside = everybody.filter((person) => !person.waiting);
    const focused = document.activeElement?.getAttribute?.("data-key");
    this.renderWaiting(waiting);
    this.inside.replaceChildren(...inside.map((person) => this.row(person, person.id === me.id)));
    this.renderTools(inside);
    this.hearing.hidden = !inside.some((person) => person.simulated);
    if (focused && !this.element.contains(document.activeElement)) {
      const again = this.element.querySelector(`[data-key="${focused}"]`) ?? this.close;
      if (!this.element.hidden) again.focus();
    }
  }

  renderWaiting(waiting) {
    this.waiting.hidden = waiting.length === 0;
    if (waiting.length === 0) {
      this.waiting.replaceChildren();
      return;
    }
    const rows = waiting.map((person) => make("li", { "data-user-id": person.id, "data-waiting": true },
      make("span", { class: "si-row-name" }, person.name),
      this.action(`admit-${person.id}`, "Admit", `Admit ${person.name}`, { type: "admit", id: person.id }, "si-primary"),
      this.action(`decline-${person.id}`, "Decline", `Decline ${person.name}`, { type: "decline", id: person.id })));
    this.waiting.replaceChildren(
      make("h3", { id: "si-waiting-title" }, `Waiting to come in (${waiting.length})`),
      make("ul", { class: "si-people", "aria-labelledby": "si-waiting-title" }, ...rows));
    if (waiting.length > 1) this.waiting.append(this.action("admit-all", "Admit all", null, { type: "admitAll" }));
  }

  row(person, isMe) {
    const about = [
      isMe && "you", person.host && "host", person.simulated && "simulated",
      person.sends && person.muted && "muted", person.hand && "hand raised", !person.connected && "connection lost",
    ].filter(Boolean).join(", ");
    const row = make("li", { "data-user-id": person.id, "data-simulated": person.simulated, "data-muted": person.muted },
      make("span", { class: "si-row-name" }, person.name, make("span", { class: "si-about" }, about)));
    if (!this.call.me.host || isMe) return row;
    if (person.sends) {
      row.append(person.muted
        ? this.action(`mute-${person.id}`, "Ask to unmute", `Ask ${person.name} to unmute`, { type: "askUnmute", id: person.id })
        : this.action(`mute-${person.id}`, "Mute", `Mute ${person.name}`, { type: "mute", id: person.id }));
    }
    row.append(this.action(`remove-${person.id}`, "Remove", `Remove ${person.name}`, { type: "remove", id: person.id }));
    return row;
  }

  renderTools(inside) {
    if (!this.call.me.host) {
      this.tools.replaceChildren();
      return;
    }
    const others = inside.some((person) => person.sends && !person.muted && person.id !== this.call.me.id);
    const { locked } = this.call;
    const buttons = [
      others ? this.action("mute-all", "Mute everybody", null, { type: "muteAll" }) : null,
      this.action("lock", locked ? "Unlock the call" : "Lock the call", null, { type: "lock", locked: !locked }),
    ];
    this.tools.replaceChildren(...buttons.filter(Boolean));
  }

  action(key, text, label, message, look = "") {
    return make("button", { type: "button", class: `si-button si-small ${look}`, "aria-label": label, "data-key": key, onclick: () => this.call.send(message) }, text);
  }
}
