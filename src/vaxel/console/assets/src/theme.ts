// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/**
 * A municipality's colour as a palette of Designsystemet. Each step has the luminance that the design system gives it, whatever the hue:
 * contrast depends on luminance alone, so that no colour that a municipality chooses can make its words hard to read. Pure.
 */

type Rgb = readonly [number, number, number];

/** Step of the palette → relative luminance (WCAG 2.2), in light and in dark. */
const STEPS: Readonly<Record<string, readonly [light: number, dark: number]>> = {
  "background-default": [1, 0.0088],
  "background-tinted": [0.8978, 0.0141],
  "surface-default": [1, 0.0211],
  "surface-tinted": [0.8103, 0.0266],
  "surface-hover": [0.6979, 0.0361],
  "surface-active": [0.5919, 0.0564],
  "border-subtle": [0.4992, 0.0801],
  "border-default": [0.1887, 0.2202],
  "border-strong": [0.11, 0.39],
  "text-subtle": [0.11, 0.39],
  "text-default": [0.0246, 0.8414],
  "base-hover": [0.0974, 0.308],
  "base-active": [0.0598, 0.4162],
  "base-contrast-subtle": [0.8877, 0.0055],
  "base-contrast-default": [1, 0],
};

/** White on the darkest of these, black on the lightest, and either against the page: more than 4.5 : 1. */
const BASE_LIGHT_AT_MOST = 0.17;
const BASE_DARK_AT_LEAST = 0.23;

/** `hex` as three channels of linear light, 0 to 1; null when it isn't a colour like `#0a5c8f`. */
export function parse(hex: string): Rgb | null {
  if (!/^#[0-9a-f]{6}$/i.test(hex)) return null;
  const channel = (at: number) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}

export function luminance([red, green, blue]: Rgb): number {
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** The contrast of two luminances, 1 to 21 (WCAG 2.2). */
export function contrast(one: number, other: number): number {
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}

/** `colour` made as light as `wanted`, by black or white mixed into it. */
function toLuminance(colour: Rgb, wanted: number): Rgb {
  const has = luminance(colour);
  const mix = (value: number) =>
    wanted <= has ? value * (has === 0 ? 0 : wanted / has) : value + (1 - value) * ((wanted - has) / (1 - has));
  return [mix(colour[0]), mix(colour[1]), mix(colour[2])];
}

function hexOf(colour: Rgb): string {
  const channel = (value: number) => {
    const shown = value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055;
    return Math.round(Math.min(1, Math.max(0, shown)) * 255)
      .toString(16)
      .padStart(2, "0");
  };
  return `#${channel(colour[0])}${channel(colour[1])}${channel(colour[2])}`;
}

/** Step → colour, as CSS writes it. */
export function palette(colour: Rgb, dark: boolean): Readonly<Record<string, string>> {
  const own = luminance(colour);
  const base = dark ? Math.max(own, BASE_DARK_AT_LEAST) : Math.min(own, BASE_LIGHT_AT_MOST);
  const steps = Object.entries(STEPS).map(([step, [light, night]]) => [
    step,
    hexOf(toLuminance(colour, dark ? night : light)),
  ]);
  return Object.fromEntries([...steps, ["base-default", hexOf(toLuminance(colour, base))]]);
}

function rule(selector: string, colours: Readonly<Record<string, string>>): string {
  const lines = Object.entries(colours).map(([step, value]) => `--ds-color-${step}:${value}`);
  return `${selector}{${lines.join(";")}}`;
}

const worn = new Set<string>();

/** Give the page the organisations' own colours. */
export function wear(colours: Readonly<Record<string, string>>): void {
  for (const [id, hex] of Object.entries(colours)) if (parse(hex) !== null) worn.add(id);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styleSheet(colours));
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}

const OTHERS = ["accent", "brand1", "brand2", "info", "neutral"] as const;

/** The colour by which an organisation is recognised, beside its name: its own, or one of the design system's. `ids`: all served. */
export function colourOf(id: string, ids: readonly string[]): string {
  if (worn.has(id)) return `own-${id}`;
  return OTHERS[Math.max(0, [...ids].sort().indexOf(id)) % OTHERS.length] ?? "neutral";
}

/** The style sheet by which `data-color="own-ID"` takes an organisation's colour. Colours that are none are left out. */
export function styleSheet(colours: Readonly<Record<string, string>>): string {
  return Object.entries(colours)
    .flatMap(([id, hex]) => {
      const colour = parse(hex);
      if (colour === null) return [];
      const chosen = `[data-color="own-${CSS.escape(id)}"]`;
      const night = palette(colour, true);
      return [
        rule(chosen, palette(colour, false)),
        rule(`[data-color-scheme="dark"] ${chosen}`, night),
        `@media (prefers-color-scheme: dark){${rule(`[data-color-scheme="auto"] ${chosen}`, night)}}`,
      ];
    })
    .join("\n");
}
