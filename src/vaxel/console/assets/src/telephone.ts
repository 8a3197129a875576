// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/** The operator's telephone in the page: which devices it uses, in which tab it is, and whether she can be heard. */

import { computed, effect, type ReadonlySignal, signal } from "@preact/signals";

import type { Sip } from "./boot.ts";
import { Devices } from "./devices.ts";
import { EchoTest } from "./echo.ts";
import { Meter } from "./meter.ts";
import { hear, type Heard, heardTrouble, type MicrophoneTrouble, nothingHeard } from "./microphone.ts";
import { idle, Phone, type PhoneState } from "./phone.ts";
import { Ring } from "./ring.ts";
import { PhoneTab, type Tab } from "./tabs.ts";

/** The engine's echo, as every telephone of the house may dial it. */
const ECHO = "*43";

export class Telephone {
  readonly state = signal<PhoneState>(idle);
  /** Where the telephone is when the console is open in several tabs. */
  readonly tab = signal<Tab>("asking");
  /** The loudest sample of the last moment, 0 to 1, while the meter is shown or she talks. */
  readonly peak = signal(0);
  /** Whether the meter is shown. */
  readonly metered = signal(false);
  readonly ringSound = signal(localStorage.getItem("vaxel.ring") !== "off");
  readonly devices = new Devices();
  readonly echo = new EchoTest();
  readonly ring = new Ring(() => this.devices.used("ring"));
  readonly trouble: ReadonlySignal<MicrophoneTrouble> = computed(() => this.#trouble());
  /** null for an operator with a desk phone. */
  readonly phone: Phone | null;
  readonly #tab: PhoneTab | null;
  readonly #stream = signal<MediaStream | null>(null);
  readonly #talking = computed(() => this.state.value.session === "talking");
  readonly #heard = signal<Heard>(nothingHeard);
  readonly #meter = new Meter((peak, seconds) => this.#hear(peak, seconds));

  /**
   * `expected`: whether a call that rings now was accepted on the page, so that it is answered at once. `vacant`: whether the call that
   * is on has nobody in it, so that it makes way.
   */
  constructor(sip: Sip | null, expected: () => boolean, vacant: () => boolean) {
    if (sip === null) {
      this.phone = null;
      this.#tab = null;
      return;
    }
    this.phone = new Phone({
      sip,
      onState: (state) => {
        this.state.value = state;
      },
      expected,
      vacant,
      microphone: () => this.devices.used("microphone"),
      speaker: () => this.devices.used("speaker"),
      onStream: (stream) => {
        this.#stream.value = stream;
        // Only now does the browser tell the devices' names.
        void this.devices.look();
      },
    });
    this.#tab = new PhoneTab(sip.user, navigator.locks, (tab) => this.#tabIs(tab));
    this.devices.onChange = (use) => void this.#deviceChanged(use);
    this.devices.onPlugged = () => {
      const { microphone } = this.state.peek();
      if (microphone === "missing" || microphone === "unplugged") void this.#deviceChanged("microphone");
    };
  }

  start(): void {
    this.#tab?.start();
    if (this.phone !== null) this.devices.start();
    effect(() => this.#measure());
  }

  takeOver(): void {
    this.#tab?.takeOver();
  }

  /** Microphone off and on; whether it is off now, null without a call at this telephone. */
  turnMute(): boolean | null {
    if (this.phone === null || this.state.value.session !== "talking") return null;
    const muted = !this.state.value.muted;
    this.phone.mute(muted);
    return muted;
  }

  /** Try again, after the operator has mended what was wrong. */
  async openMicrophone(): Promise<void> {
    await this.phone?.changeMicrophone();
  }

  testEcho(): void {
    const stream = this.#stream.value;
    if (stream !== null) this.echo.run(stream, this.devices.used("speaker"));
  }

  /** Whether the telephone rings the engine's echo, or hears itself there. */
  get testsWholeWay(): boolean {
    const { session, with: number } = this.state.value;
    return session !== "none" && number === ECHO;
  }

  /** Ring the engine, which sends back what it hears; or end that. */
  turnWholeWay(on: boolean): void {
    if (on) void this.phone?.call(ECHO);
    else if (this.testsWholeWay) this.phone?.hangUp();
  }

  setRingSound(on: boolean): void {
    this.ringSound.value = on;
    localStorage.setItem("vaxel.ring", on ? "on" : "off");
  }

  #tabIs(tab: Tab): void {
    const was = this.tab.peek();
    this.tab.value = tab;
    if (tab === "here") void this.phone?.start();
    else if (was === "here") this.phone?.stop();
  }

  async #deviceChanged(use: "microphone" | "speaker" | "ring"): Promise<void> {
    if (this.tab.value !== "here") return;
    if (use === "microphone") await this.phone?.changeMicrophone();
    if (use === "speaker") await this.phone?.changeSpeaker();
  }

  #trouble(): MicrophoneTrouble {
    const { microphone, session } = this.state.value;
    if (microphone !== "asking" && microphone !== "ready") return microphone;
    return session === "talking" ? heardTrouble(this.#heard.value) : "";
  }

  #measure(): void {
    const stream = this.#stream.value;
    if (stream !== null && (this.#talking.value || this.metered.value)) {
      this.#heard.value = nothingHeard;
      this.#meter.start(stream);
    } else {
      this.#meter.stop();
      this.peak.value = 0;
    }
  }

  #hear(peak: number, seconds: number): void {
    this.peak.value = peak;
    this.#heard.value = hear(this.#heard.peek(), peak, seconds, this.state.peek().muted);
  }
}
