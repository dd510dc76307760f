/* The archive answers as one types: what the server would show for these words takes the place of the
 * results, the address follows. Without this script, or where a request fails, Enter asks as ever. */
"use strict";
(() => {
  const form = document.querySelector("form.find-big");
  const region = document.getElementById("ket-qua");
  const box = form?.querySelector("input[name=q]");
  if (!region || !box || !window.DOMParser) return;
  const PAUSE = 450; // ms without a key: slower than the names that are offered
  let timer;
  let request;
  let shown = box.value.trim();

  const address = () => {
    const asked = new URLSearchParams(new FormData(form));
    if (!asked.get("q").trim()) asked.delete("q");
    // Not `asked.size`: browsers from before 2023 know none and would ask for the whole archive.
    const question = asked.toString();
    return question ? `?${question}` : ".";
  };

  async function answer() {
    const typed = box.value.trim();
    if (typed === shown || typed.length === 1) return;
    request?.abort();
    request = new AbortController();
    const url = new URL(address(), location.href);
    try {
      const got = await fetch(url, { signal: request.signal, headers: { "X-As-Typed": "1" } });
      if (!got.ok) return;
      const page = new DOMParser().parseFromString(await got.text(), "text/html");
      const fresh = page.getElementById("ket-qua");
      if (!fresh || box.value.trim() !== typed) return;
      const open = [...region.querySelectorAll("details[open]")].map((one) => one.className);
      for (const one of fresh.querySelectorAll("details")) one.open ||= open.includes(one.className);
      region.replaceChildren(...fresh.childNodes);
      document.title = page.title;
      history.replaceState(null, "", url.pathname + url.search);
      shown = typed;
    } catch (error) {
      if (error.name !== "AbortError") shown = "";
    }
  }

  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(answer, PAUSE);
  };
  box.addEventListener("input", (event) => event.isComposing || later());
  box.addEventListener("compositionend", later);
})();
