// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2

import assert from "node:assert/strict";
import { test } from "node:test";

import type { Found } from "../src/people.ts";
import type { Api } from "../src/rest.ts";
import { Search } from "../src/search.ts";

const found = (...ids: string[]) => ids.map((id) => ({ id, name: id, number: "1", organisation: "gnosjo" }) as Found);

/** Answers when it is told to. */
class Slow {
  readonly #asked: ((found: readonly Found[]) => void)[] = [];

  search(): Promise<readonly Found[]> {
    return new Promise((resolve) => this.#asked.push(resolve));
  }

  async answer(...ids: string[]): Promise<void> {
    while (this.#asked.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    this.#asked.shift()?.(found(...ids));
    await new Promise((resolve) => setTimeout(resolve));
  }
}

function begun(): [Search, Slow] {
  const api = new Slow();
  const search = new Search(
    api as unknown as Api,
    () => ({ organisation: "", call: "" }),
    () => "",
    ["112"],
  );
  return [search, api];
}

test("an answer that comes late leaves the choice where it was", async () => {
  const [search, api] = begun();
  search.type("sam");
  await api.answer("p11", "p12");
  search.type("samh");
  search.move(1);
  await api.answer("p12", "p11");
  assert.equal(search.chosen.value?.id, "p12");
});

test("whoever typed again chooses anew", async () => {
  const [search, api] = begun();
  search.type("sam");
  await api.answer("p11", "p12");
  search.move(1);
  search.type("samh");
  await api.answer("p11", "p12");
  assert.equal(search.chosen.value?.id, "p11");
});

test("an emergency number stands first, at once, whatever else bears it", async () => {
  const [search, api] = begun();
  search.type("112");
  assert.equal((await search.settled())?.number, "112");
  await api.answer("p11");
  assert.deepEqual(
    search.found.value.map((one) => one.id),
    ["", "p11"],
  );
  assert.equal(search.chosen.value?.number, "112");
});
