// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/** The keys of this operator: her own where she has changed them, kept on the server; and the keypad's second layer. */

import { computed, type ReadonlySignal, signal } from "@preact/signals";

import {
  type Binding,
  BINDINGS,
  type Focus,
  type KeyAction,
  keypadOf,
  type KeyRefusal,
  type Layer,
  layered,
  meaning,
  opensLayer,
  type Press,
  refusal,
  withOwn,
} from "./keys.ts";

export type OwnKeys = Readonly<Record<string, string>>;

/** Keeps them; rejects with why it couldn't. */
export type KeepKeys = (own: OwnKeys) => Promise<void>;

const STAYS: ReadonlySet<KeyAction> = new Set(["up", "down", "out"]);
const DIGIT = /^Numpad\d$/;
const MODIFIERS: ReadonlySet<string> = new Set(["Shift", "Control", "Alt", "AltGraph", "Meta", "NumLock"]);

export class Keymap {
  readonly own = signal<OwnKeys>({});
  readonly bindings: ReadonlySignal<readonly Binding[]> = computed(() => withOwn(this.own.value));
  /** The keypad's comma has been pressed: the keypad's next key acts. */
  readonly layer = signal<Layer>(0);
  /** The layer has been left open by moving: digits go on in it, while Enter and the signs are what they always are. */
  #moved = false;
  readonly #keep: KeepKeys;

  constructor(own: OwnKeys, keep: KeepKeys) {
    this.own.value = own;
    this.#keep = keep;
  }

  /** What `press` means now: an action, `"layer"` for a key of the layer that does nothing by itself, or null for the page's. */
  press(press: Press, focus: Focus): KeyAction | "layer" | null {
    if (MODIFIERS.has(press.key)) return null;
    if (this.layer.value > 0 && press.code.startsWith("Numpad") && focus !== "text") {
      if (!this.#moved || DIGIT.test(press.code)) return this.#layered(press);
    }
    this.#moved = false;
    this.layer.value = opensLayer(press, focus) ? 1 : 0;
    return this.layer.value > 0 ? "layer" : meaning(press, focus, this.bindings.value);
  }

  #layered(press: Press): KeyAction | "layer" {
    if (this.layer.value === 1 && press.code === "NumpadDecimal") {
      this.layer.value = 2;
      return "layer";
    }
    const action = layered(press, this.layer.value, this.bindings.value);
    this.#moved = action !== null && STAYS.has(action);
    this.layer.value = this.#moved ? 1 : 0;
    return action ?? "layer";
  }

  #of(action: KeyAction): Binding | undefined {
    return this.bindings.value.find((binding) => binding.action === action);
  }

  /** The key of `action`, as it stands on buttons and in the help; "" when another has taken it. */
  keyOf(action: KeyAction): string {
    return this.#of(action)?.key ?? "";
  }

  keypadOf(action: KeyAction): string {
    return keypadOf(this.#of(action));
  }

  refusal(key: string, action: KeyAction): KeyRefusal | null {
    return refusal(key, action, this.bindings.value);
  }

  /** Give `action` another key. What had been kept stays when it can't be kept; rejects then. */
  async change(action: KeyAction, key: string): Promise<void> {
    const { [action]: _before, ...rest } = this.own.value;
    const usual = BINDINGS.find((binding) => binding.action === action)?.key === key;
    await this.#replace(usual ? rest : { ...rest, [action]: key });
  }

  async reset(): Promise<void> {
    await this.#replace({});
  }

  async #replace(own: OwnKeys): Promise<void> {
    await this.#keep(own);
    this.own.value = own;
  }
}
