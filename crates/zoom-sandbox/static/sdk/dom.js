// Making elements. Text is always text: nothing a person wrote is ever read as markup.

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** Sets or removes an attribute without a value. */
function mark(element, name, on) {
  if (element.hasAttribute(name) !== on) element.toggleAttribute(name, on);
}

/** Writes text only where it differs, so that screen readers and focus are left alone. */
function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

const ICONS = {
  mic: "M12 15a3 3 0 0 0 3-3V6a3 3 0 1 0-6 0v6a3 3 0 0 0 3 3Zm6-3a6 6 0 0 1-12 0M12 18v3",
  micOff: "M12 15a3 3 0 0 0 3-3V6a3 3 0 1 0-6 0v6a3 3 0 0 0 3 3Zm6-3a6 6 0 0 1-12 0M12 18v3M4 3l16 18",
  video: "M4 7h10a1 1 0 0 1 1 1v8a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V8a1 1 0 0 1 1-1Zm11 4 6-3v8l-6-3",
  videoOff: "M4 7h10a1 1 0 0 1 1 1v8a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V8a1 1 0 0 1 1-1Zm11 4 6-3v8l-6-3M4 3l16 18",
  people: "M9 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6Zm-6 8c0-3 2.7-5 6-5s6 2 6 5M16 5.5a3 3 0 0 1 0 5M18 14.500c2 .8 3 2.300 3 4.500",
  chat: "M5 5h14a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1h-8l-4 4v-4H5a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1Z",
  hand: "M8 12V6.500a1.500 1.500 0 0 1 3 0V11m0-.500V5a1.500 1.500 0 0 1 3 0v5.500m0-4a1.500 1.500 0 0 1 3 0V14c0 4-2 7-5.500 7C8 21 7 19 5 15.500c-.800-1.500 1-2.500 2-1.500l1 1",
  leave: "M10 4H6a1 1 0 0 0-1 1v14a1 1 0 0 0 1 1h4M14 8l4 4-4 4M18 12H9",
  end: "M5 5l14 14M19 5 5 19",
  close: "M6 6l12 12M18 6 6 18",
};

const SVG = "http://www.w3.org/2000/svg";

function icon(name) {
  const drawing = document.createElementNS(SVG, "svg");
  drawing.setAttribute("viewBox", "0 0 24 24");
  drawing.setAttribute("aria-hidden", "true");
  drawing.setAttribute("class", "si-icon");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", ICONS[name]);
  drawing.append(path);
  return drawing;
}

function setIcon(drawing, name) {
  drawing.firstChild.setAttribute("d", ICONS[name]);
}

/** Text in which addresses of pages are links. */
function linked(text) {
  const parts = document.createDocumentFragment();
  let from = 0;
  for (const match of text.matchAll(/https?:\/\/[^\s<>"]+[^\s<>".,;:!?)]/g)) {
    parts.append(text.slice(from, match.index));
    parts.append(make("a", { href: match[0], target: "_blank", rel: "noopener noreferrer" }, match[0]));
    from = match.index + match[0].length;
  }
  parts.append(text.slice(from));
  return parts;
}

const calmMotion = window.matchMedia("(prefers-reduced-motion: reduce)");

/** What other people's screens need not show at once: spoken by screen readers, seen by nobody. */
class Announcer {
  constructor() {
    this.element = make("div", { class: "si-unseen", role: "log", "aria-live": "polite", "aria-label": "What happens in the call" });
  }

  say(text) {
    this.element.append(make("p", {}, text));
    while (this.element.childElementCount > 20) this.element.firstChild.remove();
  }
}
