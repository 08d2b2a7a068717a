// The call as one person has it: the line, the connections, what is sent, and what is shown.

class Call {
  /** `events(name, data)` carries the SDK's in-meeting events; `over(reason)` is called once, at the end. */
  constructor(root, { ticket, name, number, leaveUrl, events, entered, refused, over }) {
    Object.assign(this, { root, name, number, leaveUrl, events, entered, refused, over });
    this.people = new Map();
    this.peers = new Map();
    this.me = { id: 0, name, host: false, sends: true, hand: false };
    this.locked = false;
    this.state = "connecting";
    /** Negotiation that arrives while camera and microphone are still being opened. */
    this.early = [];
    this.media = new Media(name, {
      changed: (kind) => this.trackChanged(kind),
      silenced: () => this.state === "in" && this.tellMedia(),
      notice: (text) => this.notice(text),
    });
    this.line = new Line(ticket, {
      message: (message) => this.hear(message),
      broken: () => this.lineBroken(),
      lost: () => this.lineLost(),
    });
    this.onPageHide = () => this.line.finish();
    this.onKey = (event) => this.key(event);
    window.addEventListener("pagehide", this.onPageHide);
    document.addEventListener("keydown", this.onKey);
  }

  send(message) {
    if (this.line.socket.readyState !== WebSocket.OPEN) return false;
    this.line.send(message);
    return true;
  }

  hear(message) {
    switch (message.type) {
      case "welcome": this.welcome(message); break;
      case "refused": this.shut(); this.refused(message); break;
      case "joined": this.joined(message.person); break;
      case "changed": this.changed(message.person); break;
      case "left": this.left(message.id, message.reason); break;
      case "signal": this.signal(message); break;
      case "chat": this.chat(message); break;
      case "mutedByHost": this.mutedByHost(); break;
      case "askedToUnmute": this.askedToUnmute(); break;
      case "locked": this.setLocked(message.locked); break;
      case "closed": this.finish(message.reason); break;
      default: break;
    }
  }

  async welcome(message) {
    const first = !this.view;
    this.view ??= new CallView(this, message);
    Object.assign(this, { topic: message.topic, webinar: message.webinar, locked: message.locked });
    const ids = new Set(message.people.map((person) => person.id));
    for (const id of [...this.people.keys()]) if (!ids.has(id)) this.drop(id);
    this.me = message.people.find((person) => person.id === message.me);
    for (const person of message.people) this.people.set(person.id, person);
    if (first) this.entered();
    if (message.waiting) {
      this.setState("waiting");
      this.view.wait();
      if (first) this.events("onUserIsInWaitingRoom", asUser(this.me));
      return;
    }
    if (!this.opened) {
      this.opened = true;
      await this.open(message);
      if (this.finished) return;
    }
    this.setState("in");
    this.view.enter();
    for (const person of [...this.people.values()]) this.place(person);
    for (const signal of this.early.splice(0)) this.signal(signal);
    this.tellMedia();
    this.view.render();
  }

  signal(message) {
    if (this.state === "in") this.peer(message.from)?.hear(message.data);
    else this.early.push(message);
  }

  /** Camera and microphone, before the first connection: so that the first offer carries them. */
  async open(message) {
    if (!this.me.sends) return;
    const tab = isSecondTab(message.number);
    await this.media.open(tab.then(({ second }) => second || message.muteUponEntry || this.me.muted), this.me.video);
    this.tab = await tab;
    if (this.tab.second) {
      this.notice("You are in this call in another tab too, so this one joined muted. Press Unmute to speak from here.");
    } else if (message.muteUponEntry) {
      this.notice("The host lets people join muted. Press Unmute to speak.");
    }
  }

  /** Draws somebody, and connects to them. */
  place(person) {
    if (!this.view || this.state === "waiting") return;
    if (person.waiting || !person.sends) {
      this.view.stage.remove(person.id);
    } else {
      this.view.stage.upsert(person, person.id === this.me.id);
    }
    if (person.id === this.me.id) this.showMyself();
    else this.peer(person.id);
    this.fitPictures();
  }

  /** Pictures are as large as the company allows, whoever comes or goes. */
  fitPictures() {
    const crowded = [...this.people.values()].filter((one) => !one.waiting && !one.simulated).length >= CROWD;
    for (const peer of this.peers.values()) peer.setCrowded(crowded);
  }

  /** The connection to somebody, made when there is something to send one way or the other. */
  peer(id) {
    const person = this.people.get(id);
    const known = this.peers.get(id);
    if (known || !person || person.simulated || person.waiting || id === this.me.id || this.state !== "in") return known;
    if (!person.sends && !this.me.sends) return undefined;
    const tile = () => this.view.stage.tiles.get(id);
    const fresh = new Peer(this.me, person, this.media, {
      signal: (data) => this.send({ type: "signal", to: id, data }),
      stream: (stream) => tile()?.show(stream).catch(() => this.view.soundBlocked()),
      state: (state) => tile()?.setState(CONNECTION_WORDS[state] ?? ""),
    });
    tile()?.setState(CONNECTION_WORDS.connecting);
    this.peers.set(id, fresh);
    return fresh;
  }

  joined(person) {
    const before = this.people.get(person.id);
    this.people.set(person.id, person);
    this.place(person);
    this.view?.render();
    if (person.waiting) {
      this.announce(`${person.name} waits to be let in.`);
      this.view?.knock(person);
    } else {
      this.announce(`${person.name} joined.`);
      this.events("onUserJoin", asUser(person));
    }
    if (before?.waiting && !person.waiting) this.view?.answered(person.id);
  }

  changed(person) {
    const before = this.people.get(person.id);
    if (person.hand && !before?.hand) this.announce(`${person.name} raised a hand.`);
    this.people.set(person.id, person);
    this.place(person);
    this.view?.render();
    this.events("onUserUpdate", asUser(person));
  }

  left(id, reason) {
    const person = this.people.get(id);
    this.drop(id);
    this.view?.answered(id);
    this.view?.render();
    if (!person) return;
    this.announce(`${person.name} ${reason === "lost" ? "lost the connection" : "left"}.`);
    this.events("onUserLeave", { ...asUser(person), reasonCode: LEAVE_CODES[reason] ?? 0 });
  }

  drop(id) {
    this.people.delete(id);
    this.peers.get(id)?.close();
    this.peers.delete(id);
    this.view?.stage.remove(id);
    voices.forget(id);
    this.fitPictures();
  }

  chat(message) {
    this.view.panels.chat.add(message);
    const mine = message.from === this.me.id;
    if (!mine) {
      this.announce(`${message.name} writes: ${message.text}`);
      if (this.view.panels.chat.element.hidden) this.view.preview(message);
    }
    this.view.render();
    this.events("onReceiveChatMsg", { content: { text: message.text }, sender: message.name, senderId: message.from, receiver: "Everyone" });
  }

  setMuted(muted) {
    voices.wake();
    this.media.setMuted(muted);
    this.tellMedia();
    this.announce(muted ? "You are muted." : "Others hear you.");
  }

  setVideo(on) {
    this.media.setVideo(on);
    this.tellMedia();
    this.announce(on ? "Your video is on." : "Your video is off.");
  }

  setHand(up) {
    this.me.hand = up;
    this.send({ type: "hand", up });
    this.announce(up ? "Your hand is raised." : "Your hand is down.");
    this.place(this.me);
    this.view.render();
  }

  setLocked(locked) {
    this.locked = locked;
    this.announce(locked ? "The call is locked." : "The call is open again.");
    this.view?.render();
  }

  mutedByHost() {
    this.media.setMuted(true);
    this.tellMedia();
    this.notice("The host muted you. Press Unmute when you want to speak.");
  }

  async askedToUnmute() {
    if (!this.media.muted) return;
    const yes = await question(this.view.element, "The host asks you to speak", "Others hear you once you unmute.", "Unmute", "Stay muted");
    if (yes) this.setMuted(false);
  }

  tellMedia() {
    if (!this.me.sends) return;
    Object.assign(this.me, { muted: this.media.muted, video: this.media.video });
    this.send({ type: "media", muted: this.media.muted, video: this.media.video });
    this.place(this.me);
    this.view?.render();
  }

  trackChanged(kind) {
    for (const peer of this.peers.values()) peer.replace(kind);
    if (kind === "video") this.showMyself();
  }

  showMyself() {
    const track = this.media.videoTrack;
    const tile = this.view?.stage.tiles.get(this.me.id);
    if (!tile || tile.shown === track) return;
    tile.shown = track;
    mark(tile.element, "data-drawn", this.media.drawn !== null);
    tile.show(track ? new MediaStream([track]) : null).catch(() => {});
  }

  lineLost() {
    if (this.view) {
      this.finish("lost");
      return;
    }
    this.shut();
    this.refused({ errorCode: 1, errorMessage: "The sandbox does not answer. Check that it is running, then join again.", result: "connection error" });
  }

  lineBroken() {
    if (this.state === "connecting") return;
    this.setState("reconnecting");
  }

  setState(state) {
    if (this.state === state) return;
    this.state = state;
    this.view?.setState(state);
    this.events("onMeetingStatus", { meetingStatus: MEETING_STATUS[state] });
  }

  toggle(name, open) {
    this.view.toggle(name, open);
  }

  get panels() {
    return this.view.panels;
  }

  announce(text) {
    this.view?.announcer.say(text);
  }

  notice(text) {
    this.view?.notices.show(text);
  }

  key(event) {
    if (this.state !== "in" || !this.me.sends || !this.panels.people.shortcuts) return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.isComposing) return;
    if (event.target.closest?.("input, textarea, select, [contenteditable]") || document.querySelector("dialog[open]")) return;
    if (event.key === "m" || event.key === "M") this.setMuted(!this.media.muted);
    if (event.key === "v" || event.key === "V") this.setVideo(!this.media.video);
  }

  leave() {
    this.send({ type: "leave" });
    this.finish("left");
  }

  async confirmEnd() {
    const yes = await question(this.view.element, "End the call for everybody?", "All people leave the call at once.", "End for all", "Go on", true);
    if (yes) this.end();
  }

  end() {
    return this.send({ type: "end" });
  }

  finish(reason) {
    if (this.finished) return;
    this.shut();
    this.setState("over");
    this.over(reason);
  }

  shut() {
    this.finished = true;
    this.line.finish();
    for (const peer of this.peers.values()) peer.close();
    this.media.close();
    this.tab?.close();
    voices.close();
    this.view?.stop();
    window.removeEventListener("pagehide", this.onPageHide);
    document.removeEventListener("keydown", this.onKey);
  }
}
