// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/** The REST API that the page uses beside the hub: search, notes and messages. Errors are RFC 9457 problems. */

export interface Found {
  /** A person's id, or "" for a number that was typed. */
  readonly id: string;
  readonly name: string;
  readonly number: string;
  readonly organisation: string;
  readonly title?: string;
  readonly unit?: string;
  readonly tasks?: string;
  readonly email?: string;
}

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

  async search(words: string, signal: AbortSignal): Promise<readonly Found[]> {
    const query = new URLSearchParams({ q: words });
    const body = (await this.#ask(`directory/search?${query}`, { signal })) as { items: readonly Found[] };
    return body.items;
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
    return this.#ask(path, {
      method: "POST",
      body: JSON.stringify(body),
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
