// <eroom-countdown until="…"> counts down to an instant and says once when it is reached (event "reached").
// `EroomCountdown.skew` is how far this computer's clock is from the server's, in milliseconds.

const language = document.documentElement.lang || 'en';
const measured = (unit) => new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' });
const units = [measured('day'), measured('hour'), measured('minute')];
const list = new Intl.ListFormat(language);

export class EroomCountdown extends HTMLElement {
  static skew = 0;

  connectedCallback() {
    this.until = Date.parse(this.getAttribute('until'));
    this.parts = Object.fromEntries([...this.querySelectorAll('[data-part]')].map((b) => [b.dataset.part, b]));
    this.box = this.querySelector('.count');
    this.spoken = this.querySelector('[data-spoken]');
    this.box.hidden = false;
    const fallback = this.querySelector('.count-fallback');
    if (fallback) fallback.hidden = true;
    this.tick();
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
  }

  tick() {
    const left = this.until - (Date.now() + EroomCountdown.skew);
    if (left <= 0) {
      this.show(0);
      this.spoken.textContent = this.dataset.live;
      this.dispatchEvent(new CustomEvent('reached', { bubbles: true }));
      return;
    }
    this.show(Math.ceil(left / 1000));
    // On the second, not a second after whatever took time.
    this.timer = setTimeout(() => this.tick(), (left % 1000) + 5);
  }

  show(seconds) {
    const two = (n) => String(n).padStart(2, '0');
    const days = Math.floor(seconds / 86_400);
    const hours = Math.floor(seconds / 3600) % 24;
    const minutes = Math.floor(seconds / 60) % 60;
    const { parts } = this;
    parts.days.textContent = days;
    parts.hours.textContent = two(hours);
    parts.minutes.textContent = two(minutes);
    parts.seconds.textContent = two(seconds % 60);
    // Read out when the minute changes, not each second.
    const left = [days, hours, minutes].map((n, i) => (n > 0 ? units[i].format(n) : '')).filter(Boolean);
    const sentence = left.length > 0 ? this.dataset.sentence.replace('{left}', list.format(left)) : this.dataset.soon;
    if (seconds > 0 && this.spoken.textContent !== sentence) this.spoken.textContent = sentence;
  }
}

customElements.define('eroom-countdown', EroomCountdown);
