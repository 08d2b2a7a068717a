// What I send: camera or a drawn tile, microphone or silence.

const CAMERA = { width: { ideal: 640 }, height: { ideal: 360 }, frameRate: { ideal: 24 } };
const MICROPHONE = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };

/** How long joining waits for the camera; whoever still reads the browser's question joins with a drawn tile. */
const PATIENCE_MS = 700;

/** Whether another tab of this browser is in the same call already: its loudspeaker would feed this microphone. */
function isSecondTab(number) {
  if (!window.BroadcastChannel) return Promise.resolve({ second: false, close: () => {} });
  const channel = new BroadcastChannel(`call ${number}`);
  return new Promise((resolve) => {
    let second = false;
    const done = () => {
      channel.onmessage = (event) => event.data === "anybody here?" && channel.postMessage("yes");
      resolve({ second, close: () => channel.close() });
    };
    const timer = setTimeout(done, 150);
    channel.onmessage = (event) => {
      if (event.data !== "yes") return;
      second = true;
      clearTimeout(timer);
      done();
    };
    channel.postMessage("anybody here?");
  });
}

class Media {
  /** `changed(kind)`: the track of a kind is another one. `silenced()`: there is no microphone, so this is muted. */
  constructor(name, { changed, silenced, notice }) {
    Object.assign(this, { name, changed, silenced, notice });
    this.muted = false;
    this.video = true;
    this.audioTrack = null;
    this.videoTrack = null;
    this.hasMicrophone = false;
    this.drawn = null;
    this.loudness = () => 0;
  }

  /** Ready to send something, within `PATIENCE_MS`; what comes later replaces it. `muted` is a promise; `video` off leaves the camera be. */
  async open(muted, video) {
    this.video = video;
    const asked = this.askFor(video ? { audio: MICROPHONE, video: CAMERA } : { audio: MICROPHONE });
    this.muted = await muted;
    const devices = asked.then((tracks) => this.take(tracks));
    await Promise.race([devices, new Promise((done) => { setTimeout(done, PATIENCE_MS); })]);
    this.fill();
  }

  /** Camera and microphone; where one is missing or refused, the other alone. */
  async askFor(wanted) {
    const ask = (what) => navigator.mediaDevices.getUserMedia(what).then((stream) => stream.getTracks());
    if (!navigator.mediaDevices) {
      this.problem = "This page has no camera or microphone: browsers give them to https and localhost only.";
      return [];
    }
    try {
      return await ask(wanted);
    } catch (error) {
      this.problem = this.explain(error);
    }
    if (!wanted.audio || !wanted.video) return [];
    const alone = await Promise.allSettled([ask({ audio: wanted.audio }), ask({ video: wanted.video })]);
    return alone.flatMap((one) => one.value ?? []);
  }

  explain(error) {
    if (error.name === "NotAllowedError") {
      return "Camera or microphone is blocked, so others see a drawn tile or hear nothing. Allow it beside the address, then press Unmute, or stop and start the video.";
    }
    if (error.name === "NotReadableError") {
      return "Another program uses the camera or microphone. Close it, then press Unmute, or stop and start the video.";
    }
    return "No camera or microphone was found: others see a drawn tile or hear nothing from you.";
  }

  take(tracks) {
    if (this.closed) {
      for (const track of tracks) track.stop();
      return;
    }
    for (const track of tracks) {
      if (track.kind === "audio") this.setMicrophone(track);
      else this.setCamera(track);
    }
    const kinds = new Set(tracks.map((track) => track.kind));
    if (kinds.size < 2 && this.problem) this.notice(this.problem);
    this.problem = "";
    this.fill();
    if (!this.hasMicrophone && !this.muted) this.silence();
  }

  silence() {
    this.muted = true;
    this.silenced();
  }

  /** A drawn tile and silence for what is missing. */
  fill() {
    if (this.closed) return;
    if (!this.audioTrack) {
      this.audioTrack = voices.silence();
      this.changed("audio");
    }
    if (!this.videoTrack && this.video) {
      this.drawn = new DrawnPicture(this.name);
      this.videoTrack = this.drawn.track;
      this.changed("video");
    }
  }

  setMicrophone(track) {
    track.enabled = !this.muted;
    this.audioTrack?.stop();
    this.audioTrack = track;
    this.hasMicrophone = true;
    this.loudness = voices.meter(track);
    track.addEventListener("ended", () => {
      if (this.audioTrack !== track || this.closed) return;
      this.audioTrack = null;
      this.hasMicrophone = false;
      this.loudness = () => 0;
      this.notice("The microphone is gone: others hear nothing from you.");
      this.fill();
      this.silence();
    });
    this.changed("audio");
  }

  setCamera(track) {
    if (!this.video) {
      track.stop();
      return;
    }
    this.dropPicture();
    this.videoTrack = track;
    track.addEventListener("ended", () => {
      if (this.videoTrack !== track || this.closed) return;
      this.videoTrack = null;
      this.notice("The camera is gone: others see a drawn tile.");
      this.fill();
    });
    this.changed("video");
  }

  dropPicture() {
    this.drawn?.stop();
    this.drawn = null;
    this.videoTrack?.stop();
    this.videoTrack = null;
  }

  setMuted(muted) {
    this.muted = muted;
    if (this.audioTrack) this.audioTrack.enabled = !muted;
    if (!muted && !this.hasMicrophone) this.askFor({ audio: MICROPHONE }).then((tracks) => this.take(tracks));
  }

  setVideo(on) {
    this.video = on;
    if (!on) {
      this.dropPicture();
      this.changed("video");
      return;
    }
    this.askFor({ video: CAMERA }).then((tracks) => this.take(tracks));
  }

  close() {
    this.closed = true;
    this.dropPicture();
    this.audioTrack?.stop();
  }
}
