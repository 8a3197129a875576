// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/** What the server tells the page before it starts: a JSON element written by `vaxel.console.views`. */

export type Language = "sv" | "nb" | "da" | "en";

export interface Sip {
  /** ws(s)://… of the engine. */
  readonly url: string;
  readonly user: string;
  readonly password: string;
  readonly name: string;
}

export interface DeskPhone {
  /** Its SIP user. */
  readonly user: string;
  /** What stands on it. */
  readonly name: string;
}

export interface ConsoleBoot {
  readonly live_url: string;
  readonly token: string;
  readonly token_url: string;
  readonly login_url: string;
  /** The server's own pages: calls, messages. */
  readonly pages_url: string;
  readonly api_url: string;
  readonly csrf: string;
  readonly language: Language;
  /** The operator's browser phone; null when she uses a desk phone. */
  readonly sip: Sip | null;
  /** Desk phones of the house at which any operator may sit, in the order of their names. */
  readonly desk_phones?: readonly DeskPhone[];
  /** Her own keys, by action. */
  readonly keys?: Readonly<Record<string, string>>;
  /** Organisation → its colour, `#0a5c8f`; without one it takes the next of the design system's. */
  readonly colours?: Readonly<Record<string, string>>;
  /** Numbers that ring the rescue services. */
  readonly emergency?: readonly string[];
  /** Where the session is ended. */
  readonly log_out_url?: string;
  /** Translates the hub's refusals. */
  readonly refusal_url?: string;
}

export interface CitizenNumber {
  readonly number: string;
  readonly name: string;
}

export interface CitizenBoot {
  readonly language: Language;
  readonly sip: Sip | null;
  readonly organisations: readonly {
    readonly name: string;
    readonly main_number: string;
    readonly people: readonly CitizenNumber[];
  }[];
}

export function boot<T>(): T {
  const element = document.getElementById("boot");
  if (element?.textContent == null) throw new Error("the page carries no boot data: it was not made by this server");
  return JSON.parse(element.textContent) as T;
}
