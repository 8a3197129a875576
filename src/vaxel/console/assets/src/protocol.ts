// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/** The live hub's frames and values, as `docs/live-hub.md` describes them. Times are seconds since the epoch, UTC. */

export type CallState =
  | "announcing"
  | "choosing"
  | "ringing"
  | "waiting"
  | "connected"
  | "held"
  | "consulting"
  | "transferring"
  | "parked"
  | "greeting"
  | "recording"
  | "dialling"
  | "ended";

export type LegState = "planned" | "dialling" | "ringing" | "up" | "gone";

export interface Leg {
  readonly n: number;
  readonly party: string;
  readonly kind: "caller" | "operator" | "person" | "number";
  readonly name: string;
  readonly number: string;
  readonly state: LegState;
  /** Let go by the call; its telephone may not have noticed yet. */
  readonly released?: boolean;
}

export interface Reason {
  readonly code: string;
  readonly clause: string;
  readonly text: string;
  readonly person: string;
  readonly seconds?: number;
  /** How often it rang there, where the municipality's policy counts rings. */
  readonly rings?: number | null;
  /** When the person is back or the unit opens, as far as it is known. */
  readonly until?: number | null;
}

/** One step of a call's way here. `who` is a name or number, `seconds` how long it took, `cause` why it ended. */
export interface PathEntry {
  readonly at: number;
  readonly code: string;
  readonly text: string;
  readonly who?: string;
  readonly seconds?: number | null;
  readonly cause?: string;
}

export interface Call {
  readonly id: string;
  readonly organisation: string;
  readonly state: CallState;
  readonly since: number;
  readonly started: number;
  readonly answered?: number | null;
  readonly direction: string;
  readonly dialled: string;
  readonly dialled_name: string;
  readonly caller: { readonly number: string; readonly name: string; readonly internal: boolean };
  readonly reason: Reason;
  readonly path: readonly PathEntry[];
  readonly waiting_since: number | null;
  readonly operator: string;
  readonly offered_to: readonly string[];
  readonly legs: readonly Leg[];
  readonly parked_by: string;
  readonly held_by: string;
  readonly recall_for: string;
  /** When a parked call, or a held one of which its operator was reminded, goes back to the queue. */
  readonly returns_at?: number | null;
  readonly reminded?: boolean;
  readonly priority: number;
  readonly accepted_by?: string;
  /** Supervisors who listen in. */
  readonly listened_by?: readonly string[];
}

export type OperatorState = "off" | "ready" | "paused" | "offered" | "talking" | "listening";

export interface Operator {
  readonly id: string;
  readonly name: string;
  readonly organisations: readonly string[];
  readonly state: OperatorState;
  readonly since: number;
  readonly reason: string;
  readonly line_open: boolean;
  /** She wants her line open; it is, once her telephone has answered. */
  readonly line_wanted?: boolean;
  readonly phone: string;
  readonly phone_registered: boolean;
  readonly calls: readonly string[];
  readonly supervisor?: boolean;
  /** Organisations whose calls and operators she steers. */
  readonly supervises?: readonly string[];
  /** Organisations whose calls come to her now; `home` are those she is employed for. */
  readonly serves?: readonly string[];
  readonly home?: readonly string[];
  readonly calls_today?: number;
  /** The operator who is on a break because this one is there. */
  readonly relief_for?: string;
  /** Those who were to answer for her in her break and aren't there any more. */
  readonly relief_missing?: readonly string[];
  /** How long her pause may be, 0 for as long as she likes. */
  readonly pause_seconds?: number;
  /** The reinforcements for which she is asked. */
  readonly asked?: readonly { readonly organisation: string; readonly name: string; readonly since: number }[];
}

export interface Organisation {
  readonly id: string;
  readonly name: string;
  readonly language: string;
  readonly main_number: string;
  readonly welcome_phrase: string;
  /** In which callers hear everything. */
  readonly languages?: readonly string[];
  /** Seconds after which a call counts as long, as the policy says; null where it doesn't. */
  readonly talk_hint?: number | null;
  /** The announcement that callers who wait hear now, "" for none. */
  readonly callers_hear?: string;
  readonly surge?: null | { readonly since: number; readonly by: string };
  /** Whether a supervisor may listen in, and whether callers are told that somebody may. */
  readonly listening?: { readonly allowed: boolean; readonly notice: boolean };
}

/** What the switchboard has been told: letters sent out, a press release, temporary hours. `unread_by` are ids of operators. */
export interface Notice {
  readonly id: string;
  readonly organisation: string;
  readonly kind: string;
  readonly title: string;
  readonly text: string;
  /** What may be answered, to be read out. */
  readonly answer: string;
  readonly words: readonly string[];
  readonly unit: string;
  readonly people: readonly { readonly id: string; readonly name: string }[];
  /** Who answers meanwhile, in words. */
  readonly cover?: string;
  /** Where more can be read, "" for nowhere. */
  readonly link?: string;
  readonly from: number | string | null;
  readonly until: number | string | null;
  readonly unread_by: readonly string[];
  /** How often those who hadn't read it have been reminded. */
  readonly reminded?: number;
}

/** The collections that a client sees, by id. */
export interface Collections {
  readonly calls: Readonly<Record<string, Call>>;
  readonly operators: Readonly<Record<string, Operator>>;
  readonly organisations: Readonly<Record<string, Organisation>>;
  readonly notices: Readonly<Record<string, Notice>>;
}

export type CollectionName = keyof Collections;

export interface SnapshotFrame {
  /** An older hub tells of no notices. */
  readonly snapshot: Omit<Collections, "notices"> & Partial<Collections>;
  readonly me: string;
  readonly epoch: string;
  readonly n: number;
  readonly at: number;
}

export interface ResumedFrame {
  readonly resumed: true;
  readonly me: string;
  readonly epoch: string;
  readonly n: number;
  readonly at: number;
}

export type SetFrame = {
  [K in CollectionName]: {
    readonly n: number;
    readonly set: K;
    readonly id: string;
    readonly value: Collections[K][string];
  };
}[CollectionName];

export interface DelFrame {
  readonly n: number;
  readonly del: CollectionName;
  readonly id: string;
}

export interface HubError {
  readonly code: string;
  readonly title?: string;
  readonly detail?: string;
  readonly by?: string;
  /** The sentence with `{name}` where one of `fields` stands, as the catalogues of translations have it. */
  readonly text?: string;
  readonly fields?: Readonly<Record<string, string>>;
}

export interface AckFrame {
  readonly ack: number;
  readonly ok: boolean;
  readonly result?: unknown;
  readonly error?: HubError;
}

export interface ErrorFrame {
  readonly error: HubError;
}

export type StateFrame = SnapshotFrame | ResumedFrame | SetFrame | DelFrame;
export type Frame = StateFrame | AckFrame | ErrorFrame;

/** The hub's commands and their fields; `call` is a call's id, `to` a number or a person's id. */
export interface Commands {
  ready: { phone?: string };
  pause: { reason: string; relief?: string; hand_over?: string };
  log_off: { hand_over?: string };
  open_line: Record<string, never>;
  close_line: Record<string, never>;
  answer: { call: string; anew?: boolean };
  hold: { call: string };
  resume: { call: string };
  consult: { call: string; to: string; mobile?: boolean };
  complete: { call: string };
  return: { call: string };
  transfer: { call: string; to: string; exactly?: boolean; mobile?: boolean };
  park: { call: string };
  fetch: { call: string };
  hangup: { call: string };
  dial: { to: string; organisation: string; mobile?: boolean };
  hand_over: { call: string; to: string };
  take_over: { call: string };
  listen: { call: string };
  stop_listening: { call: string };
  assign: { operator: string; organisations: readonly string[] };
  join_surge: { organisation: string };
  decline_surge: { organisation: string };
  announce: { organisation: string; text: string } | { organisation: string; prompt: string };
  end_announcement: { organisation: string; callers: boolean };
  surge: { organisation: string };
  end_surge: { organisation: string };
  ping: Record<string, never>;
}

export type CommandName = keyof Commands;
