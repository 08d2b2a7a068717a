// The mirror of the green room: camera and microphone as one would appear, chosen and checked before joining.
// Nothing here is sent anywhere, and everything but the mirror works without permission or without a camera.
import './entry.js';

class Mirror extends HTMLElement {
  connectedCallback() {
    this.video = this.querySelector('video');
    this.tile = this.querySelector('.tile');
    this.says = this.querySelector('[data-says]');
    this.kinds = {
      video: { button: this.querySelector('#camera'), choice: this.querySelector('#camera-choice'), kind: 'videoinput', permission: 'camera' },
      audio: { button: this.querySelector('#microphone'), choice: this.querySelector('#microphone-choice'), kind: 'audioinput', permission: 'microphone' },
    };
    this.tracks = {};
    this.initials();
    document.getElementById('name')?.addEventListener('input', () => this.initials());
    if (!navigator.mediaDevices?.getUserMedia) {
      this.say('insecure');
      return;
    }
    this.querySelector('[data-needs-script]').hidden = false;
    for (const what of ['video', 'audio']) {
      const { button, choice } = this.kinds[what];
      button.addEventListener('click', () => (this.tracks[what] ? this.off(what) : this.on(what)));
      choice.addEventListener('change', () => this.on(what, choice.value));
      this.resume(what);
    }
    navigator.mediaDevices.addEventListener('devicechange', () => this.list());
    addEventListener('pagehide', () => { this.off('video'); this.off('audio'); });
  }

  /** Shows at once what this browser was allowed before; asks for nothing by itself. */
  async resume(what) {
    try {
      const { state } = await navigator.permissions.query({ name: this.kinds[what].permission });
      if (state === 'granted') await this.on(what);
    } catch {
      // A browser that cannot be asked: the button does it.
    }
  }

  async on(what, id) {
    try {
      const wish = id ? { deviceId: { exact: id } } : true;
      const stream = await navigator.mediaDevices.getUserMedia({ [what]: wish });
      this.tracks[what]?.stop();
      [this.tracks[what]] = stream.getTracks();
      this.tracks[what].addEventListener('ended', () => this.off(what));
      if (what === 'video') this.video.srcObject = stream;
      else this.listen(stream);
      this.say('off');
    } catch (error) {
      this.tracks[what] = undefined;
      this.say(['NotFoundError', 'OverconstrainedError'].includes(error.name) ? 'none' : 'denied');
    }
    this.show(what);
    await this.list();
  }

  off(what) {
    this.tracks[what]?.stop();
    this.tracks[what] = undefined;
    if (what === 'video') this.video.srcObject = null;
    else this.audio?.close().catch(() => {}), (this.audio = undefined);
    this.show(what);
  }

  show(what) {
    const on = Boolean(this.tracks[what]);
    const { button } = this.kinds[what];
    button.setAttribute('aria-pressed', on);
    button.textContent = on ? button.dataset.on : button.dataset.off;
    if (what === 'video') {
      this.video.hidden = !on;
      this.tile.hidden = on;
    } else {
      this.dataset.mic = on ? 'on' : 'off';
    }
  }

  async list() {
    const devices = await navigator.mediaDevices.enumerateDevices();
    for (const what of ['video', 'audio']) {
      const { choice, kind } = this.kinds[what];
      const own = devices.filter((d) => d.kind === kind && d.deviceId && d.label);
      const now = this.tracks[what]?.getSettings().deviceId;
      choice.replaceChildren(...own.map((d) => new Option(d.label, d.deviceId, false, d.deviceId === now)));
      choice.parentElement.hidden = own.length === 0;
    }
    this.querySelector('.devices').hidden = [...this.querySelectorAll('.devices .field')].every((f) => f.hidden);
  }

  /** A level, ten times a second: whether one is heard, not a picture of it. */
  listen(stream) {
    this.audio?.close().catch(() => {});
    const audio = new AudioContext();
    this.audio = audio;
    const analyser = audio.createAnalyser();
    analyser.fftSize = 512;
    audio.createMediaStreamSource(stream).connect(analyser);
    const wave = new Float32Array(analyser.fftSize);
    const step = () => {
      if (audio.state === 'closed') return;
      analyser.getFloatTimeDomainData(wave);
      const loudness = Math.sqrt(wave.reduce((sum, x) => sum + x * x, 0) / wave.length);
      this.style.setProperty('--level', Math.min(1, loudness * 5).toFixed(2));
      setTimeout(step, 100);
    };
    step();
  }

  say(what) {
    const words = this.says.dataset;
    this.says.textContent = { off: words.wordsOff, denied: words.wordsDenied, none: words.wordsNone, insecure: words.wordsInsecure }[what];
  }

  initials() {
    const name = document.getElementById('name')?.value.trim() ?? '';
    const letters = name.split(/\s+/u).map((word) => [...word][0] ?? '');
    const face = this.querySelector('[data-initials]');
    this.own ??= face.textContent;
    face.textContent = (letters.length > 1 ? letters[0] + letters.at(-1) : letters[0]).toUpperCase() || this.own;
  }
}

customElements.define('eroom-mirror', Mirror);
