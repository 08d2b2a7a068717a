// Times in the reader's own zone, the room's zone beside it.
// <eroom-time start end zone> shows when a room meets; <eroom-moment at> shows one instant.

// The page's language, in the reader's own variety of it where there is one (en-GB writes the day first).
const language = document.documentElement.lang || 'en';
const locale = navigator.languages?.find((one) => one.split('-')[0] === language) ?? language;
export const ownZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

const clock = (at, zone) => new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: zone }).format(at);
const dayKey = (at, zone) => new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(at);

/** The day of an instant in a zone: "Today", "Tomorrow", or its date. */
export function dayName(at, zone, words, now = new Date()) {
  const day = dayKey(at, zone);
  if (day === dayKey(now, zone)) return words.today;
  if (day === dayKey(new Date(now.getTime() + 86_400_000), zone)) return words.tomorrow;
  const sameYear = day.slice(0, 4) === dayKey(now, zone).slice(0, 4);
  return new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long', year: sameYear ? undefined : 'numeric', timeZone: zone }).format(at);
}

/** Whether two zones show the same clock at an instant. */
function sameClock(at, one, other) {
  return clock(at, one) === clock(at, other) && dayKey(at, one) === dayKey(at, other);
}

class Time extends HTMLElement {
  connectedCallback() {
    const start = new Date(this.getAttribute('start'));
    const end = new Date(this.getAttribute('end'));
    const zone = this.getAttribute('zone');
    const words = this.dataset;
    this.querySelector('[data-mine]').textContent = `${dayName(start, ownZone, words)}, ${clock(start, ownZone)} – ${clock(end, ownZone)}`;
    let theirs = words.yours;
    if (!sameClock(start, ownZone, zone)) {
      // Where it is another day there, its name: "Today" would be the wrong person's today.
      const other = dayKey(start, zone) !== dayKey(start, ownZone);
      const day = other ? `${new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: zone }).format(start)} ` : '';
      theirs += ` · ${words.there.replace('{time}', day + clock(start, zone))}`;
    }
    this.querySelector('[data-theirs]').textContent = theirs;
  }
}

class Moment extends HTMLElement {
  connectedCallback() {
    const at = new Date(this.getAttribute('at'));
    const strong = this.querySelector('strong') ?? this;
    strong.textContent = `${dayName(at, ownZone, this.dataset)}, ${clock(at, ownZone)}`;
  }
}

customElements.define('eroom-time', Time);
customElements.define('eroom-moment', Moment);
