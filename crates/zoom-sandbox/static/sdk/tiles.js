// The stage: one tile for everybody who sends, as large as the space allows.

/** How loud counts as speaking, and how long the ring stays after the last sound. */
const SPEAKING = 0.015;
const RING_MS = 600;
const GAP = 10;

class Tile {
  constructor(person, isMe) {
    this.isMe = isMe;
    this.heardAt = 0;
    this.picture = person.simulated
      ? make("canvas", { width: 480, height: 270, "aria-hidden": "true" })
      : make("video", { playsinline: true, autoplay: true, "data-user-id": person.id });
    if (!person.simulated) {
      this.picture.toggleAttribute(isMe ? "data-local" : "data-remote", true);
      this.picture.muted = isMe;
      this.picture.setAttribute("aria-label", isMe ? "Your picture" : `Picture of ${person.name}`);
    }
    this.face = make("span", { class: "si-initials", "aria-hidden": "true" }, initials(person.name));
    this.face.style.setProperty("--person-hue", hueOf(person.name));
    this.name = make("span", { class: "si-name" });
    this.badge = make("span", { class: "si-badge" }, "simulated");
    this.hand = make("span", { class: "si-hand" }, icon("hand"), make("span", { class: "si-unseen" }, "hand raised"));
    this.silent = make("span", { class: "si-silent" }, icon("micOff"), make("span", { class: "si-unseen" }, "muted"));
    this.state = make("p", { class: "si-state", hidden: true });
    const label = make("p", { class: "si-label" }, this.silent, this.name, this.badge, this.hand);
    this.element = make("li", { class: "si-tile", "data-user-id": person.id }, this.picture, this.face, this.state, label);
    this.update(person);
  }

  update(person) {
    this.person = person;
    say(this.name, this.isMe ? `${person.name} (you)` : person.name);
    mark(this.element, "data-self", this.isMe);
    mark(this.element, "data-simulated", person.simulated);
    mark(this.element, "data-muted", person.muted);
    mark(this.element, "data-video-off", !person.video);
    mark(this.element, "data-host", person.host);
    this.badge.hidden = !person.simulated;
    this.hand.hidden = !person.hand;
    this.silent.hidden = !person.muted;
    if (!person.connected) this.setState(`${person.name}'s connection broke. Waiting for it to come back…`);
    else if (this.wasLost) this.setState("");
    this.wasLost = !person.connected;
  }

  setState(text) {
    say(this.state, text);
    this.state.hidden = text === "";
  }

  show(stream) {
    if (this.picture.srcObject !== stream) this.picture.srcObject = stream;
    return this.picture.play?.() ?? Promise.resolve();
  }

  heard(loudness, now) {
    if (loudness > SPEAKING && !this.person.muted) this.heardAt = now;
    mark(this.element, "data-speaking", this.heardAt > 0 && now - this.heardAt < RING_MS);
  }
}

class Stage {
  constructor() {
    this.tiles = new Map();
    this.list = make("ul", { class: "si-tiles", "aria-label": "People in the call" });
    this.empty = make("p", { class: "si-empty" }, "The host sends nothing yet. Picture and sound begin by themselves.");
    this.element = make("div", { class: "si-stage" }, this.list, this.empty);
    this.watcher = new ResizeObserver(() => this.layout());
    this.watcher.observe(this.element);
    this.drawn = 0;
    this.frame = requestAnimationFrame((now) => this.draw(now));
  }

  upsert(person, isMe) {
    const tile = this.tiles.get(person.id);
    if (tile) {
      tile.update(person);
      return tile;
    }
    const fresh = new Tile(person, isMe);
    this.tiles.set(person.id, fresh);
    // I come last: the others are why I am here.
    const mine = this.list.querySelector("[data-self]");
    this.list.insertBefore(fresh.element, isMe ? null : mine);
    this.layout();
    return fresh;
  }

  remove(id) {
    this.tiles.get(id)?.element.remove();
    this.tiles.delete(id);
    this.layout();
  }

  /** The number of columns that makes tiles of 16 : 9 (up to square on a phone) largest. */
  layout() {
    const { clientWidth, clientHeight } = this.element;
    const count = this.tiles.size;
    this.empty.hidden = count > 0;
    if (count === 0 || clientWidth === 0) return;
    let best = { width: 0, height: 0 };
    for (let columns = 1; columns <= count; columns += 1) {
      const rows = Math.ceil(count / columns);
      const room = { width: (clientWidth - GAP * (columns + 1)) / columns, height: (clientHeight - GAP * (rows + 1)) / rows };
      const height = Math.min(room.height, room.width * (clientWidth < 600 ? 1 : 9 / 16));
      const width = Math.min(room.width, height * 16 / 9);
      if (width * height > best.width * best.height) best = { width, height };
    }
    this.list.style.setProperty("--tile-width", `${Math.floor(best.width)}px`);
    this.list.style.setProperty("--tile-height", `${Math.floor(best.height)}px`);
  }

  /** Draws simulated faces, about 24 times a second; still ones when motion is unwelcome. */
  draw(now) {
    this.frame = requestAnimationFrame((next) => this.draw(next));
    if (now - this.drawn < (calmMotion.matches ? 1000 : 40)) return;
    this.drawn = now;
    for (const { person, picture } of this.tiles.values()) {
      if (!person.simulated || !person.video) continue;
      const seconds = calmMotion.matches ? 2 : now / 1000;
      const voice = calmMotion.matches ? 0 : this.voiceOf(person);
      drawFace(picture.getContext("2d", { alpha: false }), picture.width, picture.height, person, seconds, voice);
    }
  }

  voiceOf(person) {
    if (person.muted) return 0;
    const ids = [...this.tiles.values()].filter((tile) => tile.person.simulated).map((tile) => tile.person.id);
    return speechOf(person.id, ids.sort((a, b) => a - b), Date.now());
  }

  close() {
    cancelAnimationFrame(this.frame);
    this.watcher.disconnect();
  }
}
