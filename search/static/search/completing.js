/* Completion as one types, for every search box (`form.find`). Without this script a box works as it
 * always did. Pattern: WAI-ARIA combobox with a listbox; the focus stays in the box. Words that are
 * shown come from the script's own data attributes. */
"use strict";
(() => {
  const words = document.currentScript.dataset;
  const PAUSE = 150; // ms without a key before the archive is asked
  const MOST = 8;
  let boxes = 0;

  function element(name, attributes = {}, text = "") {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.textContent = text;
    return made;
  }

  class Completion {
    constructor(form, input) {
      this.input = input;
      this.id = `goi-y-${(boxes += 1)}`;
      this.list = element("ul", { id: this.id, role: "listbox", class: "offers", "aria-label": words.list });
      this.list.hidden = true;
      this.said = element("p", { role: "status", class: "hidden" });
      form.append(this.list, this.said);
      for (const [name, value] of Object.entries({
        role: "combobox",
        autocomplete: "off",
        "aria-autocomplete": "list",
        "aria-expanded": "false",
        "aria-controls": this.id,
      })) input.setAttribute(name, value);
      this.offers = [];
      this.active = -1;
      this.asked = "";
      input.addEventListener("input", (event) => event.isComposing || this.later());
      input.addEventListener("compositionend", () => this.later());
      input.addEventListener("keydown", (event) => this.key(event));
      input.addEventListener("blur", () => this.close());
      // A press on the list must not take the focus from the box.
      this.list.addEventListener("mousedown", (event) => event.preventDefault());
      this.list.addEventListener("click", (event) => {
        const option = event.target.closest("[role=option]");
        if (option) this.go([...this.list.children].indexOf(option));
      });
    }

    later() {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.ask(), PAUSE);
    }

    async ask() {
      const typed = this.input.value;
      if (typed === this.asked && !this.list.hidden) return;
      this.request?.abort();
      this.asked = typed;
      if (!typed.trim()) return this.close();
      const request = (this.request = new AbortController());
      try {
        const address = `${words.url}?${new URLSearchParams({ q: typed, limit: MOST })}`;
        const answer = await fetch(address, { signal: request.signal });
        const found = answer.ok ? (await answer.json()).items : [];
        if (!request.signal.aborted && document.activeElement === this.input) this.show(found);
      } catch (error) {
        if (error.name !== "AbortError") this.close();
      }
    }

    show(offers) {
      this.offers = offers;
      this.list.replaceChildren(
        ...offers.map((offer, at) => {
          const option = element("li", { role: "option", id: `${this.id}-${at}`, "aria-selected": "false" });
          option.append(
            element("span", { class: "offer-label" }, offer.label),
            " ",
            element("span", { class: "offer-kind" }, words[offer.kind] ?? ""),
          );
          return option;
        }),
      );
      this.said.textContent = offers.length ? `${words.some} ${offers.length}` : words.none;
      this.move(-1);
      this.expand(offers.length > 0);
    }

    expand(open) {
      this.list.hidden = !open;
      this.input.setAttribute("aria-expanded", String(open));
    }

    close() {
      clearTimeout(this.timer);
      this.request?.abort();
      this.asked = "";
      this.said.textContent = "";
      this.move(-1);
      this.expand(false);
    }

    /* `at` of the offers is pointed to; -1: none, Enter asks what was typed. */
    move(at) {
      this.list.children[this.active]?.setAttribute("aria-selected", "false");
      this.active = at;
      const option = this.list.children[at];
      if (!option) return this.input.removeAttribute("aria-activedescendant");
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      this.input.setAttribute("aria-activedescendant", option.id);
    }

    go(at) {
      const address = new URL(this.offers[at].url, location.href);
      this.close();
      // The address may name another host of this same site.
      location.assign(address.pathname + address.search);
    }

    key(event) {
      if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
      const open = !this.list.hidden;
      const count = this.offers.length;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (!open) return this.ask();
        const step = event.key === "ArrowDown" ? 1 : -1;
        // One place more than offers: the box itself.
        this.move(((this.active + 1 + step + count + 1) % (count + 1)) - 1);
      } else if (event.key === "Escape" && open) {
        event.preventDefault();
        this.close();
      } else if (event.key === "Enter" && open && this.active >= 0) {
        event.preventDefault();
        this.go(this.active);
      } else if (event.key === "Enter") {
        this.close();
      }
    }
  }

  for (const form of document.querySelectorAll("form.find")) {
    const input = form.querySelector("input[name=q]");
    if (input) new Completion(form, input);
  }
})();
