// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/** The sound of a call that rings: made by the browser, so that no sound file has to be fetched when it is needed. */

import { playAt } from "./speaker.ts";

const TONE = 480;
const ON = 0.4;
const PERIOD = 3;

export class Ring {
  readonly #speaker: () => string;
  #context: AudioContext | null = null;
  #timer: ReturnType<typeof setInterval> | undefined;

  /** `speaker`: the id of the loudspeaker that rings, "" for the system's choice. */
  constructor(speaker: () => string = () => "") {
    this.#speaker = speaker;
  }

  start(): void {
    if (this.#timer !== undefined) return;
    this.#context ??= new AudioContext();
    void this.#context.resume();
    void playAt(this.#context, this.#speaker());
    this.#pulse();
    this.#timer = setInterval(() => this.#pulse(), PERIOD * 1000);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** Ring once, to be heard before it is needed. */
  async once(): Promise<void> {
    this.#context ??= new AudioContext();
    await playAt(this.#context, this.#speaker());
    await this.#context.resume();
    if (this.#timer === undefined) this.#pulse();
  }

  #pulse(): void {
    const context = this.#context;
    if (context === null) return;
    for (const delay of [0, 0.6]) {
      const from = context.currentTime + delay;
      const tone = context.createOscillator();
      const volume = context.createGain();
      tone.frequency.value = TONE;
      volume.gain.setValueAtTime(0, from);
      volume.gain.linearRampToValueAtTime(0.15, from + 0.03);
      volume.gain.setValueAtTime(0.15, from + ON - 0.05);
      volume.gain.linearRampToValueAtTime(0, from + ON);
      tone.connect(volume).connect(context.destination);
      tone.start(from);
      tone.stop(from + ON);
    }
  }
}
