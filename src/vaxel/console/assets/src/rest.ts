// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/** The REST API that the page uses beside the hub: the directory, messages and promises, absences, notices, keys. Errors are RFC 9457 problems. */

import type { Card, Found } from "./people.ts";
import type { Notice, Reason } from "./protocol.ts";

/** Whether every call to an organisation is proved to end well; null before the first proof. */
export interface Proof {
  readonly organisation: string;
  readonly proved: boolean | null;
  readonly counterexamples: readonly unknown[];
}

export interface MessageFields {
  readonly to: string;
  readonly caller_name: string;
  readonly caller_number: string;
  readonly matter: string;
  readonly call_back: boolean;
  readonly promised_at: string | null;
}

/** A promise that `person` (a person's id) or `operator` rings the caller back. */
export interface PromiseFields {
  readonly person?: string;
  readonly operator?: string;
  readonly number: string;
  readonly text: string;
  readonly promised: string | null;
}

export interface AbsenceFields {
  readonly reason: string;
  /** When she is back, null until further notice. */
  readonly end: string | null;
  readonly message: string;
}

/** One of today's calls from the same number. */
export interface EarlierCall {
  readonly id: string;
  readonly at: string;
  readonly dialled: string;
  readonly reason: Reason | string | null;
  readonly outcome: string;
  readonly person: string;
  readonly operator_name: string;
}

/** A message about this caller that isn't done. */
export interface OpenMessage {
  readonly id: number | string;
  readonly organisation?: string;
  readonly to_name: string;
  readonly caller_name?: string;
  readonly caller_number?: string;
  /** The operator who has promised to ring back herself. */
  readonly operator?: string;
  readonly matter: string;
  readonly taken_at?: string;
  readonly promised_at?: string | null;
}

/** What is known of a caller beside the call. */
export interface CallerHistory {
  readonly earlier?: readonly EarlierCall[];
  readonly messages?: readonly OpenMessage[];
  readonly promises?: readonly OpenMessage[];
  readonly notes?: readonly { readonly text: string }[];
}

/** How much is known of the caller of a call. */
export interface CallerCounts {
  readonly call: string;
  readonly earlier: number;
  readonly messages: number;
  readonly promises: number;
}

/** What may be answered to a question that is often asked (AAB-36). */
export interface Answer {
  readonly id: string;
  readonly organisation: string;
  readonly question: string;
  readonly text: string;
}

export interface Matching {
  readonly notices: readonly Notice[];
  readonly answers: readonly Answer[];
}

/** A request that was refused. `fields` says by field what is wrong, when the server told. */
export class Problem extends Error {
  readonly status: number;
  readonly fields: Readonly<Record<string, string>>;

  constructor(status: number, detail: string, fields: Readonly<Record<string, string>> = {}) {
    super(detail);
    this.name = "Problem";
    this.status = status;
    this.fields = fields;
  }
}

interface ProblemBody {
  readonly title?: string;
  readonly detail?: string;
  readonly errors?: readonly { readonly field?: string; readonly detail?: string }[];
}

export class Api {
  readonly #base: string;
  readonly #csrf: string;

  constructor(base: string, csrf: string) {
    this.#base = base;
    this.#csrf = csrf;
  }

  /** `organisation` is where the caller's call belongs, `call` the call itself: both only rank. "" for none. */
  async search(words: string, organisation: string, call: string, signal: AbortSignal): Promise<readonly Found[]> {
    const query = asked({ q: words, organisation, call, typing: TYPING });
    const body = (await this.#ask(`directory/search?${query}`, { signal })) as { items: readonly Found[] };
    return body.items;
  }

  async card(found: Found, call: string, signal: AbortSignal): Promise<Card> {
    const kinds = { person: "people", group: "groups", unit: "units" };
    const path = `directory/${kinds[found.kind ?? "person"]}/${encodeURIComponent(found.id)}`;
    return (await this.#ask(`${path}?${asked({ call })}`, { signal })) as Card;
  }

  async caller(call: string, signal: AbortSignal): Promise<CallerHistory> {
    return (await this.#ask(`calls/${encodeURIComponent(call)}/caller`, { signal })) as CallerHistory;
  }

  /** Of at most 50 calls; those that aren't in the database yet are missing. */
  async callers(calls: readonly string[]): Promise<readonly CallerCounts[]> {
    const query = new URLSearchParams(calls.map((call) => ["call", call]));
    return (await this.#ask(`calls/callers?${query}`, {})) as readonly CallerCounts[];
  }

  /** Whom I have promised to ring back myself, due first. */
  async promises(): Promise<readonly OpenMessage[]> {
    return (await this.#ask("me/promises", {})) as readonly OpenMessage[];
  }

  async messageDone(message: number | string): Promise<void> {
    await this.#post(`messages/${message}/done`, {});
  }

  /** Notices and prepared answers that a search or a call touches, the closest first. */
  async matching(words: string, call: string, signal: AbortSignal): Promise<Matching> {
    const body = (await this.#ask(`notices/matching?${asked({ q: words, call })}`, { signal })) as {
      readonly items: readonly (Omit<Notice, "from" | "until"> & { begins: string; ends: string | null })[];
      readonly answers: readonly Answer[];
    };
    // The hub names the times otherwise.
    return { notices: body.items.map((one) => ({ ...one, from: one.begins, until: one.ends })), answers: body.answers };
  }

  async acknowledge(notice: string): Promise<void> {
    await this.#post(`notices/${encodeURIComponent(notice)}/acknowledge`, {});
  }

  async callBack(call: string, fields: PromiseFields): Promise<void> {
    await this.#post(`calls/${encodeURIComponent(call)}/call-back`, fields);
  }

  async absent(person: string, fields: AbsenceFields): Promise<void> {
    await this.#post(`people/${encodeURIComponent(person)}/absences`, fields);
  }

  /** Every absence that is in force ends. */
  async back(person: string): Promise<void> {
    await this.#send("DELETE", `people/${encodeURIComponent(person)}/absences`);
  }

  async keepKeys(own: Readonly<Record<string, string>>): Promise<void> {
    await this.#send("PUT", "me/keys", { keys: own });
  }

  async proofs(): Promise<readonly Proof[]> {
    return (await this.#ask("proof", {})) as readonly Proof[];
  }

  async note(call: string, text: string): Promise<void> {
    await this.#post(`calls/${encodeURIComponent(call)}/note`, { text });
  }

  async message(call: string, fields: MessageFields): Promise<void> {
    await this.#post(`calls/${encodeURIComponent(call)}/message`, fields);
  }

  #post(path: string, body: unknown): Promise<unknown> {
    return this.#send("POST", path, body);
  }

  #send(method: string, path: string, body?: unknown): Promise<unknown> {
    return this.#ask(path, {
      method,
      body: body === undefined ? null : JSON.stringify(body),
      headers: { "Content-Type": "application/json", "X-CSRFToken": this.#csrf },
    });
  }

  async #ask(path: string, init: RequestInit): Promise<unknown> {
    const response = await fetch(`${this.#base}/${path}`, { credentials: "same-origin", ...init });
    const text = await response.text();
    if (!response.ok) throw problem(response.status, text);
    return text === "" ? null : JSON.parse(text);
  }
}

/** This page's search box: a search in it that has been superseded need not be carried out. */
const TYPING = Math.random().toString(36).slice(2);

/** A query without what isn't known. */
function asked(fields: Readonly<Record<string, string>>): URLSearchParams {
  return new URLSearchParams(Object.entries(fields).filter(([, value]) => value !== ""));
}

function problem(status: number, text: string): Problem {
  let body: ProblemBody = {};
  try {
    body = JSON.parse(text) as ProblemBody;
  } catch {
    // Not the API's own answer, as when a proxy in front of it speaks: the status has to do.
  }
  const fields = Object.fromEntries((body.errors ?? []).map((error) => [error.field ?? "", error.detail ?? ""]));
  return new Problem(status, body.detail ?? body.title ?? String(status), fields);
}
