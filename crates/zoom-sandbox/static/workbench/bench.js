// What every page of the workbench needs: elements, controls, messages, and looking again each second.

export const $ = (id) => document.getElementById(id);

/** An element with attributes and children. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** Changes a text only where it differs, so that nothing is read out again. */
export function tell(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** A time of day, as the reader's clock writes it. */
export function time(at) {
  return new Date(at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false });
}

/** Date and time in UTC, as the sandbox's clock thinks. */
export const utc = (at) => `${new Date(at).toISOString().slice(0, 19).replace("T", " ")} UTC`;

export const ms = (took) => `${took < 10 ? took.toFixed(1) : Math.round(took)} ms`;

/** A control. What it refuses is an error with its own words. */
export async function ask(method, path, body) {
  const sent = body === undefined ? {} : { headers: { "content-type": "application/json" }, body: typeof body === "string" ? body : JSON.stringify(body) };
  const response = await fetch(`/sandbox/v1${path}`, { method, ...sent });
  if (!response.ok) {
    const told = await response.json().catch(() => null);
    throw new Error(told?.message ?? `The sandbox answered ${response.status}.`);
  }
  return response.status === 204 ? null : response.json();
}

/** Says above the page what was done, or what went wrong. */
export function say(text) {
  $("failed").hidden = true;
  $("said").hidden = false;
  $("said").textContent = text;
}

export function fail(error) {
  $("said").hidden = true;
  $("failed").hidden = false;
  $("failed").textContent = sentence(error);
}

/** The message as a sentence. What begins with an address or a name keeps its letters. */
function sentence({ message }) {
  const begin = /^[a-z]+[ ,]/.test(message) ? message.charAt(0).toUpperCase() : message.charAt(0);
  return `${begin}${message.slice(1)}${/[.!?]$/.test(message) ? "" : "."}`;
}

/** What happens when a button is pressed; what goes wrong is said above the page. */
export function press(button, work) {
  button.addEventListener("click", async () => {
    try {
      await work(button);
    } catch (error) {
      fail(error);
    }
  });
}

/** What happens when a form is sent; what is wrong is said in it, and nothing typed is lost. */
export function submit(form, work) {
  const note = make("p", { class: "note bad", role: "alert", hidden: "" });
  form.append(note);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    note.hidden = true;
    $("said").hidden = true;
    try {
      await work(Object.fromEntries(new FormData(form)));
    } catch (error) {
      note.textContent = sentence(error);
      note.hidden = false;
    }
  });
}

let settle = () => {};

/** Asks once more before something that cannot be undone. */
export function sure(question, verb) {
  const dialog = $("sure");
  // The event of a closing comes with the next frame, when the next question may be open already: it is not that one's answer.
  const answered = () => settle(dialog.returnValue === "yes");
  answered();
  dialog.onclose = () => { if (!dialog.open) answered(); };
  $("sure-question").textContent = question;
  $("sure-yes").textContent = verb;
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => { settle = resolve; });
}

/** Keeps the children of a list in step with some things. Rows stay, so that focus and what was typed stay too. */
export function keep(list, things, key, create, update) {
  const rows = new Map([...list.children].map((row) => [row.dataset.key, row]));
  let before = null;
  for (const thing of things) {
    const name = String(key(thing));
    let row = rows.get(name);
    if (!row) {
      row = create(thing);
      row.dataset.key = name;
    }
    rows.delete(name);
    update(row, thing);
    const place = before ? before.nextSibling : list.firstChild;
    if (place !== row) list.insertBefore(row, place);
    before = row;
  }
  for (const row of rows.values()) row.remove();
}

/** "3 of 12 meetings". */
export function counted(shown, all, one, many) {
  const word = all === 1 ? one : many;
  return shown === all ? `${all} ${word}` : `${shown} of ${all} ${word}`;
}

/** The line on top of every page: the sandbox's time, and whether it answers. */
function head({ now, unplugged }) {
  tell($("clock"), utc(now));
  $("clock").hidden = false;
  $("plug-chip").className = `chip ${unplugged ? "off" : "on"}`;
  tell($("plug-chip"), unplugged ? "Unplugged" : "Plugged in");
  $("plug-chip").hidden = false;
}

/** Looks at once and then each second, as long as somebody may be looking. Returns what looks right away. */
export async function watch(look) {
  const again = async () => {
    try {
      const [state] = await Promise.all([ask("GET", `/calls?limit=1&since=${Number.MAX_SAFE_INTEGER}`), look()]);
      head(state);
      $("lost").hidden = true;
    } catch {
      $("lost").hidden = false;
    }
  };
  await again();
  setInterval(() => { if (!document.hidden) again(); }, 1000);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) again(); });
}

/** A button that copies something. */
export function copyButton(button, text) {
  button.hidden = !navigator.clipboard;
  const label = button.textContent;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(text());
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = label; }, 1500);
  });
  return button;
}
