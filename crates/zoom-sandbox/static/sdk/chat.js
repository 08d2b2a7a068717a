// The chat: lines for everybody in the call. Who comes later does not see what was written before, as at Zoom.

class ChatPanel {
  constructor(call) {
    this.call = call;
    this.unread = 0;
    this.lines = make("ol", { class: "si-lines", "aria-label": "Chat messages", tabindex: "0" });
    this.nothing = make("p", { class: "si-hint" }, "Nothing has been written yet. Everybody in the call sees what you write here.");
    this.input = make("textarea", { id: "si-chat-text", rows: "2", maxlength: "2000", placeholder: "Write to everybody" });
    this.input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.submit();
    });
    const close = make("button", { type: "button", class: "si-button si-quiet", "aria-label": "Close chat", onclick: () => call.toggle("chat", false) }, icon("close"));
    const form = make("form", { class: "si-write" },
      make("label", { for: "si-chat-text", class: "si-unseen" }, "Message to everybody"),
      this.input, make("button", { type: "submit", class: "si-button si-primary" }, "Send"));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    const head = make("div", { class: "si-panel-head" }, make("h2", { id: "si-chat-title" }, "Chat"), close);
    this.element = make("section", { class: "si-panel", id: "si-chat", "aria-labelledby": "si-chat-title", hidden: true }, head, this.nothing, this.lines, form);
  }

  submit() {
    const text = this.input.value.trim();
    if (!text) return;
    if (!this.call.send({ type: "chat", text })) {
      this.call.notice("The connection is broken just now; your message is still in the field.");
      return;
    }
    this.input.value = "";
  }

  add({ from, name, text }) {
    this.nothing.hidden = true;
    const mine = from === this.call.me.id;
    const time = new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
    const head = make("p", { class: "si-from" }, make("b", {}, mine ? "You" : name), " ", make("time", {}, time));
    this.lines.append(make("li", { "data-from": from, "data-mine": mine }, head, make("p", { class: "si-text" }, linked(text))));
    this.lines.scrollTop = this.lines.scrollHeight;
    if (this.element.hidden && !mine) this.unread += 1;
  }

  opened() {
    this.unread = 0;
    this.lines.scrollTop = this.lines.scrollHeight;
    this.input.focus();
  }
}
