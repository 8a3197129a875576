// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/** Which microphone, which loudspeaker, and where it rings: chosen once for this computer, and found again when it is plugged in. */

import { type Signal, signal } from "@preact/signals";

export type Use = "microphone" | "speaker" | "ring";
export const USES: readonly Use[] = ["microphone", "speaker", "ring"];

export interface Device {
  readonly id: string;
  readonly name: string;
}

export interface Present {
  readonly microphones: readonly Device[];
  readonly speakers: readonly Device[];
}

/** "" is the system's own choice. */
export type Choice = Readonly<Record<Use, Device>>;

const SYSTEMS: Device = { id: "", name: "" };
const KEY = "vaxel.devices";

/** `wanted` among `present`: by its id, or by its name, since browsers give new ids when their data are cleared. Pure. */
export function findAgain(wanted: Device, present: readonly Device[]): Device | null {
  if (wanted.id === "") return SYSTEMS;
  return (
    present.find((one) => one.id === wanted.id) ??
    present.find((one) => one.name !== "" && one.name === wanted.name) ??
    null
  );
}

export function devicesFor(use: Use, present: Present): readonly Device[] {
  return use === "microphone" ? present.microphones : present.speakers;
}

export class Devices {
  readonly present = signal<Present>({ microphones: [], speakers: [] });
  readonly choice: Signal<Choice> = signal(kept());
  /** Called when what is chosen, or what is there of it, has changed. */
  onChange: (use: Use) => void = () => undefined;
  /** Called when something was plugged in or out. */
  onPlugged: () => void = () => undefined;

  start(): void {
    navigator.mediaDevices?.addEventListener("devicechange", () => void this.look().then(() => this.onPlugged()));
    void this.look();
  }

  /** Names are told only once the microphone has been allowed. */
  async look(): Promise<void> {
    const found = (await navigator.mediaDevices?.enumerateDevices()) ?? [];
    const of = (kind: MediaDeviceKind) =>
      found
        // "default" and "communications" are the system's choice under another name.
        .filter((one) => one.kind === kind && !["", "default", "communications"].includes(one.deviceId))
        .map((one) => ({ id: one.deviceId, name: one.label }));
    const before = this.present.value;
    const now = { microphones: of("audioinput"), speakers: of("audiooutput") };
    const used = USES.filter((use) => this.#used(use, before) !== this.#used(use, now));
    this.present.value = now;
    for (const use of used) this.onChange(use);
  }

  /** The id of what is used; "" for the system's choice, also while what was chosen isn't there. */
  used(use: Use): string {
    return this.#used(use, this.present.value);
  }

  /** Whether something was chosen that isn't there now. */
  lacks(use: Use): boolean {
    return findAgain(this.choice.value[use], devicesFor(use, this.present.value)) === null;
  }

  choose(use: Use, id: string): void {
    const device = devicesFor(use, this.present.value).find((one) => one.id === id) ?? SYSTEMS;
    this.choice.value = { ...this.choice.value, [use]: device };
    localStorage.setItem(KEY, JSON.stringify(this.choice.value));
    this.onChange(use);
  }

  #used(use: Use, present: Present): string {
    return findAgain(this.choice.value[use], devicesFor(use, present))?.id ?? "";
  }
}

function kept(): Choice {
  const none = { microphone: SYSTEMS, speaker: SYSTEMS, ring: SYSTEMS };
  try {
    return { ...none, ...(JSON.parse(localStorage.getItem(KEY) ?? "{}") as Partial<Choice>) };
  } catch {
    return none;
  }
}
