// A room's card in another site's frame: times in the reader's zone, a countdown, and a look now and then whether there
// is something new to see. Where WordPress made the frame (its address ends with #?secret=…), the page around is told
// how high the card is and where its link leads: that frame may not open anything itself.
import './time.js';
import { EroomCountdown } from './countdown.js';

const MINUTE = 60_000;
const card = document.getElementById('main');
let timer;

/** Milliseconds until the next look: soon after a planned instant, else every minute or five. */
function patience() {
  const { opens, starts, ends, phase } = card.dataset;
  const now = Date.now() + EroomCountdown.skew;
  const spread = 300 + Math.random() * 1700;
  const next = [opens, starts, ends].map((at) => Date.parse(at) - now).filter((left) => left > 0).sort((a, b) => a - b)[0];
  const busy = ['open', 'due', 'paused', 'live'].includes(phase) || next < 30 * MINUTE;
  // Somebody may begin at any moment, and no clock says when.
  const soon = ['due', 'paused'].includes(phase);
  return Math.min((soon ? MINUTE / 4 : busy ? MINUTE : 5 * MINUTE) + spread * 5, next === undefined ? Infinity : next + spread);
}

async function look() {
  clearTimeout(timer);
  if (document.visibilityState === 'visible') {
    try {
      const answer = await fetch(`${card.dataset.room}/state`, { headers: { accept: 'application/json' } });
      // What is new is shown by loading the card again; not under somebody's fingers.
      const idle = document.activeElement === document.body;
      if (idle && (answer.status === 404 || (answer.ok && (await answer.json()).mark !== card.dataset.mark))) return location.reload();
    } catch {
      // Offline for a moment: the next look may work.
    }
  }
  timer = setTimeout(look, patience());
}

const secret = /[#&?]secret=([A-Za-z0-9]+)/.exec(location.hash)?.[1];
if (secret && parent !== window) {
  const tell = (message, value) => parent.postMessage({ message, value, secret }, '*');
  const height = () => {
    // The words, and what a picture above them takes.
    const words = document.querySelector('.embed-text').scrollHeight;
    const ribbon = document.querySelector('.ribbon')?.offsetHeight ?? 0;
    const above = innerWidth < 480 && card.querySelector('.cover') ? Math.round((innerWidth * 7) / 16) : 0;
    tell('height', words + ribbon + above + 2);
  };
  addEventListener('load', height);
  addEventListener('resize', height);
  document.getElementById('go').addEventListener('click', (event) => {
    event.preventDefault();
    tell('link', event.currentTarget.href);
  });
}

if (card.dataset.room) {
  document.addEventListener('reached', () => { clearTimeout(timer); timer = setTimeout(look, 300 + Math.random() * 900); });
  document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'visible') look(); });
  timer = setTimeout(look, patience());
}
