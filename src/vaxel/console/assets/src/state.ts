// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/** What the console knows of the world, made from the hub's frames alone: old state + changes = fresh snapshot. */

import type { Collections, StateFrame } from "./protocol.ts";

export interface State extends Collections {
  /** The operator at this console, "" before the first snapshot. */
  readonly me: string;
  readonly epoch: string;
  /** The last change seen: what the hub is asked to resume from. */
  readonly n: number;
}

export const empty: State = { calls: {}, operators: {}, organisations: {}, notices: {}, me: "", epoch: "", n: 0 };

/** The state after `frame`. Pure; returns `state` itself when the frame is older than what is known. */
export function apply(state: State, frame: StateFrame): State {
  if ("snapshot" in frame) {
    return { notices: {}, ...frame.snapshot, me: frame.me, epoch: frame.epoch, n: frame.n };
  }
  if ("resumed" in frame) {
    // The number in the greeting is where the hub stands; the changes up to it are still on their way. Taking it over
    // now would lose them if the line broke in between.
    return { ...state, me: frame.me, epoch: frame.epoch };
  }
  if (frame.n <= state.n) {
    return state;
  }
  if ("set" in frame) {
    return { ...state, n: frame.n, [frame.set]: { ...state[frame.set], [frame.id]: frame.value } };
  }
  const { [frame.id]: _gone, ...kept } = state[frame.del];
  return { ...state, n: frame.n, [frame.del]: kept };
}
