/* Beside a story: listen by the browser's own voice, hand on, print. Each button shows only where the
 * browser can do it; nothing is asked of any server. */
"use strict";
(() => {
  const tools = document.querySelector(".tools");
  const text = document.getElementById("bai");
  if (!tools || !text) return;
  tools.hidden = false;

  document.getElementById("in").addEventListener("click", () => window.print());

  const hand = document.getElementById("gui");
  if (navigator.share) {
    hand.parentElement.hidden = false;
    const url = document.querySelector("link[rel=canonical]")?.href ?? location.href;
    hand.addEventListener("click", () => {
      navigator.share({ title: document.querySelector("h1").textContent, url }).catch(() => {});
    });
  }

  const listen = document.getElementById("nghe");
  const speech = window.speechSynthesis;
  if (!speech || !window.SpeechSynthesisUtterance) return;
  const LONGEST = 220; // letters: some voices stop in the middle of longer pieces
  let voice = null;
  let turn = 0;

  function pieces() {
    const found = [];
    const parts = [...document.querySelectorAll("h1, .sapo"), ...text.querySelectorAll("p, h2, li, dt, dd")];
    for (const part of parts) {
      let piece = "";
      for (const sentence of part.textContent.trim().split(/(?<=[.!?…;:,])\s+/)) {
        if (piece && piece.length + sentence.length > LONGEST) {
          found.push(piece);
          piece = "";
        }
        piece += `${piece ? " " : ""}${sentence}`;
      }
      if (piece) found.push(piece);
    }
    return found;
  }

  function show(speaking) {
    listen.setAttribute("aria-pressed", String(speaking));
    listen.querySelector("span").textContent = speaking ? listen.dataset.stop : listen.dataset.start;
  }

  function stop() {
    turn += 1;
    speech.cancel();
    show(false);
  }

  function speak(rest, mine) {
    if (mine !== turn) return;
    if (!rest.length) return show(false);
    const said = new SpeechSynthesisUtterance(rest[0]);
    said.lang = "vi-VN";
    said.voice = voice;
    said.onend = () => speak(rest.slice(1), mine);
    said.onerror = () => mine === turn && stop();
    speech.speak(said);
  }

  function look() {
    voice = speech.getVoices().find((one) => /^vi([-_]|$)/i.test(one.lang)) ?? null;
    listen.parentElement.hidden = !voice;
  }

  look();
  speech.addEventListener?.("voiceschanged", look);
  listen.addEventListener("click", () => {
    if (listen.getAttribute("aria-pressed") === "true") return stop();
    turn += 1;
    show(true);
    speak(pieces(), turn);
  });
  window.addEventListener("pagehide", () => speech.cancel());
})();
