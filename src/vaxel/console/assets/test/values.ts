// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/** Values for tests, complete, with what matters to a test overridden. */

import type { Call, Notice, Operator, Organisation } from "../src/protocol.ts";

export function call(id: string, over: Partial<Call> = {}): Call {
  return {
    id,
    organisation: "tana",
    state: "waiting",
    since: 100,
    started: 90,
    direction: "in",
    dialled: "4778000000",
    dialled_name: "Tana kommune",
    caller: { number: "46980319201", name: "", internal: false },
    reason: { code: "main_number", clause: "", text: "", person: "" },
    path: [],
    waiting_since: 95,
    operator: "",
    offered_to: [],
    legs: [],
    parked_by: "",
    held_by: "",
    recall_for: "",
    priority: 1,
    ...over,
  };
}

export function operator(id: string, over: Partial<Operator> = {}): Operator {
  return {
    id,
    name: id,
    organisations: ["tana"],
    state: "ready",
    since: 0,
    reason: "",
    line_open: false,
    phone: `op-${id}`,
    phone_registered: true,
    calls: [],
    ...over,
  };
}

export function organisation(id: string, over: Partial<Organisation> = {}): Organisation {
  return { id, name: id, language: "sv", main_number: "", welcome_phrase: "", ...over };
}

export function notice(id: string, over: Partial<Notice> = {}): Notice {
  return {
    id,
    organisation: "gnosjo",
    kind: "expected_calls",
    title: id,
    text: "",
    answer: "",
    words: [],
    unit: "",
    people: [],
    from: 100,
    until: null,
    unread_by: [],
    ...over,
  };
}

/** In place of `sessionStorage`. */
export class Memory {
  readonly #items = new Map<string, string>();
  get length(): number {
    return this.#items.size;
  }
  key(index: number): string | null {
    return [...this.#items.keys()][index] ?? null;
  }
  getItem(key: string): string | null {
    return this.#items.get(key) ?? null;
  }
  setItem(key: string, value: string): void {
    this.#items.set(key, value);
  }
  removeItem(key: string): void {
    this.#items.delete(key);
  }
}
