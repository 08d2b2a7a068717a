// All that a call shows, put together.

const CONNECTION_WORDS = {
  new: "Connecting…",
  connecting: "Connecting…",
  disconnected: "The connection is weak…",
  failed: "The connection broke. Trying again…",
};
const STATE_WORDS = {
  connecting: "Connecting…",
  waiting: "Waiting for the host",
  in: "Connected",
  reconnecting: "Connection to the sandbox lost. Trying again…",
  over: "Over",
};

class CallView {
  constructor(call, { topic, webinar }) {
    this.call = call;
    this.topic = topic;
    this.announcer = new Announcer();
    this.notices = new Notices();
    this.knocks = new Map();
    this.previews = [];
    this.stage = new Stage();
    this.panels = { people: new PeoplePanel(call), chat: new ChatPanel(call) };
    this.bar = new Bar(call);
    // The page may have its own main part and first heading; a page has one of each.
    const nested = call.root.closest("main") !== null;
    this.role = nested ? "region" : "main";
    this.status = make("p", { class: "si-status", role: "status" }, STATE_WORDS.connecting);
    this.head = make("div", { class: "si-head" },
      make("h1", { class: "si-topic" }, topic), make("span", { class: "si-kind" }, webinar ? "Webinar" : "Meeting"), this.status);
    this.body = make("div", { class: "si-body" });
    this.side = make("div", { class: "si-side", hidden: true }, this.panels.people.element, this.panels.chat.element);
    this.element = make("div", { class: "si-call", role: this.role, "aria-label": `Call: ${topic}` },
      make("p", { class: "si-ribbon" }, "Sandbox call: nothing reaches Zoom"), this.head,
      make("div", { class: "si-middle" }, this.body, this.side), this.notices.element, this.bar.element, this.announcer.element);
    this.bar.element.hidden = true;
    this.element.addEventListener("keydown", (event) => this.escape(event));
    call.root.replaceChildren(this.element);
    call.root.dataset.callState = call.state;
    quietOthers(call.root);
    this.pulse = setInterval(() => this.listen(), 90);
  }

  wait() {
    this.bar.element.hidden = true;
    this.body.replaceChildren(waitingCard(this.topic, this.call.me.name, () => this.call.leave()));
    this.body.firstChild.focus();
  }

  enter() {
    if (this.stage.element.isConnected) return;
    this.body.replaceChildren(this.stage.element);
    this.bar.element.hidden = false;
    this.stage.layout();
    this.announcer.say(`You are in the call “${this.topic}”.`);
  }

  render() {
    if (this.call.state !== "in" && this.call.state !== "reconnecting") return;
    this.bar.render();
    this.panels.people.render();
  }

  setState(state) {
    this.call.root.dataset.callState = state;
    say(this.status, STATE_WORDS[state]);
  }

  toggle(name, open = this.panels[name].element.hidden) {
    const hadFocus = this.side.contains(document.activeElement);
    for (const [other, panel] of Object.entries(this.panels)) panel.element.hidden = other !== name || !open;
    this.side.hidden = !open;
    if (open && name === "chat") {
      for (const away of this.previews.splice(0)) away();
      this.panels.chat.opened();
    }
    if (open && name === "people") this.panels.people.close.focus();
    if (!open && hadFocus) this.bar[name].element.focus();
    this.stage.layout();
    this.bar.render();
  }

  escape(event) {
    if (event.key !== "Escape" || event.target.closest("dialog")) return;
    for (const [name, panel] of Object.entries(this.panels)) if (!panel.element.hidden) this.toggle(name, false);
  }

  /** Somebody waits: the host hears of it wherever they look. */
  knock(person) {
    const admit = () => this.call.send({ type: "admit", id: person.id });
    this.knocks.set(person.id, this.notices.show(`${person.name} waits to be let in.`, { action: "Admit", press: admit, stay: true }));
  }

  answered(id) {
    this.knocks.get(id)?.();
    this.knocks.delete(id);
  }

  preview({ name, text }) {
    const short = text.length > 280 ? `${text.slice(0, 280)}…` : text;
    const content = make("span", {}, make("b", {}, name), " ", linked(short));
    this.previews.push(this.notices.show(content, { action: "Reply", press: () => this.toggle("chat", true) }));
  }

  soundBlocked() {
    if (this.blocked) return;
    this.blocked = true;
    this.notices.show("The browser keeps sound off until you press something.", {
      action: "Turn sound on",
      stay: true,
      press: () => {
        this.blocked = false;
        voices.wake();
        for (const video of this.element.querySelectorAll("video")) video.play().catch(() => {});
      },
    });
  }

  /** Who speaks: my microphone, what arrives, and the simulated. */
  listen() {
    const now = performance.now();
    let loudest = { level: SPEAKING, id: 0 };
    for (const [id, tile] of this.stage.tiles) {
      const level = this.levelOf(id, tile.person);
      tile.heard(level, now);
      if (level > loudest.level) loudest = { level, id };
    }
    if (loudest.id && loudest.id !== this.speaker) {
      this.speaker = loudest.id;
      const { name } = this.call.people.get(loudest.id) ?? {};
      this.call.events("onActiveSpeaker", [{ userId: loudest.id, userName: name }]);
    }
  }

  levelOf(id, person) {
    if (person.simulated) {
      const voice = this.stage.voiceOf(person);
      voices.murmur(id, voice);
      return voice;
    }
    if (id === this.call.me.id) return this.call.media.muted ? 0 : this.call.media.loudness();
    return this.call.peers.get(id)?.loudness() ?? 0;
  }

  /** The last thing one sees, where nothing else takes the page over. */
  part(reason) {
    this.bar.element.hidden = true;
    this.side.hidden = true;
    this.notices.element.replaceChildren();
    this.body.replaceChildren(partingCard(reason, this.call.me.host, this.call.leaveUrl));
    this.body.firstChild.focus();
  }

  stop() {
    clearInterval(this.pulse);
    this.stage.close();
  }
}

/** What the call covers, to its last card, is out of reach for keyboard and screen reader too. */
function quietOthers(root) {
  for (let node = root; node && node !== document.body; node = node.parentElement) {
    for (const other of node.parentElement?.children ?? []) {
      if (other !== node && !other.matches("script, style, link, template")) other.inert = true;
    }
  }
}
