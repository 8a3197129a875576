// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/**
 * Northern Sámi words in a Norwegian page are marked as what they are (WCAG 3.1.2), wherever they are shown: a speech synthesizer would
 * read them as Norwegian. Names that only programs hear (`aria-label`, `title`) can't be marked and stay Norwegian, and so do choices
 * of a list in which other words stand as well.
 */

import { type ComponentChild, Fragment, h, options, type VNode } from "preact";

import { catalogue } from "./catalogue.ts";
import { se } from "./se.ts";

type Props = Record<string, unknown>;

const norwegian = catalogue("nb");
const known = new Map(
  Object.entries(se).map(([key, word]) => [word as string, norwegian[key as keyof typeof norwegian] as string]),
);
/** The longest first: one may begin with another. No letters beside it, or it is part of a word of another language. */
const WORDS = [...known.keys()]
  .sort((a, b) => b.length - a.length)
  .map((word) => word.replace(/[?.]/g, "\\$&"))
  .join("|");
const WORD = new RegExp(`(?<!\\p{L})(${WORDS})(?!\\p{L})`, "u");
const NAMES = ["aria-label", "aria-description", "title", "placeholder"];
/** They hold a text and no elements. */
const TEXT_ONLY: ReadonlySet<unknown> = new Set(["option", "title", "textarea"]);

/** From now on every element is marked as it is made. */
export function markSami(): void {
  const before = options.vnode;
  options.vnode = (vnode) => {
    mark(vnode as VNode<Props>);
    before?.(vnode);
  };
}

function mark(vnode: VNode<Props>): void {
  const { type, props } = vnode;
  if ((typeof type !== "string" && type !== Fragment) || props.lang === "se") return;
  for (const name of NAMES) {
    const text = props[name];
    if (typeof text === "string") props[name] = text.split(WORD).map(inNorwegian).join("");
  }
  const { children } = props;
  if (TEXT_ONLY.has(type)) {
    if (typeof children !== "string") return;
    if (onlySami(children)) props.lang = "se";
    // What somebody has written herself stays.
    else if (type !== "textarea") props.children = children.split(WORD).map(inNorwegian).join("");
  } else if (typeof children === "string") {
    if (WORD.test(children)) props.children = marked(children);
  } else if (Array.isArray(children)) {
    props.children = children.map((child: unknown) =>
      typeof child === "string" && WORD.test(child) ? marked(child) : child,
    );
  }
}

/** Nothing but a word of Northern Sámi, and maybe figures and signs. */
function onlySami(text: string): boolean {
  return WORD.test(text) && !/\p{L}/u.test(text.replace(WORD, ""));
}

function inNorwegian(part: string): string {
  return known.get(part) ?? part;
}

/** `text` with its Northern Sámi words in elements of their own. */
function marked(text: string): ComponentChild {
  const parts = text.split(WORD).map((part) => (known.has(part) ? h("span", { lang: "se" }, part) : part));
  return h(Fragment, null, parts);
}
