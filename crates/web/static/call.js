// The page of a call: takes what the Meeting SDK needs from the site, once; loads the SDK from where the site says; and
// hands over. Client View, by Zoom's documented calls only.

const VENDORS = ['react', 'react-dom', 'redux', 'redux-thunk', 'react-redux'];
const SLOW = 25_000;

const page = document.querySelector('[data-call]');
const room = page.dataset.room;
const entry = new URLSearchParams(location.search).get('entry') ?? '';
const progress = page.querySelector('progress');
const step = page.querySelector('[data-step-text]');
let number = '';

class Failure extends Error {
  constructor(key, code = '', said = '') {
    super(key);
    this.key = key;
    this.code = code;
    this.said = said;
  }
}

function at(value, words) {
  progress.value = value;
  if (words) step.textContent = step.dataset[words];
}

/** A test join tells the site how it ended; what it was told before is good for this once. */
async function report(code) {
  if (!page.dataset.trial || !number) return;
  await fetch(`${page.dataset.trial}/end`, { method: 'POST', body: new URLSearchParams({ account: page.dataset.account, number, code }) }).catch(() => null);
}

function show(failure) {
  const find = (key) => document.getElementById('call-words').content.querySelector(`[data-key="${CSS.escape(String(key))}"]`);
  const words = find(failure.key) ?? find('unknown');
  const box = document.getElementById('call-error');
  document.getElementById('call-progress').hidden = true;
  page.hidden = false;
  delete document.body.dataset.joined;
  box.querySelector('[data-what]').textContent = words.dataset.what;
  box.querySelector('[data-next]').textContent = failure.said || words.dataset.next;
  const code = box.querySelector('[data-code]');
  code.textContent = failure.code === '' ? '' : code.dataset.words.replace('{code}', failure.code);
  box.hidden = false;
  box.focus();
}

async function packet() {
  const { trial, account } = page.dataset;
  const [where, what] = trial ? [`${trial}/begin`, { account }] : [`${room}/call/packet`, { entry }];
  const answer = await fetch(where, { method: 'POST', body: new URLSearchParams(what), cache: 'no-store' }).catch(() => null);
  if (answer?.ok) return answer.json();
  if (answer?.status === 410) throw new Failure('spent');
  // Whoever tests their own site is told why; visitors have words of their own.
  const said = trial ? (await answer?.json().catch(() => null))?.detail : '';
  throw new Failure('refused', '', said);
}

function script(src) {
  return new Promise((resolve, reject) => {
    const tag = Object.assign(document.createElement('script'), { src, async: false });
    const late = setTimeout(() => reject(new Failure('script')), SLOW);
    tag.onload = () => { clearTimeout(late); resolve(); };
    tag.onerror = () => { clearTimeout(late); reject(new Failure('script')); };
    document.head.append(tag);
  });
}

/** The SDK calls back; its errors carry `errorCode`, some `reason` or `errorMessage` beside it. */
function called(run) {
  return new Promise((resolve, reject) => {
    run({ success: resolve, error: (error) => reject(new Failure(error?.errorCode ?? 'unknown', error?.errorCode ?? '')) });
  });
}

async function join() {
  const { sdkBase, sdkVersion, ...person } = await packet();
  number = person.meetingNumber;
  // The way in is spent: a reload should lead to where it begins again, not fail here. Who comes as the host stays so.
  const role = new URLSearchParams(location.search).get('as');
  if (!page.dataset.trial) history.replaceState(null, '', role === 'host' ? `${location.pathname}?as=host` : location.pathname);
  at(1, 'script');
  const base = `${sdkBase}/${sdkVersion}`;
  await Promise.all(VENDORS.map((name) => script(`${base}/lib/vendor/${name}.min.js`)));
  await script(`${base}/zoom-meeting-${sdkVersion}.min.js`);
  const sdk = globalThis.ZoomMtg;
  if (!sdk) throw new Failure('script');
  at(2, 'join');
  sdk.setZoomJSLib?.(`${base}/lib`, '/av');
  sdk.preLoadWasm();
  sdk.prepareWebSDK();
  await new Promise((resolve) => { sdk.i18n.load('en-US'); sdk.i18n.onLoad(resolve); });
  const leaveUrl = new URL(room, location.href).href;
  await called((ways) => sdk.init({ leaveUrl, patchJsMedia: true, disableCORP: !globalThis.crossOriginIsolated, leaveOnPageUnload: true, isShowJoiningErrorDialog: false, ...ways }));
  at(3);
  await called((ways) => sdk.join({ ...person, ...ways }));
  at(4);
  if (page.dataset.trial) {
    await report('');
    location.replace(page.dataset.done);
    return;
  }
  document.body.dataset.joined = '';
  page.hidden = true;
}

join().catch((error) => {
  const failure = error instanceof Failure ? error : new Failure('unknown');
  show(failure);
  return report(failure.code === '' ? failure.key : failure.code);
});
