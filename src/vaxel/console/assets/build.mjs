// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
// Bundles the pages' scripts and styles into ../static/console/build. Run by vaxel.console.assets_build.

import { rename, rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const target = here("../static/console/build");
const draft = `${target}.${process.pid}`;

await rm(draft, { recursive: true, force: true });
await build({
  absWorkingDir: here("."),
  entryPoints: {
    console: "src/console.tsx",
    citizen: "src/citizen.tsx",
    vaxel: "styles/vaxel.css",
  },
  outdir: draft,
  bundle: true,
  minify: true,
  sourcemap: "linked",
  legalComments: "linked",
  format: "esm",
  target: ["chrome120", "firefox121", "safari17"],
  jsx: "automatic",
  jsxImportSource: "preact",
  loader: { ".woff2": "file" },
  assetNames: "[name]",
  define: { global: "globalThis" },
});
// A reader of the folder sees the old files or the new ones, never half of each.
await rm(target, { recursive: true, force: true });
await rename(draft, target);
