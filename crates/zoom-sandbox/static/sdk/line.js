// The line to the sandbox: a WebSocket that comes back after a short break, to the same seat.

const SOONEST_MS = 250;
const LATEST_MS = 3000;
/** A little longer than the sandbox keeps the seat. */
const GIVE_UP_MS = 14000;

class Line {
  /** `on` has `message(message)`, `broken()` and `lost()`. */
  constructor(ticket, on) {
    this.ticket = ticket;
    this.on = on;
    this.wait = SOONEST_MS;
    this.brokenAt = 0;
    this.open();
  }

  open() {
    const socket = new WebSocket(socketAddress());
    this.socket = socket;
    socket.addEventListener("open", () => socket.send(JSON.stringify({ type: "hello", ticket: this.ticket })));
    socket.addEventListener("message", (event) => {
      this.wait = SOONEST_MS;
      this.brokenAt = 0;
      this.on.message(JSON.parse(event.data));
    });
    socket.addEventListener("close", () => this.closed(socket));
  }

  closed(socket) {
    if (this.finished || socket !== this.socket) return;
    this.brokenAt ||= Date.now();
    if (Date.now() - this.brokenAt > GIVE_UP_MS) {
      this.finish();
      this.on.lost();
      return;
    }
    this.on.broken();
    setTimeout(() => !this.finished && this.open(), this.wait);
    this.wait = Math.min(this.wait * 2, LATEST_MS);
  }

  send(message) {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(message));
  }

  /** Closes for good. A page that goes away says so: others need not wait whether it comes back. */
  finish() {
    this.finished = true;
    this.socket.close(1000);
  }
}
