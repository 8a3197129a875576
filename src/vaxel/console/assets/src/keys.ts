// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/**
 * The keys, and what they stand for. Function keys that neither browsers nor screen readers use, and the numeric keypad: its
 * operators act at once, its comma makes the next key of the keypad act. No letters: they belong to typing and to screen
 * readers. Pure; an operator's own keys are in `keymap.ts`.
 */

export type KeyAction =
  | "main"
  | "end"
  | "hold"
  | "park"
  | "search"
  | "message"
  | "promise"
  | "number"
  | "absence"
  | "cover"
  | "mobile"
  | "note"
  | "notices"
  | "mute"
  | "pause"
  | "surge"
  | "repeat"
  | "queue"
  | "supervise"
  | "settings"
  | "leave"
  | "help"
  | "consult"
  | "exactly"
  | "up"
  | "down"
  | "out";

export interface Binding {
  readonly action: KeyAction;
  /** A function key, `Ctrl+` and `Shift+` before it if so, `Escape` or `?`; "" for those of the search box, which are fixed. */
  readonly key: string;
  /** The `code` of a key on the numeric keypad, "" for none. */
  readonly keypad: string;
  /** The `code` of a key on the numeric keypad that acts after the keypad's comma, after two commas with `TWICE` before it; "" for none. */
  readonly layer: string;
}

/** Of a layer: the comma twice. */
const TWICE = "NumpadDecimal ";

const bind = (action: KeyAction, key: string, keypad: string, layer: string): Binding => ({
  action,
  key,
  keypad,
  layer,
});

/** As they are until an operator changes them. */
export const BINDINGS: readonly Binding[] = [
  bind("main", "F2", "NumpadAdd", ""),
  bind("end", "F4", "NumpadSubtract", ""),
  bind("hold", "F8", "NumpadMultiply", ""),
  bind("park", "F9", "NumpadDivide", ""),
  bind("search", "Escape", "", "Numpad0"),
  bind("message", "Shift+F9", "", "Numpad5"),
  bind("promise", "Ctrl+F9", "", "Numpad1"),
  bind("number", "Ctrl+F2", "", "Numpad4"),
  bind("absence", "Ctrl+F8", "", "Numpad6"),
  bind("cover", "Ctrl+Shift+F2", "", "Numpad7"),
  bind("note", "Shift+F8", "", "NumpadDivide"),
  bind("notices", "Ctrl+Shift+F9", "", "Numpad9"),
  bind("mute", "Shift+F2", "", "NumpadSubtract"),
  bind("pause", "Shift+F4", "", "NumpadAdd"),
  bind("surge", "Ctrl+Shift+F8", "", "NumpadMultiply"),
  bind("repeat", "Shift+F1", "", `${TWICE}Numpad1`),
  bind("queue", "Ctrl+F1", "", `${TWICE}Numpad2`),
  bind("supervise", "Ctrl+F7", "", `${TWICE}Numpad3`),
  bind("settings", "Ctrl+Shift+F1", "", `${TWICE}Numpad4`),
  bind("leave", "Ctrl+Shift+F7", "", `${TWICE}Numpad5`),
  bind("mobile", "Shift+F7", "", `${TWICE}Numpad7`),
  bind("help", "?", "", `${TWICE}NumpadDecimal`),
  bind("consult", "", "", "Numpad3"),
  bind("exactly", "", "", "NumpadEnter"),
  bind("up", "", "", "Numpad8"),
  bind("down", "", "", "Numpad2"),
  bind("out", "", "", `${TWICE}Numpad6`),
];

/** Of the search box, where they belong to what is typed; they can't be changed. */
export const IN_SEARCH: Readonly<Partial<Record<KeyAction, string>>> = {
  consult: "Shift+Enter",
  exactly: "Ctrl+Shift+Enter",
  message: "Ctrl+Enter",
  up: "↑",
  down: "↓",
  out: "Tab",
};

/** What works while a dialog lies over the page: what concerns a call, what only speaks, and moving within the dialog. */
export const IN_DIALOG: ReadonlySet<KeyAction> = new Set([
  "main",
  "end",
  "hold",
  "park",
  "mute",
  "repeat",
  "queue",
  "up",
  "down",
]);

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
export function meaning(press: Press, focus: Focus, bindings: readonly Binding[] = BINDINGS): KeyAction | null {
  if (press.metaKey) return null;
  const of = (found: Binding | undefined) => found?.action ?? null;
  if (press.code.startsWith("Numpad")) {
    if (focus === "text" || press.shiftKey || press.ctrlKey || press.altKey) return null;
    return of(bindings.find((binding) => binding.keypad === press.code));
  }
  const name = nameOf(press);
  if (name === "?" && focus !== "elsewhere") return null;
  return of(bindings.find((binding) => binding.key !== "" && binding.key === name));
}

/** How often the keypad's comma has been pressed. */
export type Layer = 0 | 1 | 2;

/** What the key after the keypad's comma, or after two, means, or null. */
export function layered(press: Press, layer: Layer, bindings: readonly Binding[] = BINDINGS): KeyAction | null {
  const code = (layer === 2 ? TWICE : "") + press.code;
  return bindings.find((binding) => binding.layer === code)?.action ?? null;
}

/** In which layer `binding` acts. */
export function layerOf(binding: Binding): Layer {
  return binding.layer === "" ? 0 : binding.layer.startsWith(TWICE) ? 2 : 1;
}

/** Whether `press` is the keypad's comma (a point on some keyboards), which belongs to the text where one is written. */
export function opensLayer(press: Press, focus: Focus): boolean {
  const bare = !press.shiftKey && !press.ctrlKey && !press.altKey && !press.metaKey;
  return bare && focus !== "text" && press.code === "NumpadDecimal" && (press.key === "," || press.key === ".");
}

/** `F8`, `Ctrl+Shift+F8`; a sign that needs Shift is named by itself. */
export function nameOf(press: Press): string {
  const shift = press.shiftKey && press.key.length > 1;
  const parts = [press.ctrlKey ? "Ctrl" : "", press.altKey ? "Alt" : "", shift ? "Shift" : "", press.key];
  return parts.filter((part) => part !== "").join("+");
}

const SIGNS: Readonly<Record<string, string>> = {
  NumpadAdd: "+",
  NumpadSubtract: "−",
  NumpadMultiply: "*",
  NumpadDivide: "/",
  NumpadDecimal: ",",
  NumpadEnter: "Enter",
};

/** The keypad's keys as they lie, row by row. */
const ON_KEYPAD = ["/", "*", "−", "7", "8", "9", "+", "4", "5", "6", "1", "2", "3", "Enter", "0", ","];

/** Where the key with this sign lies on the keypad. */
export function placeOnKeypad(sign: string): number {
  return ON_KEYPAD.indexOf(sign);
}

function sign(code: string): string {
  return SIGNS[code] ?? code.replace("Numpad", "");
}

/** How `binding` is reached on the keypad: `+`, or `, 5` for the comma and then 5, `, , 5` for two. "" when it isn't. */
export function keypadOf(binding: Binding | undefined): string {
  if (binding === undefined) return "";
  if (binding.keypad !== "") return sign(binding.keypad);
  const codes = binding.layer.split(" ").filter(Boolean);
  return codes.length === 0 ? "" : [",", ...codes.map(sign)].join(" ");
}

/** Why a key can't be given to an action: it types, it is the browser's, or it has another meaning. */
export type KeyRefusal = { readonly why: "types" | "reserved" } | { readonly why: "taken"; readonly by: KeyAction };

const FUNCTION_KEY = /^(Ctrl\+)?(Alt\+)?(Shift\+)?(F(?:[1-9]|1\d|2[0-4]))$/;
/** They reload, move between the parts of the window, or end the page; some, however often they are caught. */
const RESERVED: ReadonlySet<string> = new Set(["F5", "F6", "F10", "F11", "F12", "Ctrl+F4", "Alt+F4"]);

/** What speaks against `key` for `action`, or null. */
export function refusal(key: string, action: KeyAction, bindings: readonly Binding[]): KeyRefusal | null {
  const taken = bindings.find((binding) => binding.key === key && binding.action !== action);
  if (taken !== undefined) return { why: "taken", by: taken.action };
  if (BINDINGS.some((binding) => binding.action === action && binding.key === key)) return null;
  const bare = FUNCTION_KEY.exec(key)?.[4];
  if (bare === undefined) return { why: "types" };
  return RESERVED.has(bare) || RESERVED.has(key) ? { why: "reserved" } : null;
}

/** `BINDINGS` with an operator's own keys. What would stand for two things keeps its own, and the default yields. */
export function withOwn(own: Readonly<Record<string, string>>): readonly Binding[] {
  const taken = new Set(Object.values(own));
  return BINDINGS.map((binding) => {
    const key = own[binding.action] ?? (taken.has(binding.key) ? "" : binding.key);
    return key === binding.key ? binding : { ...binding, key };
  });
}
