// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/**
 * The keys, and what they stand for. Function keys that neither browsers nor screen readers use, and the operators of the
 * numeric keypad. No letters: they belong to typing and to screen readers.
 */

export type KeyAction = "main" | "end" | "hold" | "park" | "pause" | "note" | "message" | "mute" | "search" | "help";

export interface Binding {
  readonly action: KeyAction;
  /** A function key, `Shift+` before it if so, `Escape` or `?`. */
  readonly key: string;
  /** The `code` of a key on the numeric keypad, "" for none. */
  readonly keypad: string;
}

export const BINDINGS: readonly Binding[] = [
  { action: "main", key: "F2", keypad: "NumpadAdd" },
  { action: "end", key: "F4", keypad: "NumpadSubtract" },
  { action: "hold", key: "F8", keypad: "NumpadMultiply" },
  { action: "park", key: "F9", keypad: "NumpadDivide" },
  { action: "search", key: "Escape", keypad: "" },
  { action: "message", key: "Shift+F9", keypad: "" },
  { action: "note", key: "Shift+F8", keypad: "" },
  { action: "mute", key: "Shift+F2", keypad: "" },
  { action: "pause", key: "Shift+F4", keypad: "" },
  { action: "help", key: "?", keypad: "" },
];

/** The parts of a key press that count; a `KeyboardEvent` has them. */
export interface Press {
  readonly key: string;
  readonly code: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
}

/** Where the focus is: in the search box, in a text that is being written, or neither. */
export type Focus = "search" | "text" | "elsewhere";

/** What a key press means, or null when it is the page's own. */
export function meaning(press: Press, focus: Focus): KeyAction | null {
  if (press.ctrlKey || press.altKey || press.metaKey) return null;
  if (press.code.startsWith("Numpad")) return focus === "text" || press.shiftKey ? null : byKeypad(press.code);
  if (press.key === "?") return focus === "elsewhere" ? "help" : null;
  const name = press.shiftKey ? `Shift+${press.key}` : press.key;
  return BINDINGS.find((binding) => binding.key === name)?.action ?? null;
}

function byKeypad(code: string): KeyAction | null {
  return BINDINGS.find((binding) => binding.keypad === code)?.action ?? null;
}

/** The key of `action`, as it stands on buttons and in the help. */
export function keyOf(action: KeyAction): string {
  return BINDINGS.find((binding) => binding.action === action)?.key ?? "";
}

const KEYPAD_SIGNS: Readonly<Record<string, string>> = {
  NumpadAdd: "+",
  NumpadSubtract: "−",
  NumpadMultiply: "*",
  NumpadDivide: "/",
};

/** The sign on the keypad's key, "" when the action has none. */
export function keypadOf(action: KeyAction): string {
  return KEYPAD_SIGNS[BINDINGS.find((binding) => binding.action === action)?.keypad ?? ""] ?? "";
}
