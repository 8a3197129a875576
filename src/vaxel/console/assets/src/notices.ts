// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/** What the switchboard has been told: unread first, and by itself beside the search or the call that it concerns. */

import { batch, computed, effect, type ReadonlySignal, signal } from "@preact/signals";

import type { App } from "./app.ts";
import type { Notice } from "./protocol.ts";
import type { Answer, Matching } from "./rest.ts";
import { Sending } from "./sending.ts";

/** She is still typing: a search is looked at when it rests. */
const PAUSE = 250;

/** A moment of a notice in seconds since the epoch; null for no limit. */
export function momentOf(value: number | string | null | undefined): number | null {
  if (value === null || value === undefined || value === "") return null;
  return typeof value === "number" ? value : Date.parse(value) / 1000;
}

/** Those of `notices` that hold at `now`, what `me` hasn't read first, then the newest. */
export function inForce(notices: Iterable<Notice>, me: string, now: number): readonly Notice[] {
  const read = (notice: Notice) => Number(!notice.unread_by.includes(me));
  return [...notices]
    .filter((notice) => (momentOf(notice.until) ?? Infinity) > now)
    .sort((a, b) => read(a) - read(b) || (momentOf(b.from) ?? 0) - (momentOf(a.from) ?? 0) || (a.id < b.id ? -1 : 1));
}

export class Notices {
  readonly open = signal(false);
  readonly all: ReadonlySignal<readonly Notice[]>;
  readonly unread: ReadonlySignal<readonly Notice[]>;
  /** Those that touch the search or the call. */
  readonly touching = signal<readonly Notice[]>([]);
  readonly answers = signal<readonly Answer[]>([]);
  readonly sending: Sending;
  readonly #app: App;
  readonly #minute: ReadonlySignal<number>;
  #request: AbortController | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asked = "";
  #said = new Set<string>();
  #saidFor = "";
  /** How often the hub had reminded of each notice when it was last looked at. */
  readonly #reminded = new Map<string, number>();

  constructor(app: App) {
    this.#app = app;
    this.sending = new Sending(app);
    this.#minute = computed(() => Math.floor(app.now.value / 60) * 60);
    this.all = computed(() => inForce(Object.values(app.state.value.notices), app.state.value.me, this.#minute.value));
    this.unread = computed(() => this.all.value.filter((one) => one.unread_by.includes(app.state.value.me)));
  }

  start(): void {
    effect(() => {
      const { mine, offered } = this.#app.board.value;
      const { status, words } = this.#app.search;
      if (status.value === "searching") return;
      this.#look(words.value.trim(), (mine ?? offered[0])?.id ?? "");
    });
    effect(() => this.#remind(this.unread.value));
  }

  /** What I haven't read is said again whenever the hub reminds of it. */
  #remind(unread: readonly Notice[]): void {
    const due = unread.filter(({ id, reminded = 0 }) => reminded > (this.#reminded.get(id) ?? reminded));
    for (const { id, reminded = 0 } of unread) this.#reminded.set(id, reminded);
    if (due.length > 0) this.#app.say(this.#app.t.say_notices(due.map((notice) => notice.title).join(". ")), false);
  }

  #look(words: string, call: string): void {
    const asked = words !== "" || call !== "" ? `${call} ${words}` : "";
    if (asked === this.#asked) return;
    this.#asked = asked;
    clearTimeout(this.#timer);
    this.#request?.abort();
    if (asked === "") this.#show({ notices: [], answers: [] });
    else this.#timer = setTimeout(() => void this.#ask(words, call), PAUSE);
  }

  async #ask(words: string, call: string): Promise<void> {
    const request = new AbortController();
    this.#request = request;
    try {
      const found = await this.#app.api.matching(words, call, request.signal);
      if (request.signal.aborted) return;
      this.#show(found);
      this.#say([...found.notices, ...found.answers.map(({ id, question }) => ({ id, title: question }))], call);
    } catch {
      // The list of notices stays where it is; a search and a call don't wait for it.
      if (!request.signal.aborted) this.#show({ notices: [], answers: [] });
    }
  }

  #show({ notices, answers }: Matching): void {
    batch(() => {
      this.touching.value = notices;
      this.answers.value = answers;
    });
  }

  /** Once a call and notice: what was said stays on the page. */
  #say(found: readonly { readonly id: string; readonly title: string }[], call: string): void {
    if (call !== this.#saidFor) this.#said = new Set();
    this.#saidFor = call;
    const news = found.filter((notice) => !this.#said.has(notice.id));
    for (const notice of news) this.#said.add(notice.id);
    if (news.length > 0) this.#app.mention(this.#app.t.say_notices(news.map((notice) => notice.title).join(". ")));
  }

  isUnread(notice: Notice): boolean {
    const known = this.#app.state.value.notices[notice.id] ?? notice;
    return known.unread_by.includes(this.#app.state.value.me);
  }

  /** I have read it; the hub tells everybody. */
  async acknowledge(notice: Notice): Promise<void> {
    await this.sending.try(() => this.#app.api.acknowledge(notice.id));
  }
}
