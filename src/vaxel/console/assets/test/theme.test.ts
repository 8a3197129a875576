// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
import assert from "node:assert/strict";
import { test } from "node:test";

import { contrast, luminance, palette, parse } from "../src/theme.ts";

/** From everywhere in the cube of colours: the corners, the middles, and some that municipalities really have. */
const COLOURS = [
  ...["00", "80", "ff"].flatMap((r) =>
    ["00", "80", "ff"].flatMap((g) => ["00", "80", "ff"].map((b) => `#${r}${g}${b}`)),
  ),
  "#ffcd00",
  "#c8102e",
  "#0a5c8f",
  "#f5f5dc",
  "#111111",
];

function lightness(hex: string): number {
  const colour = parse(hex);
  assert.ok(colour !== null, `${hex} is no colour`);
  return luminance(colour);
}

for (const dark of [false, true]) {
  test(`whatever colour a municipality chooses, its words can be read in ${dark ? "dark" : "light"}`, () => {
    for (const chosen of COLOURS) {
      const colours = palette(parse(chosen) ?? [0, 0, 0], dark);
      const between = (one: string, other: string) =>
        contrast(lightness(colours[one] ?? ""), lightness(colours[other] ?? ""));
      for (const ground of ["background-default", "background-tinted", "surface-default", "surface-tinted"]) {
        assert.ok(between("text-default", ground) >= 7, `${chosen}: text on ${ground}`);
        assert.ok(between("text-subtle", ground) >= 4.5, `${chosen}: subtle text on ${ground}`);
        assert.ok(between("border-default", ground) >= 3, `${chosen}: border on ${ground}`);
      }
      for (const base of ["base-default", "base-hover", "base-active"]) {
        assert.ok(between("base-contrast-default", base) >= 4.5, `${chosen}: words on ${base}`);
        assert.ok(between(base, "surface-default") >= 3, `${chosen}: ${base} on the page`);
      }
    }
  });
}

test("a colour that is dark enough stays itself", () => {
  assert.equal(palette(parse("#0a5c8f") ?? [0, 0, 0], false)["base-default"], "#0a5c8f");
});

test("what isn't a colour is none", () => {
  for (const text of ["", "red", "#fff", "#12345", "#1234567", "url(x)", "#12345g"]) assert.equal(parse(text), null);
});
