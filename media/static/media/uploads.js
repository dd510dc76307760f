/* The page “Tải ảnh lên”: rows of pictures being sent, then their texts to fill in. */
"use strict";

(() => {
  const place = document.querySelector("[data-sending]");
  const setup = JSON.parse(document.getElementById("sending-setup").textContent);
  const words = document.getElementById("sending-words").dataset;
  const list = place.querySelector("[data-list]");
  const all = place.querySelector("[data-all]");
  const rows = [];
  let running = false;
  let done = 0;

  class Row {
    constructor(name, size, file, url, offset) {
      Object.assign(this, { name, size, file, url });
      this.element = document.getElementById("sending-row").content.firstElementChild.cloneNode(true);
      this.bar = this.find("progress");
      this.find(".sending-name").textContent = name;
      this.find("[data-again]").onclick = () => again();
      this.find("[data-drop]").onclick = () => this.drop();
      this.show(offset || 0);
      list.append(this.element);
      rows.push(this);
    }

    find(selector) {
      return this.element.querySelector(selector);
    }

    show(bytes) {
      this.bar.value = this.size ? (100 * bytes) / this.size : 0;
      return Math.floor(this.bar.value);
    }

    say(text, state) {
      this.find(".sending-state").textContent = text;
      if (state) this.element.dataset.state = state;
      this.find("[data-again]").hidden = state !== "stopped";
    }

    wait() {
      this.sending = new tus.Sending(setup, this.file, this.url, finishBody, (state, value) => {
        if (state === "sending") this.say(words.sending.replace("%s", this.show(value)), state);
        else this.say(words[state], state);
      });
      this.say(words.waiting, "waiting");
    }

    async run() {
      try {
        const answer = await this.sending.run();
        this.show(this.size);
        this.say(words.done, "done");
        this.fill(answer.form);
        done += 1;
      } catch (problem) {
        if (!(problem instanceof tus.Refused)) throw problem;
        if (this.sending.dropped) return;
        this.url = this.sending.url;
        const session = problem.status === 403;
        this.say(
          session ? words.login : problem.message || words.failed,
          problem.retry ? "stopped" : "refused",
        );
        if (session) this.find(".sending-state").append(" ", link(setup.login, words.loginLink));
      }
    }

    fill(html) {
      this.find(".sending-form").innerHTML = html;
      this.find("[data-drop]").hidden = true;
      const form = this.find("form");
      form.onsubmit = (event) => {
        event.preventDefault();
        save(this);
      };
      form.querySelector("[data-delete]").onclick = (event) => remove(this, event.target.dataset.delete);
      refresh();
    }

    async drop() {
      if (this.sending) await this.sending.drop();
      else if (this.url) await tus.send(setup, "DELETE", this.url, { headers: { "Tus-Resumable": "1.0.0" } });
      this.end(words.dropped);
    }

    end(text) {
      this.find(".sending-form").replaceChildren();
      for (const button of this.element.querySelectorAll("button")) button.hidden = true;
      this.bar.hidden = true;
      this.say(text, "ended");
      refresh();
    }
  }

  function link(href, text) {
    return Object.assign(document.createElement("a"), { href, textContent: text, target: "_blank" });
  }

  function finishBody() {
    const data = new FormData();
    const collection = place.querySelector("[data-collection]");
    if (collection) data.set("collection", collection.value);
    return data;
  }

  /** One after another: a slow line is fastest so. */
  async function work() {
    if (running) return;
    running = true;
    for (let row; (row = rows.find((one) => one.element.dataset.state === "waiting")); ) {
      await row.run();
    }
    running = false;
    if (done) place.querySelector("[data-whole]").textContent = words.whole.replace("%s", done);
  }

  function again() {
    for (const row of rows) if (row.element.dataset.state === "stopped") row.wait();
    work();
  }

  function choose(files) {
    for (const file of files) {
      const url = tus.memory.get(tus.memory.key(setup.user, file));
      const known = url && rows.find((row) => row.url === url && row.element.dataset.state === "left");
      const row = known || new Row(file.name, file.size, file, null, 0);
      row.file = file;
      row.wait();
    }
    work();
  }

  async function save(row) {
    const form = row.find("form");
    const data = new FormData(form);
    const answer = await tus.send(setup, "POST", form.action, { body: data });
    const told = answer.json();
    if (answer.status === 200 && told.success) row.end(words.saved);
    else if (answer.status === 200 && told.form) row.fill(told.form);
    else row.say(answer.status === 403 ? words.login : words.unsaved);
  }

  async function remove(row, url) {
    if (!window.confirm(words.delete)) return;
    const answer = await tus.send(setup, "POST", url, { body: new FormData() });
    if (answer.status === 200) row.end(words.deleted);
    else row.say(answer.json().error_message || words.failed);
  }

  const open = () => rows.filter((row) => row.find(".sending-form form"));

  function refresh() {
    all.hidden = open().length < 2;
  }

  place.querySelector("[data-save-all]").onclick = async () => {
    for (const row of open()) await save(row);
  };
  for (const input of place.querySelectorAll("[data-choose]")) {
    input.onchange = () => {
      choose([...input.files]);
      input.value = "";
    };
  }
  place.addEventListener("dragover", (event) => event.preventDefault());
  place.addEventListener("drop", (event) => {
    event.preventDefault();
    choose([...event.dataTransfer.files]);
  });
  window.addEventListener("offline", () => {
    for (const row of rows) {
      if (row.element.dataset.state === "sending") row.say(words.offline);
    }
  });
  window.addEventListener("beforeunload", (event) => {
    if (running) event.preventDefault();
  });

  for (const left of setup.uploads) {
    const row = new Row(left.name, left.size, null, left.url, left.offset);
    if (left.offset === left.size) row.wait();
    else row.say(words.choose.replace("%s", row.show(left.offset)), "left");
  }
  work();
})();
