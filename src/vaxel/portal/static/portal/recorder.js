// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2

// Records with the microphone into the page's file field: what is sent is a sound file as any other. Without this script, or without a
// microphone, a file is chosen instead.

const RATE = 16000;

class Recorder {
  constructor(box) {
    this.box = box;
    this.words = box.dataset;
    this.file = document.getElementById(box.dataset.file);
    this.button = box.querySelector("button");
    this.meter = box.querySelector("meter");
    this.status = box.querySelector("[aria-live]");
    this.longest = Number(box.dataset.longest);
    this.button.addEventListener("click", () => (this.recorder ? this.stop() : this.start()));
    // A file that is chosen afterwards is the one that counts.
    this.file.addEventListener("change", () => this.hidePlayer());
    box.hidden = false;
  }

  async start() {
    try {
      this.stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch {
      this.say(this.words.refused);
      return;
    }
    this.hidePlayer();
    const chunks = [];
    this.recorder = new MediaRecorder(this.stream);
    this.recorder.addEventListener("dataavailable", (event) => chunks.push(event.data));
    this.recorder.addEventListener("stop", () => this.stopped(new Blob(chunks)));
    this.recorder.start();
    this.watchLevel();
    this.timer = setTimeout(() => this.stop(), this.longest * 1000);
    this.button.textContent = this.words.stop;
    this.button.setAttribute("aria-pressed", "true");
    this.say(this.words.recording);
  }

  stop() {
    clearTimeout(this.timer);
    this.recorder.stop();
  }

  watchLevel() {
    this.context = new AudioContext();
    const analyser = this.context.createAnalyser();
    this.context.createMediaStreamSource(this.stream).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    const look = () => {
      if (!this.recorder) return;
      analyser.getFloatTimeDomainData(samples);
      this.meter.value = Math.max(...samples.map(Math.abs));
      requestAnimationFrame(look);
    };
    look();
  }

  async stopped(blob) {
    this.recorder = null;
    this.meter.value = 0;
    for (const track of this.stream.getTracks()) track.stop();
    this.button.textContent = this.words.again;
    this.button.setAttribute("aria-pressed", "false");
    try {
      const heard = await this.context.decodeAudioData(await blob.arrayBuffer());
      this.keep(wav(await atRate(heard)), heard.duration);
    } catch {
      this.say(this.words.failed);
    } finally {
      await this.context.close();
    }
  }

  keep(sound, seconds) {
    const chosen = new DataTransfer();
    chosen.items.add(new File([sound], "recording.wav", { type: "audio/wav" }));
    this.file.files = chosen.files;
    this.player = document.createElement("audio");
    this.player.controls = true;
    this.player.src = URL.createObjectURL(sound);
    this.player.setAttribute("aria-label", this.words.heard);
    this.box.append(this.player);
    this.say(this.words.done.replace("{seconds}", seconds.toFixed(1)));
  }

  hidePlayer() {
    if (!this.player) return;
    URL.revokeObjectURL(this.player.src);
    this.player.remove();
    this.player = null;
  }

  say(text) {
    this.status.textContent = text;
  }
}

async function atRate(heard) {
  const context = new OfflineAudioContext(1, Math.ceil(heard.duration * RATE), RATE);
  const source = context.createBufferSource();
  source.buffer = heard;
  source.connect(context.destination);
  source.start();
  return (await context.startRendering()).getChannelData(0);
}

function wav(samples) {
  const bytes = new DataView(new ArrayBuffer(44 + samples.length * 2));
  const text = (at, letters) => [...letters].forEach((letter, n) => bytes.setUint8(at + n, letter.charCodeAt(0)));
  text(0, "RIFF");
  bytes.setUint32(4, 36 + samples.length * 2, true);
  text(8, "WAVEfmt ");
  bytes.setUint32(16, 16, true);
  bytes.setUint16(20, 1, true);
  bytes.setUint16(22, 1, true);
  bytes.setUint32(24, RATE, true);
  bytes.setUint32(28, RATE * 2, true);
  bytes.setUint16(32, 2, true);
  bytes.setUint16(34, 16, true);
  text(36, "data");
  bytes.setUint32(40, samples.length * 2, true);
  samples.forEach((sample, n) => bytes.setInt16(44 + n * 2, Math.max(-1, Math.min(1, sample)) * 0x7fff, true));
  return new Blob([bytes], { type: "audio/wav" });
}

if (navigator.mediaDevices && window.MediaRecorder) {
  for (const box of document.querySelectorAll("[data-recorder]")) new Recorder(box);
}
