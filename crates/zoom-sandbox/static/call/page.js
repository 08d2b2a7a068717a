// The door of /j/{id} and /s/{id}: asks a name, gets a ticket from the sandbox, and enters the call.

const form = document.getElementById("door");
const link = new URLSearchParams(location.search);
const status = document.getElementById("door-status");
const button = form.querySelector("button");
let opening = false;

/** How often somebody who came too early is tried again, in milliseconds. */
const PATIENCE_MS = 2500;
const NOT_STARTED = 3008;
const FIELD_OF = { 3004: "passcode" };

function showError(field, text) {
  const input = form.elements[field];
  const place = document.getElementById(input ? `${field}-error` : "door-error");
  place.textContent = text;
  place.hidden = false;
  if (!input) return;
  input.setAttribute("aria-invalid", "true");
  const hint = document.getElementById(`${field}-hint`);
  input.setAttribute("aria-describedby", hint ? `${field}-error ${hint.id}` : `${field}-error`);
  input.focus();
}

function clearErrors() {
  for (const place of form.querySelectorAll(".error")) place.hidden = true;
  for (const input of form.querySelectorAll("[aria-invalid]")) input.removeAttribute("aria-invalid");
}

function settle(text = "") {
  opening = false;
  button.removeAttribute("aria-busy");
  status.textContent = text;
}

async function enter() {
  const { name, email, passcode } = form.elements;
  const request = {
    userName: name.value,
    userEmail: email?.value ?? "",
    passWord: passcode?.value ?? link.get("pwd") ?? "",
    // A start link that is somebody else's, or too old, still lets its holder in as a participant.
    tk: link.get("tk") ?? "",
    zak: "host" in form.dataset ? link.get("zak") : "",
  };
  let answer;
  try {
    const response = await fetch(`/j/${form.dataset.id}/enter`, {
      method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(request),
    });
    answer = await response.json();
  } catch {
    answer = { errorCode: 1, errorMessage: "The sandbox does not answer. Check that it is running, then try again." };
  }
  if (!opening) return;
  if (answer.errorCode === NOT_STARTED) {
    status.textContent = "The host has not started yet. This page goes in by itself as soon as they do.";
    setTimeout(enter, PATIENCE_MS);
  } else if (answer.errorCode) {
    refused(answer);
  } else {
    ZoomMtg.join({
      standInTicket: answer.ticket,
      meetingNumber: form.dataset.id,
      userName: request.userName.trim(),
      success: () => settle(),
      error: refused,
    });
  }
}

function refused({ errorCode, errorMessage }) {
  settle();
  showError(FIELD_OF[errorCode] ?? "", errorMessage);
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (opening) return;
  clearErrors();
  const { name, email } = form.elements;
  if (!name.value.trim()) return showError("name", "Write the name that others should see.");
  if (email && !/^[^\s@]+@[^\s@]+$/.test(email.value.trim())) return showError("email", "Write an e-mail address, such as name@example.org.");
  opening = true;
  button.setAttribute("aria-busy", "true");
  status.textContent = "Joining…";
  enter();
});

ZoomMtg.init({ leaveUrl: location.href });
