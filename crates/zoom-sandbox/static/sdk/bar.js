// The bar at the bottom: what one does most in a call.

class Bar {
  constructor(call) {
    this.call = call;
    this.mute = this.button("mic", () => call.setMuted(!call.media.muted), { "data-action": "mute", "aria-keyshortcuts": "m" });
    this.video = this.button("video", () => call.setVideo(!call.media.video), { "data-action": "video", "aria-keyshortcuts": "v" });
    this.hand = this.button("hand", () => call.setHand(!call.me.hand), { "data-action": "hand" });
    this.people = this.button("people", () => call.toggle("people"), { "data-action": "people", "aria-controls": "si-people", "aria-expanded": "false" });
    this.chat = this.button("chat", () => call.toggle("chat"), { "data-action": "chat", "aria-controls": "si-chat", "aria-expanded": "false" });
    this.leave = this.button("leave", () => call.leave(), { "data-action": "leave", class: "si-control si-leave" }, "Leave");
    this.end = this.button("end", () => call.confirmEnd(), { "data-action": "end", class: "si-control si-end" }, "End for all");
    this.element = make("div", { class: "si-bar", role: "group", "aria-label": "Call controls" },
      ...[this.mute, this.video, this.hand, this.people, this.chat, this.leave, this.end].map((control) => control.element));
  }

  button(drawing, press, attributes, text = "") {
    const picture = icon(drawing);
    const label = make("span", { class: "si-control-label" }, text);
    const count = make("span", { class: "si-count", "aria-hidden": "true", hidden: true });
    const more = make("span", { class: "si-unseen" });
    const element = make("button", { type: "button", class: "si-control", onclick: press, ...attributes }, picture, label, count, more);
    return { element, picture, label, count, more };
  }

  render() {
    const { media, me, people, panels } = this.call;
    const talks = me.sends;
    for (const control of [this.mute, this.video]) control.element.hidden = !talks;
    this.set(this.mute, media.muted ? "micOff" : "mic", media.muted ? "Unmute" : "Mute", media.muted);
    this.set(this.video, media.video ? "video" : "videoOff", media.video ? "Stop video" : "Start video", !media.video);
    this.set(this.hand, "hand", me.hand ? "Lower hand" : "Raise hand", me.hand);
    this.hand.element.hidden = me.host;
    this.end.element.hidden = !me.host;
    const everybody = [...people.values()];
    const waiting = everybody.filter((person) => person.waiting).length;
    const inside = everybody.length - waiting;
    this.label(this.people, "People", String(waiting || inside), waiting > 0,
      waiting ? `${inside} in the call, ${waiting} waiting to come in` : `${inside} in the call`);
    const { unread } = panels.chat;
    this.label(this.chat, "Chat", unread ? `${unread}` : "", unread > 0, unread ? `${unread} unread` : "");
    for (const name of ["people", "chat"]) {
      this[name].element.setAttribute("aria-expanded", String(!panels[name].element.hidden));
    }
  }

  set(control, drawing, text, off) {
    setIcon(control.picture, drawing);
    say(control.label, text);
    mark(control.element, "data-off", off);
  }

  /** A badge for the eye, the same in words for the ear. */
  label(control, text, count, urgent, words) {
    say(control.label, text);
    say(control.count, count);
    control.count.hidden = count === "";
    mark(control.count, "data-urgent", urgent);
    say(control.more, words);
  }
}
