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

/** Linear light to OKLab (Ottosson 2020), in which lightness, hue and strength are what an eye sees. */
function toOklab([red, green, blue]: Rgb): Rgb {
  const l = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
  const m = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
  const s = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function fromOklab([lightness, a, b]: Rgb): Rgb {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}

/** The strongest colour of `colour`'s hue, no stronger than `strength`, that a screen can show at this lightness. */
function shown(colour: Rgb, lightness: number, strength: number): Rgb {
  const [, a, b] = toOklab(colour);
  const has = Math.hypot(a, b);
  let share = has === 0 ? 0 : Math.min(1, strength / has);
  for (;;) {
    const found = fromOklab([lightness, a * share, b * share]);
    if (share < 0.01) return fromOklab([lightness, 0, 0]);
    if (found.every((value) => value >= -0.0001 && value <= 1.0001)) return found;
    share *= 0.9;
  }
}

/** `colour`'s hue, as light as `wanted`. */
function toLuminance(colour: Rgb, wanted: number, strength = 1): Rgb {
  let [dark, light] = [0, 1];
  for (let step = 0; step < 24; step++) {
    const middle = (dark + light) / 2;
    if (luminance(shown(colour, middle, strength)) < wanted) dark = middle;
    else light = middle;
  }
  return shown(colour, (dark + light) / 2, strength);
}

/** Large surfaces are calm. */
const STRENGTH: Readonly<Record<string, number>> = {
  "background-default": 0.008,
  "background-tinted": 0.012,
  "surface-default": 0.012,
  "surface-tinted": 0.028,
  "surface-hover": 0.04,
  "surface-active": 0.055,
  "border-subtle": 0.06,
};

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
    hexOf(toLuminance(colour, dark ? night : light, STRENGTH[step])),
  ]);
  return Object.fromEntries([...steps, ["base-default", hexOf(base === own ? colour : toLuminance(colour, base))]]);
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
