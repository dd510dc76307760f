/* Sends one file by tus 1.0.0: in parts, from where the server is, as often as the line breaks. */
"use strict";

(() => {
  const PART = 256 * 1024; // bytes; what a broken line costs at most, where a proxy collects bodies
  const PATIENCE = 120_000; // ms that one part may take
  const PAUSES = [1, 2, 4, 8, 15, 30]; // seconds before trying again
  const AGAIN = new Set([0, 408, 409, 423, 429, 460, 500, 502, 503, 504]);

  /** No way on without a person: `words` to show; `retry` when trying again may help. */
  class Refused extends Error {
    constructor(status, words, retry) {
      super(words || "");
      Object.assign(this, { status, retry });
    }
  }

  function cookie(name) {
    const found = document.cookie.split("; ").find((one) => one.startsWith(`${name}=`));
    return found ? decodeURIComponent(found.slice(name.length + 1)) : "";
  }

  /** Answers `{status, header(name), json()}`; status 0 when no answer came. */
  function send(setup, method, url, { headers = {}, body = null, onProgress, signal } = {}) {
    return new Promise((resolve) => {
      const request = new XMLHttpRequest();
      const answer = () =>
        resolve({
          status: request.status,
          header: (name) => request.getResponseHeader(name),
          json: () => {
            try {
              return JSON.parse(request.responseText);
            } catch {
              return {};
            }
          },
        });
      request.open(method, url);
      request.timeout = PATIENCE;
      const fixed = { "X-Requested-With": "XMLHttpRequest", "X-CSRFToken": cookie(setup.cookie) };
      for (const [name, value] of Object.entries({ ...fixed, ...headers })) {
        request.setRequestHeader(name, value);
      }
      // A phone that loses its line may leave a request hanging until its time is over.
      const stop = () => request.abort();
      window.addEventListener("offline", stop);
      request.onloadend = () => {
        window.removeEventListener("offline", stop);
        answer();
      };
      if (onProgress) request.upload.onprogress = (event) => onProgress(event.loaded);
      signal?.addEventListener("abort", stop);
      request.send(body);
    });
  }

  function encoded(text) {
    return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
  }

  /** A file that was chosen again after a reload is the same by name, size and time of change. */
  const memory = {
    key: (user, file) => `tai-anh:${user}:${file.name}|${file.size}|${file.lastModified}`,
    get: (key) => attempt(() => localStorage.getItem(key)),
    set: (key, url) => attempt(() => localStorage.setItem(key, url)),
    drop: (key) => attempt(() => localStorage.removeItem(key)),
  };

  function attempt(act) {
    try {
      return act();
    } catch {
      return null; // private mode, or a full store: then only this page remembers
    }
  }

  class Sending {
    /** `tell(state, value)`: waiting, sending (bytes), finishing, offline, slow. */
    constructor(setup, file, url, finishBody, tell) {
      Object.assign(this, { setup, file, url, finishBody, tell });
      this.key = file && memory.key(setup.user, file);
      this.url ||= this.key && memory.get(this.key);
      this.offset = null;
      this.tries = 0;
      this.stopper = new AbortController();
    }

    /** The server's answer to the finished picture. Throws Refused. */
    async run() {
      for (;;) {
        if (this.dropped) throw new Refused(0, "", false);
        try {
          if (this.offset === null) await this.begin();
          while (this.offset !== null && this.offset < this.size) await this.part();
          const answer = this.offset === null ? null : await this.finish();
          if (answer) return answer;
        } catch (problem) {
          if (problem instanceof Refused) throw problem;
          this.offset = null;
          await this.pause(problem);
        }
      }
    }

    get size() {
      return this.file ? this.file.size : this.offset;
    }

    /** Passes what is fine; throws the status to try again, or Refused. */
    check(answer, ...fine) {
      if (fine.includes(answer.status)) return answer;
      if (AGAIN.has(answer.status)) throw answer.status;
      const told = answer.json();
      throw new Refused(answer.status, told.error_message, answer.status === 403 || told.kept);
    }

    tus(method, url, { headers, ...rest } = {}) {
      const all = { "Tus-Resumable": "1.0.0", ...headers };
      return send(this.setup, method, url, { ...rest, headers: all, signal: this.stopper.signal });
    }

    async begin() {
      if (this.url) {
        const found = this.check(await this.tus("HEAD", this.url), 200, 404, 410);
        if (found.status === 200) {
          this.offset = Number(found.header("Upload-Offset"));
          return;
        }
        this.forget();
        if (!this.file) throw new Refused(410, "", false);
      }
      const headers = {
        "Upload-Length": String(this.file.size),
        "Upload-Metadata": `filename ${encoded(this.file.name)}`,
      };
      const made = this.check(await this.tus("POST", this.setup.tus, { headers }), 201);
      this.url = made.header("Location");
      this.offset = 0;
      memory.set(this.key, this.url);
    }

    async part() {
      const from = this.offset;
      this.tell("sending", from);
      const answer = await this.tus("PATCH", this.url, {
        headers: { "Content-Type": "application/offset+octet-stream", "Upload-Offset": String(from) },
        body: this.file.slice(from, from + PART),
        onProgress: (sent) => this.tell("sending", Math.min(from + sent, this.size)),
      });
      if (answer.status === 404 || answer.status === 410) {
        this.forget();
        this.offset = null;
        return;
      }
      this.offset = Number(this.check(answer, 204).header("Upload-Offset"));
      this.tries = 0;
    }

    async finish() {
      this.tell("finishing");
      const answer = await send(this.setup, "POST", `${this.url}xong/`, { body: this.finishBody() });
      if (answer.status === 200) {
        this.forget(true);
        return answer.json();
      }
      if (answer.status === 422 && !answer.json().kept) this.forget();
      this.check(answer);
      return null;
    }

    async drop() {
      this.dropped = true;
      this.stopper.abort();
      if (this.url) await send(this.setup, "DELETE", this.url, { headers: { "Tus-Resumable": "1.0.0" } });
      this.forget();
    }

    forget(keepAddress) {
      if (this.key) memory.drop(this.key);
      if (!keepAddress) this.url = null;
    }

    /** Until the back-off is over; while offline, until the line is back. */
    async pause(status) {
      const offline = status === 0 || !navigator.onLine;
      this.tell(offline ? "offline" : "slow");
      const seconds = PAUSES[Math.min(this.tries++, PAUSES.length - 1)];
      await new Promise((resolve) => {
        const timer = navigator.onLine ? setTimeout(resolve, seconds * 1000) : null;
        this.stopper.signal.addEventListener("abort", resolve, { once: true });
        window.addEventListener("online", () => { clearTimeout(timer); resolve(); }, { once: true });
      });
    }
  }

  window.tus = { Sending, Refused, send, memory };
})();
