// The demo's bar: five steps, remembered on this computer. A step counts as done when it was followed.

const bar = document.getElementById('demo-bar');
const DONE = 'eroom.demo.done';
const GONE = 'eroom.demo.gone';
const FOLD = 'eroom.demo.folded';

const steps = [...bar.querySelectorAll('[data-step]')];
const done = new Set(JSON.parse(localStorage.getItem(DONE) ?? '[]'));
// Whoever is in a room's green room or call has followed the first step, wherever they came from.
if (/^\/r\/[^/]+\/(join|call)$/u.test(location.pathname)) done.add('join');

function show() {
  for (const step of steps) step.toggleAttribute('data-done', done.has(step.dataset.step));
  const progress = document.getElementById('demo-progress');
  const count = steps.filter((step) => done.has(step.dataset.step)).length;
  const next = steps.find((step) => !done.has(step.dataset.step));
  for (const step of steps) step.toggleAttribute('data-next', step === next);
  const hint = document.getElementById('demo-hint');
  hint.textContent = next ? `${next.textContent.trim()}: ${next.dataset.hint}` : hint.dataset.allDone;
  progress.textContent = progress.dataset.words.replace('{done}', count).replace('{all}', steps.length);
}

function remember(step) {
  done.add(step);
  localStorage.setItem(DONE, JSON.stringify([...done]));
  show();
}

for (const step of steps) {
  step.querySelector('a')?.addEventListener('click', () => remember(step.dataset.step));
  step.querySelector('form')?.addEventListener('submit', () => remember(step.dataset.step));
}

const fold = bar.querySelector('[data-demo-fold]');
function folded(is) {
  fold.setAttribute('aria-expanded', !is);
  fold.textContent = is ? fold.dataset.folded : fold.dataset.open;
  document.getElementById('demo-body').hidden = is;
  bar.classList.toggle('folded', is);
}
fold.addEventListener('click', () => {
  const is = fold.getAttribute('aria-expanded') === 'true';
  localStorage.setItem(FOLD, is ? '1' : '');
  folded(is);
});
bar.querySelector('[data-demo-dismiss]').addEventListener('click', () => { localStorage.setItem(GONE, '1'); bar.hidden = true; });

// On a phone the steps would fill half the page: folded until opened.
folded((localStorage.getItem(FOLD) ?? (matchMedia('(max-width: 56rem)').matches ? '1' : '')) === '1');
if (done.size) remember([...done].at(-1));
show();
bar.hidden = localStorage.getItem(GONE) === '1';
