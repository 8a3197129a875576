// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/** The card of whom the search has chosen: it follows the choice a little later, and its absence hinders nothing. */

import { effect, signal } from "@preact/signals";

import type { App } from "./app.ts";
import { cardNews } from "./directory-words.ts";
import { type Card, covering, type Found } from "./people.ts";
import { numberIn } from "./words.ts";

/** While she moves through the results, only where she stays is asked for. */
const PAUSE = 120;
/** Who stays with one hears what the card adds to the row, which is being read out until then. */
const REST = 600;

export type CardStatus = "none" | "loading" | "there" | "failed";

export class Cards {
  readonly card = signal<Card | null>(null);
  readonly status = signal<CardStatus>("none");
  /** The number that may be given is shown large. */
  readonly telling = signal(false);
  readonly #app: App;
  #request: AbortController | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #saying: ReturnType<typeof setTimeout> | undefined;
  #loaded: Promise<void> = Promise.resolve();
  #of = "";
  /** Who covers, of whom one is chosen. */
  #others: readonly Found[] = [];

  constructor(app: App) {
    this.#app = app;
  }

  start(): void {
    effect(() => this.#follow(this.#app.search.chosen.value));
  }

  #follow(found: Found | null): void {
    const id = found?.id ?? "";
    if (id === this.#of) return;
    this.#of = id;
    clearTimeout(this.#timer);
    clearTimeout(this.#saying);
    this.#request?.abort();
    this.telling.value = false;
    this.card.value = null;
    this.status.value = found === null || id === "" ? "none" : "loading";
    if (found !== null && id !== "") this.#timer = setTimeout(() => this.#load(found), PAUSE);
  }

  #load(found: Found): void {
    this.#loaded = this.#ask(found);
  }

  async #ask(found: Found): Promise<void> {
    const request = new AbortController();
    this.#request = request;
    try {
      const call = this.#app.board.peek().mine?.id ?? "";
      const card = await this.#app.api.card(found, call, request.signal);
      if (request.signal.aborted) return;
      this.card.value = card;
      if (this.status.value !== "there") this.#saying = setTimeout(() => this.#say(card), REST);
      this.status.value = "there";
    } catch {
      if (!request.signal.aborted) this.status.value = "failed";
    }
  }

  #say(card: Card): void {
    const news = cardNews(card, this.#app.t, (digits) => numberIn(digits, card.organisation, this.#app.state.value));
    if (news !== "") this.#app.mention(news);
  }

  /** The card of what is chosen now, at once; null when nobody is chosen or it can't be had. */
  async settled(): Promise<Card | null> {
    const found = await this.#app.search.settled();
    if (found === null || found.id === "") return null;
    if (this.status.value === "loading") {
      clearTimeout(this.#timer);
      if (this.#request === null || this.#request.signal.aborted) this.#load(found);
      await this.#loaded;
    }
    return this.card.value?.id === found.id ? this.card.value : null;
  }

  /** Ask again, as after her absence was set. */
  again(): void {
    const found = this.#app.search.chosen.peek();
    if (found === null || found.id === "") return;
    this.#request?.abort();
    this.#load(found);
  }

  /** Say and show the number that a citizen may be given; a second time, put it away (AAB-37). */
  async tellNumber(): Promise<void> {
    const { t, telling, state } = this.#app;
    if (this.telling.value) {
      this.telling.value = false;
      return;
    }
    const card = await this.settled();
    if (card === null) return this.#app.tell(this.status.value === "failed" ? t.card_failed : t.choose_first, true);
    this.telling.value = true;
    const number = card.tell_number ?? "";
    telling.say(
      number === ""
        ? t.tell_none(card.name)
        : t.tell_number(card.name, numberIn(number, card.organisation, state.value)),
      false,
    );
  }

  /** To the one who covers for whom is chosen; once more, to the next of them (FAL-1). */
  async cover(): Promise<void> {
    const { t, search } = this.#app;
    const before = search.instead.value;
    const others = before === null ? await this.#covering() : this.#others;
    if (others === null) return;
    this.#others = others;
    const next = others[others.findIndex((one) => one.id === before?.id) + 1] ?? others[0];
    if (next === undefined) return this.#app.tell(t.cover_none, true);
    this.instead(next);
  }

  async #covering(): Promise<readonly Found[] | null> {
    const card = await this.settled();
    if (card !== null) return covering(card);
    this.#app.tell(this.status.value === "failed" ? this.#app.t.card_failed : this.#app.t.choose_first, true);
    return null;
  }

  /** Choose `found` in place of whom the search has chosen. */
  instead(found: Found): void {
    this.#app.search.instead.value = found;
    this.#app.say(this.#app.t.say_instead(found.name), false);
  }
}
