// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/** Sound at a chosen loudspeaker, where the browser can choose (Safari can't: there it is the system's). */

interface Choosing {
  setSinkId(id: string): Promise<void>;
}

function canChoose(sink: object): sink is Choosing {
  return "setSinkId" in sink;
}

/** Whether this browser lets loudspeakers be chosen. */
export function speakersCanBeChosen(): boolean {
  return "setSinkId" in HTMLMediaElement.prototype;
}

/** Send what `sink` plays to the loudspeaker `id`, "" for the system's choice. A loudspeaker that has gone leaves it where it was. */
export async function playAt(sink: HTMLMediaElement | AudioContext, id: string): Promise<void> {
  if (!canChoose(sink)) return;
  try {
    await sink.setSinkId(id);
  } catch {
    // Pulled out in this moment: `devicechange` brings the next choice.
  }
}
