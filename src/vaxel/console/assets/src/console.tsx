// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/** The operator's page: puts the views together and listens to the keys. */

import "../styles/console.css";

import { render } from "preact";

import { App, AppProvider } from "./app.ts";
import { boot, type ConsoleBoot } from "./boot.ts";
import { focusNow, focusSearch, SEARCH_ID } from "./focus.ts";
import { type Focus, type KeyAction, meaning } from "./keys.ts";
import { Bar, restoreAppearance, Told, Voice } from "./views/bar.tsx";
import { Help, PauseQuestion } from "./views/dialogs.tsx";
import { Find } from "./views/find.tsx";
import { Lists } from "./views/lists.tsx";
import { Mine } from "./views/mine.tsx";

function Console({ app }: { readonly app: App }) {
  return (
    <AppProvider value={app}>
      <a class="ds-skip-link" href={`#${SEARCH_ID}`}>
        {app.t.skip_to_search}
      </a>
      <Bar />
      <main class="desk">
        <Lists />
        <Mine />
        <Find />
        <Told />
      </main>
      <Voice />
      <Help />
      <PauseQuestion />
    </AppProvider>
  );
}

function toSearch(app: App, focus: Focus): void {
  if (app.telling.shown.value !== null) app.telling.dismiss();
  if (focus === "search") app.search.clear();
  focusSearch();
}

function listen(app: App): void {
  const acts: Readonly<Record<KeyAction, (focus: Focus) => void>> = {
    main: () => void app.work.main(),
    end: () => void app.work.end(),
    hold: () => void app.work.hold(),
    park: () => void app.work.park(),
    pause: () => void app.duty.turnPause(),
    note: () => app.messages.beginNote(),
    message: () => app.messages.begin(),
    mute: () => app.turnMute(),
    search: (focus) => toSearch(app, focus),
    help: () => (app.helpOpen.value = true),
  };
  // Before the focused element sees the key, so that it works wherever the focus is.
  window.addEventListener(
    "keydown",
    (event) => {
      const focus = focusNow();
      const action = meaning(event, focus);
      if (action === null || event.isComposing) return;
      const dialog = document.querySelector("dialog[open]") !== null;
      // In a dialog Escape closes it, and that is the browser's own doing.
      if (dialog && (action === "search" || action === "help")) return;
      event.preventDefault();
      event.stopPropagation();
      // A key that is held down must not answer and then end.
      if (!event.repeat) acts[action](focus);
    },
    { capture: true },
  );
}

const app = new App(boot<ConsoleBoot>());
restoreAppearance();
document.title = `${app.t.title} · Vaxel`;
const place = document.getElementById("console");
if (place === null) throw new Error("the page has no place for the console");
render(<Console app={app} />, place);
listen(app);
app.start();
