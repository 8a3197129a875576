// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2

// Whoever was logged in here has logged out: what she was writing is about people, and not for who comes next. Consoles in other tabs
// throw away theirs when they hear it (console/assets/src/drafts.ts).

for (const key of Object.keys(sessionStorage)) {
  if (key.startsWith("vaxel.drafts.")) sessionStorage.removeItem(key);
}
// Kept as a bookmark, or loaded anew once a session has expired, it is the page of who logs in.
history.replaceState(null, "", location.pathname);
new BroadcastChannel("vaxel.session").postMessage("logged_out");
