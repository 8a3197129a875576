// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/** How loud the microphone is, ten times a second, for as long as somebody wants to know. */

const PERIOD = 0.1;

export class Meter {
  readonly #onPeak: (peak: number, seconds: number) => void;
  #context: AudioContext | null = null;
  #source: MediaStreamAudioSourceNode | null = null;
  #track: MediaStreamTrack | null = null;
  #timer: ReturnType<typeof setInterval> | undefined;

  /** `onPeak` gets the loudest sample of the last `seconds`, 0 to 1. */
  constructor(onPeak: (peak: number, seconds: number) => void) {
    this.#onPeak = onPeak;
  }

  get running(): boolean {
    return this.#timer !== undefined;
  }

  /** Listen to a copy of `stream`'s track: muting on the page doesn't silence the copy. */
  start(stream: MediaStream): void {
    this.stop();
    const track = stream.getAudioTracks()[0];
    if (track === undefined) return;
    this.#context ??= new AudioContext();
    void this.#context.resume();
    this.#track = track.clone();
    this.#track.enabled = true;
    this.#source = this.#context.createMediaStreamSource(new MediaStream([this.#track]));
    const analyser = this.#context.createAnalyser();
    // At 48 kHz 170 ms: more than a period, so that nothing is missed.
    analyser.fftSize = 8192;
    this.#source.connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    this.#timer = setInterval(() => this.#measure(analyser, samples), PERIOD * 1000);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#source?.disconnect();
    this.#source = null;
    this.#track?.stop();
    this.#track = null;
  }

  #measure(analyser: AnalyserNode, samples: Float32Array<ArrayBuffer>): void {
    // Until the page has been touched, browsers let no sound through: that is no silence.
    if (this.#context?.state !== "running") return;
    analyser.getFloatTimeDomainData(samples);
    this.#onPeak(
      samples.reduce((loudest, sample) => Math.max(loudest, Math.abs(sample)), 0),
      PERIOD,
    );
  }
}
