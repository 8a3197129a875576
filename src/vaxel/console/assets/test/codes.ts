// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/** The domain's codes, as `tests/console/test_codes.py` compares them with the domain: a new one must get words. */

import { readFileSync } from "node:fs";

const LINES = readFileSync(new URL("./codes.txt", import.meta.url), "utf8").split("\n");

export function codes(kind: string): readonly string[] {
  return LINES.filter((line) => line.startsWith(`${kind} `)).map((line) => line.slice(kind.length + 1));
}
