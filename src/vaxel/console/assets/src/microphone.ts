// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/** What is wrong with the microphone, if anything: told before a caller has to say "hello?" for the third time. Pure. */

/** Why nobody can hear the operator; "" when all is well as far as can be told. */
export type MicrophoneTrouble =
  | ""
  /** Browsers give it only to pages with a secure address. */
  | "insecure"
  /** The browser may not use it, or may no longer. */
  | "denied"
  /** There is none. */
  | "missing"
  /** Another program has it. */
  | "busy"
  /** It was pulled out. */
  | "unplugged"
  /** Switched off at the device itself. */
  | "off_at_device"
  /** In a call, and not even noise comes from it. */
  | "silent"
  /** She talks, and has switched it off on the page. */
  | "talking_muted";

/** `getUserMedia`'s errors by name (W3C Media Capture and Streams, 10.2). */
export function openingTrouble(name: string): MicrophoneTrouble {
  if (name === "NotFoundError" || name === "OverconstrainedError") return "missing";
  return name === "NotReadableError" || name === "AbortError" ? "busy" : "denied";
}

/** Loudest sample, 0 to 1: under this there isn't even the noise that every microphone has. */
const NOTHING = 0.0003;
const SPEECH = 0.08;
const SILENT_SECONDS = 8;
const SPEAKING_SECONDS = 1;

/** How long it has been silent, and how long somebody has spoken while muted. */
export interface Heard {
  readonly silent: number;
  readonly spoken: number;
}

export const nothingHeard: Heard = { silent: 0, spoken: 0 };

/** What has been heard after `seconds` more, in which the loudest sample was `peak`. */
export function hear(heard: Heard, peak: number, seconds: number, muted: boolean): Heard {
  return {
    silent: peak < NOTHING ? heard.silent + seconds : 0,
    // Words have pauses: what was spoken is forgotten only half as fast as it was gathered.
    spoken: muted ? Math.max(0, heard.spoken + (peak >= SPEECH ? seconds : -seconds / 2)) : 0,
  };
}

export function heardTrouble(heard: Heard): MicrophoneTrouble {
  if (heard.silent >= SILENT_SECONDS) return "silent";
  return heard.spoken >= SPEAKING_SECONDS ? "talking_muted" : "";
}

/** A peak (0 to 1) as a share of a meter's width: loudness as it is felt, -60 dB to 0 dB. */
export function meterShare(peak: number): number {
  return peak <= 0 ? 0 : Math.min(1, Math.max(0, 1 + Math.log10(peak) / 3));
}
