// One connection to one other person. The one with the larger id makes the offers, so offers never cross.

/** From how many people on pictures are sent small: 320 × 180 at 15 frames. */
const CROWD = 4;
const SMALL = { width: 320, height: 180, frames: 15, bits: 180_000 };
const LARGE_BITS = 1_200_000;

class Peer {
  /** `on` has `signal(data)`, `stream(stream)` and `state(text)`. */
  constructor(me, other, media, on) {
    this.me = me;
    this.other = other;
    this.media = media;
    this.on = on;
    this.offers = me.id > other.id;
    this.crowded = false;
    this.pending = Promise.resolve();
    this.link = new RTCPeerConnection({ bundlePolicy: "max-bundle" });
    this.link.addEventListener("icecandidate", ({ candidate }) => candidate && on.signal({ candidate }));
    this.link.addEventListener("connectionstatechange", () => this.stateChanged());
    if (this.offers) {
      for (const kind of ["audio", "video"]) this.link.addTransceiver(kind, { direction: this.direction });
      this.link.addEventListener("negotiationneeded", () => this.after(() => this.offer()));
      this.attach();
    }
  }

  get direction() {
    if (!this.me.sends) return this.other.sends ? "recvonly" : "inactive";
    return this.other.sends ? "sendrecv" : "sendonly";
  }

  /** Steps run one after the other: a candidate must not overtake its description. */
  after(step) {
    this.pending = this.pending.then(step).catch((error) => {
      if (!this.closed) console.warn("A call's connection could not be negotiated.", error);
    });
    return this.pending;
  }

  async offer() {
    if (this.closed || this.link.signalingState !== "stable") return;
    await this.link.setLocalDescription();
    this.on.signal({ description: this.link.localDescription });
  }

  hear(data) {
    this.after(async () => {
      if (this.closed) return;
      if (data.restart) this.restart();
      if (data.description) await this.describe(data.description);
      if (data.candidate) await this.link.addIceCandidate(data.candidate);
    });
  }

  async describe(description) {
    await this.link.setRemoteDescription(description);
    if (description.type === "offer") {
      for (const transceiver of this.link.getTransceivers()) transceiver.direction = this.direction;
      this.attach();
      await this.link.setLocalDescription();
      this.on.signal({ description: this.link.localDescription });
    }
    if (this.other.sends) {
      const tracks = this.link.getTransceivers().map((transceiver) => transceiver.receiver.track);
      if (!this.stream) {
        this.stream = new MediaStream(tracks);
        this.on.stream(this.stream);
      }
    }
  }

  sender(kind) {
    const of = (transceiver) => transceiver.receiver.track.kind === kind;
    return this.link.getTransceivers().find(of)?.sender;
  }

  /** Sends what there is to send now. */
  attach() {
    this.replace("audio");
    this.replace("video");
  }

  replace(kind) {
    if (!this.me.sends) return;
    const track = kind === "audio" ? this.media.audioTrack : this.media.videoTrack;
    this.sender(kind)?.replaceTrack(track).then(() => kind === "video" && this.size()).catch(() => {});
  }

  /** Pictures fit the company: large for a few, small for many. */
  setCrowded(crowded) {
    if (this.crowded === crowded) return;
    this.crowded = crowded;
    this.size();
  }

  size() {
    const sender = this.sender("video");
    const track = sender?.track;
    const parameters = sender?.getParameters();
    const encoding = parameters?.encodings?.[0];
    if (!track || !encoding) return;
    const { width = 640, height = 360 } = track.getSettings();
    const shrink = Math.max(1, width / SMALL.width, height / SMALL.height);
    encoding.scaleResolutionDownBy = this.crowded ? shrink : 1;
    encoding.maxFramerate = this.crowded ? SMALL.frames : 30;
    encoding.maxBitrate = this.crowded ? SMALL.bits : LARGE_BITS;
    sender.setParameters(parameters).catch(() => {});
  }

  /** How loud the other one is, as their packets say. */
  loudness() {
    const receiver = this.link.getReceivers().find(({ track }) => track.kind === "audio");
    const newest = receiver?.getSynchronizationSources()[0];
    const fresh = newest && performance.timeOrigin + performance.now() - newest.timestamp < 600;
    return fresh ? newest.audioLevel ?? 0 : 0;
  }

  stateChanged() {
    const state = this.link.connectionState;
    this.on.state(state);
    if (state === "connected") this.size();
    if (state === "failed") {
      if (this.offers) this.restart();
      else this.on.signal({ restart: true });
    }
  }

  restart() {
    if (this.offers && !this.closed) this.link.restartIce();
  }

  close() {
    this.closed = true;
    this.link.close();
  }
}
