// A room's page that waits: it asks the site now and then whether something changed, and if so takes the new door in
// place, so that nobody reloads. It asks seldom: soon after a planned instant, else once a minute (five while nothing is
// near, a quarter of one while somebody may begin at any moment), and only while somebody looks.
import './time.js';
import { EroomCountdown } from './countdown.js';

const MINUTE = 60_000;
let timer;

const door = () => document.getElementById('door');

/** Milliseconds until the next look. */
function patience() {
  const { door: state, phase, opens, starts, ends } = door().dataset;
  const now = Date.now() + EroomCountdown.skew;
  // Spread over a few seconds, so that a thousand waiting pages do not ask in the same instant.
  const spread = 300 + Math.random() * 1700;
  const next = [opens, starts, ends].map((at) => Date.parse(at) - now).filter((left) => left > 0).sort((a, b) => a - b)[0];
  const busy = ['open', 'due', 'paused', 'live'].includes(phase) || next < 30 * MINUTE;
  // Somebody may begin at any moment, and no clock says when.
  const soon = ['due', 'paused'].includes(phase);
  const usual = state === 'not-at-zoom' ? 8000 + spread : (soon ? MINUTE / 4 : busy ? MINUTE : 5 * MINUTE) + spread * 5;
  return Math.min(usual, next === undefined ? Infinity : next + spread);
}

async function look() {
  clearTimeout(timer);
  if (document.visibilityState === 'visible') {
    try {
      const answer = await fetch(`${door().dataset.room}/state`, { headers: { accept: 'application/json' } });
      const date = Date.parse(answer.headers.get('date'));
      if (date) EroomCountdown.skew = Math.abs(date - Date.now()) > 2000 ? date - Date.now() : 0;
      if (answer.ok && (await answer.json()).mark !== door().dataset.mark) await renew();
    } catch {
      // Offline for a moment: the next look may work.
    }
  }
  timer = setTimeout(look, patience());
}

/** Takes the door and the chips of the page as it is now. */
async function renew() {
  const answer = await fetch(location.pathname, { cache: 'no-cache' });
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const before = door();
  const after = page.getElementById('door');
  if (!after) return;
  const focused = before.contains(document.activeElement) ? document.activeElement.id : '';
  const was = { ...before.dataset };
  before.replaceWith(document.adoptNode(after));
  document.getElementById('room-chips').replaceWith(document.adoptNode(page.getElementById('room-chips')));
  if (focused) (document.getElementById(focused) ?? document.getElementById('main')).focus();
  const words = document.getElementById('door-news').dataset;
  const is = door().dataset;
  let news = '';
  if (is.door === 'open' && was.door !== 'open') news = words.open;
  if (is.phase === 'live' && was.phase !== 'live') news = words.live;
  if (is.phase === 'ended' && was.phase !== 'ended') news = words.ended;
  if (is.phase === 'paused' && was.phase !== 'paused') news = words.paused;
  if (news) requestAnimationFrame(() => { document.getElementById('door-news').textContent = news; });
}

document.addEventListener('reached', () => { clearTimeout(timer); timer = setTimeout(look, 300 + Math.random() * 900); });
document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'visible') look(); });
look();
