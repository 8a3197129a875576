# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""A browser phone in the page of a double: nobody where it registers, or an engine of a few lines that rings it once.

``window.rings()`` has the telephone answer by itself, as the controller does; ``window.rings(false)`` only rings, as the engine does
while the controller is away.
"""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.hub import Hub

MICROPHONE = """
window.microphone = "NAME";
const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
navigator.mediaDevices.getUserMedia = async wanted => {
  if (window.microphone) throw new DOMException("", window.microphone);
  window.opened = await open(wanted);
  return window.opened;
};
"""
"""A microphone that can't be opened, with the name of the error; "" for one that can (then it is ``window.opened``)."""

ENGINE = """
const Original = window.WebSocket;
window.WebSocket = class extends EventTarget {
  static OPEN = 1;
  OPEN = 1;
  constructor(url, ...rest) {
    super();
    if (!url.endsWith("/ws")) return new Original(url, ...rest);
    this.readyState = 0;
    this.protocol = "sip";
    window.rings = (ordered = true) => this.ring(ordered);
    setTimeout(() => { this.readyState = 1; this.onopen?.(new Event("open")); });
  }
  close() {}
  send(text) {
    if (!text.startsWith("REGISTER")) return this.answered?.(text);
    const keep = text.split("\\r\\n").filter(line => /^(Via|From|To|Call-ID|CSeq|Contact):/.test(line));
    this.user = /Contact: <([^>]*)>/.exec(text)[1];
    this.tell([STATUS, ...keep, "Expires: 60", "Content-Length: 0", "", ""]);
  }
  tell(lines) {
    setTimeout(() => this.onmessage?.({ data: lines.join("\\r\\n") }));
  }
  async ring(ordered) {
    const far = new RTCPeerConnection();
    far.addTransceiver("audio");
    await far.setLocalDescription(await far.createOffer());
    const of = branch => [
      `Via: SIP/2.0/WS engine.invalid;branch=z9hG4bK${branch}`, "From: <sip:46701740605@engine.invalid>;tag=e", "Call-ID: c1"];
    this.answered = async text => {
      if (!text.startsWith("SIP/2.0 200")) return;
      this.tell([`ACK ${this.user} SIP/2.0`, ...of(2), /^To: .*$/m.exec(text)[0].trim(), "CSeq: 1 ACK", "Content-Length: 0", "", ""]);
      await far.setRemoteDescription({ type: "answer", sdp: text.slice(text.indexOf("\\r\\n\\r\\n") + 4) });
    };
    this.tell([
      `INVITE ${this.user} SIP/2.0`, ...of(1), "To: <sip:eva@engine.invalid>", "CSeq: 1 INVITE", "Max-Forwards: 70",
      "Contact: <sip:engine@engine.invalid;transport=ws>",
      ...ordered ? ["Call-Info: <sip:engine@engine.invalid>;answer-after=0"] : [],
      "Content-Type: application/sdp", `Content-Length: ${far.localDescription.sdp.length}`, "", far.localDescription.sdp]);
  }
};
"""
REGISTERED, REFUSED = "SIP/2.0 200 OK", "SIP/2.0 403 Forbidden"


def with_phone(hub: Hub, page: Page, microphone: str = "", engine: str = "") -> None:
    """Load the page anew with a browser phone. ``engine``: what it answers to a REGISTER; without it there is none."""
    hub.sip = {"url": "ws://127.0.0.1:9/ws", "user": "eva", "password": "-", "name": "Eva"}
    page.context.grant_permissions(["microphone"])
    page.add_init_script(MICROPHONE.replace("NAME", microphone))
    if engine:
        page.add_init_script(ENGINE.replace("STATUS", f'"{engine}"'))
    page.reload()
    expect(page.get_by_text("Eva Lind")).to_be_visible()
    if not microphone:
        page.wait_for_function("window.opened")
