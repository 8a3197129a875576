// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/** The echo test: three seconds of what the microphone hears, played in the headset. Nothing leaves the computer. */

import { signal } from "@preact/signals";

import { playAt } from "./speaker.ts";

export type EchoState = "idle" | "recording" | "playing" | "failed";

const SECONDS = 3;

export class EchoTest {
  readonly state = signal<EchoState>("idle");
  #recorder: MediaRecorder | null = null;
  #audio: HTMLAudioElement | null = null;

  /** Record from `stream` and play it at `speaker` ("" for the system's choice). */
  run(stream: MediaStream, speaker: string): void {
    this.stop();
    const parts: Blob[] = [];
    const recorder = new MediaRecorder(stream);
    this.#recorder = recorder;
    recorder.ondataavailable = (event) => parts.push(event.data);
    recorder.onstop = () => {
      if (this.#recorder === recorder) void this.#play(new Blob(parts, { type: recorder.mimeType }), speaker);
    };
    recorder.start();
    this.state.value = "recording";
    setTimeout(() => {
      if (recorder.state === "recording") recorder.stop();
    }, SECONDS * 1000);
  }

  stop(): void {
    const recorder = this.#recorder;
    this.#recorder = null;
    if (recorder?.state === "recording") recorder.stop();
    this.#audio?.pause();
    this.#audio = null;
    this.state.value = "idle";
  }

  async #play(sound: Blob, speaker: string): Promise<void> {
    const address = URL.createObjectURL(sound);
    const audio = new Audio(address);
    this.#audio = audio;
    this.state.value = "playing";
    const end = (state: EchoState) => {
      URL.revokeObjectURL(address);
      if (this.#audio === audio) this.state.value = state;
    };
    audio.onended = () => end("idle");
    audio.onerror = () => end("failed");
    try {
      await playAt(audio, speaker);
      await audio.play();
    } catch {
      end("failed");
    }
  }
}
