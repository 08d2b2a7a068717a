// What stands in front of the call or beside it: waiting, over, questions, and short notices.

const PARTINGS = {
  left: ["You left the call", "You can come back while it goes on."],
  lost: ["The connection was lost", "It did not come back in time. Join again to return."],
  removed: ["The host removed you from the call", "Ask them if you think that was a mistake."],
  declined: ["The host did not let you in", "Ask them if you think that was a mistake."],
  ended: ["The call has ended", "The host ended it for everybody."],
  stopped: ["The sandbox was stopped", "The call lived there. Start it again to go on."],
};

/** A card that fills the call. */
function card(title, text, ...more) {
  return make("div", { class: "si-card", tabindex: "-1" }, make("h2", {}, title), make("p", {}, text), ...more);
}

function waitingCard(topic, name, leave) {
  const dots = make("span", { class: "si-dots", "aria-hidden": "true" }, make("i"), make("i"), make("i"));
  return card("The host will let you in", `You are in the waiting room of “${topic}” as ${name}. Camera and microphone are off until you are in.`, dots,
    make("button", { type: "button", class: "si-button", "data-action": "leave", onclick: leave }, "Leave"));
}

function partingCard(reason, wasHost, onward) {
  const [title, text] = PARTINGS[reason] ?? PARTINGS.left;
  const told = reason === "ended" && wasHost ? "It is over for everybody." : text;
  return card(title, told, onward && make("a", { class: "si-button si-primary", href: onward, "data-action": "onward" }, "Continue"));
}

/** A question with two answers; Escape is no. Resolves to whether the answer was yes. */
function question(root, title, text, yes, no, danger = false) {
  return new Promise((resolve) => {
    const dialog = make("dialog", { class: "si-dialog", "aria-labelledby": "si-question", "aria-describedby": "si-question-text" });
    const answer = (value) => () => dialog.close(value);
    dialog.append(
      make("h2", { id: "si-question" }, title), make("p", { id: "si-question-text" }, text),
      make("div", { class: "si-answers" },
        make("button", { type: "button", class: "si-button", onclick: answer("no") }, no),
        make("button", { type: "button", class: `si-button ${danger ? "si-danger" : "si-primary"}`, onclick: answer("yes") }, yes)));
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
    root.append(dialog);
    dialog.showModal();
  });
}

/** Short notices above the bar. They stay until they are dismissed or have been there long enough to read twice. */
class Notices {
  constructor() {
    this.element = make("div", { class: "si-notices" });
  }

  show(content, { action = null, press = null, stay = false } = {}) {
    const notice = make("div", { class: "si-notice", role: "status" }, make("p", {}, content));
    const away = () => notice.remove();
    if (action) {
      notice.append(make("button", { type: "button", class: "si-button si-small si-primary", onclick: () => { away(); press(); } }, action));
    }
    notice.append(make("button", { type: "button", class: "si-button si-quiet si-small", "aria-label": "Dismiss", onclick: away }, icon("close")));
    while (this.element.childElementCount > 2) this.element.firstChild.remove();
    this.element.append(notice);
    if (stay) return away;
    const timer = setInterval(() => {
      if (notice.matches(":hover, :focus-within")) return;
      clearInterval(timer);
      away();
    }, 12000);
    return away;
  }
}
