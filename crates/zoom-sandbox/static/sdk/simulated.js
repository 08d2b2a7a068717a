// People and tiles that are drawn: simulated participants, and whoever has no camera.

function hueOf(seed) {
  let hash = 7;
  for (const letter of String(seed)) hash = (hash * 31 + letter.codePointAt(0)) % 9973;
  return (hash * 47) % 360;
}

function initials(name) {
  const words = name.trim().split(/\s+/);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return letters.map((word) => [...word][0] ?? "").join("").toLocaleUpperCase();
}

/** When a simulated person talks. The same on every screen, because it follows from the time. */
const TURN_MS = 6500;

function speechOf(id, ids, now) {
  const turn = Math.floor(now / TURN_MS);
  const dice = ((turn * 2654435761) >>> 0) % 997;
  const speaks = dice % 4 !== 0 && ids[dice % ids.length] === id;
  const at = (now % TURN_MS) / 1000;
  if (!speaks || at < 0.6 || at > 5) return 0;
  const syllable = Math.abs(Math.sin(at * 11 + Math.sin(at * 3.1) * 2));
  const pause = Math.sin(at * 1.9 + dice) > -0.75 ? 1 : 0;
  return syllable * pause;
}

function round(pen, x, y, radiusX, radiusY, colour) {
  pen.fillStyle = colour;
  pen.beginPath();
  pen.ellipse(x, y, Math.max(radiusX, 0.1), Math.max(radiusY, 0.1), 0, 0, Math.PI * 2);
  pen.fill();
}

/** A friendly face: breathes, blinks, looks about, and moves its mouth with its voice. */
function drawFace(pen, width, height, { id, name }, seconds, voice) {
  const hue = hueOf(name);
  const unit = Math.min(width, height) / 10;
  const sway = Math.sin(seconds * 0.7 + id) * unit * 0.25;
  const nod = Math.sin(seconds * 1.3 + id) * unit * 0.12 - voice * unit * 0.12;
  const x = width / 2 + sway;
  const y = height * 0.47 + nod;

  const wall = pen.createLinearGradient(0, 0, width, height);
  wall.addColorStop(0, `oklch(62% .07 ${hue})`);
  wall.addColorStop(1, `oklch(42% .08 ${(hue + 40) % 360})`);
  pen.fillStyle = wall;
  pen.fillRect(0, 0, width, height);
  round(pen, width * 0.82, height * 0.2, unit * 1.4, unit * 1.4, `oklch(78% .06 ${(hue + 60) % 360} / .35)`);

  round(pen, width / 2 + sway * 0.4, height * 1.04, unit * 3.6, unit * 2.7, `oklch(72% .1 ${(hue + 180) % 360})`);
  const skin = ["#f1c9a5", "#d9a374", "#a9714b", "#7b4a2d", "#e8b48c"][Math.abs(hue) % 5];
  const hair = ["#2b211c", "#5b3a22", "#1c1b22", "#8a5a2b", "#6d6a6a"][Math.abs(hue * 3) % 5];
  const long = Math.abs(hue * 7) % 2 === 0;
  round(pen, x, y - unit * (long ? -0.3 : 0.5), unit * (long ? 2.5 : 2.2), unit * (long ? 3.3 : 2.55), hair);
  pen.fillStyle = skin;
  pen.beginPath();
  pen.roundRect(x - unit * 0.6, y + unit * 1.4, unit * 1.2, unit * 1.5, unit * 0.5);
  pen.fill();
  round(pen, x, y + unit * 0.1, unit * 1.9, unit * 2.2, skin);
  round(pen, x, y - unit * 1.75, unit * 1.75, unit * 0.85, hair);

  const blink = (seconds + id * 0.37) % 4.2 < 0.14 ? 0.08 : 1;
  const look = Math.sin(seconds * 0.45 + id) * unit * 0.12;
  for (const side of [-1, 1]) {
    round(pen, x + side * unit * 0.75, y - unit * 0.1, unit * 0.3, unit * 0.34 * blink, "#fff");
    round(pen, x + side * unit * 0.75 + look, y - unit * 0.08, unit * 0.17, unit * 0.22 * blink, "#2a2320");
    round(pen, x + side * unit * 1.2, y + unit * 0.75, unit * 0.32, unit * 0.2, "oklch(70% .12 25 / .35)");
  }
  if (Math.abs(hue) % 3 === 0) drawGlasses(pen, x, y - unit * 0.1, unit);
  if (voice > 0.05) {
    round(pen, x, y + unit * 1.15, unit * (0.5 + voice * 0.12), unit * (0.12 + voice * 0.42), "#5a2323");
  } else {
    pen.strokeStyle = "#5a2323";
    pen.lineWidth = unit * 0.14;
    pen.lineCap = "round";
    pen.beginPath();
    pen.arc(x, y + unit * 0.75, unit * 0.65, Math.PI * 0.2, Math.PI * 0.8);
    pen.stroke();
  }
}

function drawGlasses(pen, x, y, unit) {
  pen.strokeStyle = "#2a2320";
  pen.lineWidth = unit * 0.09;
  for (const side of [-1, 1]) {
    pen.beginPath();
    pen.arc(x + side * unit * 0.75, y, unit * 0.52, 0, Math.PI * 2);
    pen.stroke();
  }
  pen.beginPath();
  pen.moveTo(x - unit * 0.23, y);
  pen.lineTo(x + unit * 0.23, y);
  pen.stroke();
}

/** A tile for somebody without a camera: their initials over slow waves. */
function drawInitials(pen, width, height, name, seconds) {
  const hue = hueOf(name);
  pen.fillStyle = `oklch(36% .07 ${hue})`;
  pen.fillRect(0, 0, width, height);
  for (let wave = 0; wave < 3; wave += 1) {
    pen.fillStyle = `oklch(${46 + wave * 7}% .08 ${(hue + wave * 18) % 360} / .45)`;
    pen.beginPath();
    pen.moveTo(0, height);
    for (let x = 0; x <= width; x += width / 32) {
      const swell = Math.sin(x / width * 5 + seconds * (0.6 + wave * 0.25) + wave * 2);
      pen.lineTo(x, height * (0.62 + wave * 0.1) + swell * height * 0.07);
    }
    pen.lineTo(width, height);
    pen.fill();
  }
  pen.fillStyle = "#fff";
  pen.font = `600 ${height * 0.3}px ui-sans-serif, system-ui, sans-serif`;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.fillText(initials(name), width / 2, height * 0.48);
}

/** A picture to send where there is no camera. */
class DrawnPicture {
  constructor(name) {
    const canvas = make("canvas", { width: 640, height: 360 });
    const pen = canvas.getContext("2d", { alpha: false });
    const draw = () => drawInitials(pen, 640, 360, name, performance.now() / 1000);
    draw();
    this.stream = canvas.captureStream(15);
    this.track = this.stream.getVideoTracks()[0];
    // Not requestAnimationFrame: others watch while this page is in the background.
    this.timer = setInterval(draw, 66);
  }

  stop() {
    clearInterval(this.timer);
    this.track.stop();
  }
}
