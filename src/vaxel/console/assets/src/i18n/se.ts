// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/**
 * Northern Sámi, as far as the words are beyond doubt; Norwegian stands for the rest. Nobody who speaks the language has read these yet
 * (`docs/northern-sami-console.md`): an operator chooses them herself.
 */

import type { Catalogue } from "./catalogue.ts";

export const se: Partial<Catalogue> = {
  search: "Oza",
  results: "Bohtosat",
  no_results: "Ii gávdnon mihkkege",
  number: "Nummir",
  unit: "Ovttadat",
  tasks: "Bargamušat",
  email: "E-poasta",
  answer: "Vástit",
  dial: "Riŋge",
  send: "Sádde",
  save: "Vurke",
  close: "Gidde",
  try_again: "Geahččal ođđasit",
  state_ready: "Gárvvis",
  ready: "Gárvvis",
  state_paused: "Boddu",
  pause: "Boddu",
  pause_break: "Boddu",
  pause_meeting: "Čoahkkin",
  log_out: "Logge olggos",
  settings: "Heivehusat",
  telephone: "Telefovdna",
  device_microphone: "Mikrofovdna",
  appearance_light: "Čuovgat",
  appearance_dark: "Seavdnjat",
  colleagues: "Bargoskihpárat",
  municipalities: "Gielddat",
  unknown_caller: "Amas nummir",
};
