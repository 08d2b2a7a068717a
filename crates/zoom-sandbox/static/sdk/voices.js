// Sound that is made or measured here: murmurs of simulated people, silence, and how loud a microphone is.

const voices = {
  context: null,
  murmurs: new Map(),
  heard: true,

  /** One context for the page. Browsers let it sound only after somebody pressed something, so it waits for that. */
  wake() {
    if (!navigator.userActivation?.hasBeenActive || !window.AudioContext) return null;
    this.context ??= new AudioContext();
    if (this.context.state === "suspended") this.context.resume().catch(() => {});
    return this.context;
  },

  /** A track without sound; without a context there is none, and nothing is as silent. */
  silence() {
    return this.wake()?.createMediaStreamDestination().stream.getAudioTracks()[0] ?? null;
  },

  /** A function that says how loud a track is now, 0 to 1. */
  meter(track) {
    const samples = new Float32Array(512);
    let ear = null;
    return () => {
      if (!ear) {
        const context = this.wake();
        if (!context) return 0;
        ear = new AnalyserNode(context, { fftSize: samples.length });
        context.createMediaStreamSource(new MediaStream([track])).connect(ear);
      }
      ear.getFloatTimeDomainData(samples);
      let sum = 0;
      for (const sample of samples) sum += sample * sample;
      return Math.min(1, Math.sqrt(sum / samples.length) * 4);
    };
  },

  /** Lets a simulated person's voice be as loud as their mouth is open. */
  murmur(id, loudness) {
    const context = this.wake();
    if (context?.state !== "running") return;
    let voice = this.murmurs.get(id);
    if (!voice) {
      if (loudness === 0) return;
      voice = this.makeVoice(context, id);
      this.murmurs.set(id, voice);
    }
    const now = context.currentTime;
    voice.gain.gain.setTargetAtTime(this.heard ? loudness * 0.05 : 0, now, 0.03);
    voice.throat.frequency.setTargetAtTime(voice.pitch * (1 + 0.12 * Math.sin(now * 2.3 + id)), now, 0.05);
    voice.mouth[0].frequency.setTargetAtTime(420 + 380 * Math.abs(Math.sin(now * 4.1 + id)), now, 0.04);
    voice.mouth[1].frequency.setTargetAtTime(1100 + 800 * Math.abs(Math.sin(now * 2.7 + id)), now, 0.04);
  },

  /** A throat (a saw-tooth) and a mouth (two resonances that wander): speech without words. */
  makeVoice(context, id) {
    const pitch = 105 + (hueOf(id) % 110);
    const throat = new OscillatorNode(context, { type: "sawtooth", frequency: pitch });
    const gain = new GainNode(context, { gain: 0 });
    const mouth = [700, 1400].map((frequency) => new BiquadFilterNode(context, { type: "bandpass", frequency, Q: 5 }));
    for (const resonance of mouth) throat.connect(resonance).connect(gain);
    gain.connect(context.destination);
    throat.start();
    return { pitch, throat, mouth, gain };
  },

  forget(id) {
    const voice = this.murmurs.get(id);
    if (!voice) return;
    voice.gain.disconnect();
    voice.throat.stop();
    this.murmurs.delete(id);
  },

  close() {
    for (const id of [...this.murmurs.keys()]) this.forget(id);
    this.context?.close().catch(() => {});
    this.context = null;
  },
};
