/* While a draft is written: words that the server doesn't have yet are kept in this browser, for
   this person alone, until they are saved; the editor is told of a lost connection, of an ended
   session, and of others at the same draft. Wagtail's own autosave does the saving. */
(() => {
  const root = document.querySelector("[data-draft]");
  const form = root?.closest("form");
  if (!form) return;
  const DAYS = 7, RETRY = 15000, PAUSE = 400;
  const PREFIX = `guong-sang-draft:${root.dataset.writer}:`;
  const OWN = new Set(["csrfmiddlewaretoken", "told", "copy"]);
  const notes = root.querySelector(".draft-notes");
  document.body.append(notes); // the form would clip them on a narrow screen
  const copy = form.elements.copy;
  const adopted = copy.value; // of a form that was posted and came back with errors
  if (!adopted) {
    const random = crypto.getRandomValues(new Uint32Array(4));
    copy.value = [...random].map((n) => n.toString(36)).join("").padStart(8, "0");
  }
  let clean = null; // the form as it was last saved
  let edits = 0, sent = 0, timer = 0, saving = false, forgetting = false;

  const path = () => new URL(form.action).pathname;
  const entries = () => [...new FormData(form)].filter(
    ([name, value]) => typeof value === "string" && !OWN.has(name),
  );
  const words = () => JSON.stringify(entries());
  const dirty = () => clean !== null && words() !== clean;

  // Notes
  const note = (name) => notes.querySelector(`[data-note="${name}"]`);
  const show = (name, fill) => {
    const shown = note(name);
    if (fill !== undefined) shown.querySelector("[data-fill]").textContent = fill;
    shown.hidden = false;
  };
  const hide = (...names) => names.forEach((name) => { note(name).hidden = true; });
  const trouble = () => ["offline", "failed", "signedout"].some((name) => !note(name).hidden);

  // The copy in this browser
  const forget = (name) => localStorage.removeItem(PREFIX + name);
  const keep = () => {
    clearTimeout(timer);
    if (forgetting || clean === null) return;
    try {
      if (!dirty()) forget(copy.value);
      else localStorage.setItem(
        PREFIX + copy.value,
        JSON.stringify({ path: path(), at: Date.now(), entries: entries() }),
      );
      hide("nokeep");
    } catch {
      show("nokeep");
    }
  };
  const touched = () => { clean ??= words(); };
  const edited = (event) => {
    if (event.detail?.again) return; // our own, below
    edits += 1;
    clearTimeout(timer);
    timer = setTimeout(() => {
      keep();
      if ("inReview" in root.dataset && dirty()) show("review");
    }, PAUSE);
  };
  const saveSoon = () => {
    if (saving) return; // Wagtail saves anew what changes meanwhile
    if (dirty()) {
      form.dispatchEvent(new CustomEvent("w-unsaved:add", {
        bubbles: true, cancelable: true, detail: { type: "edits", again: true },
      }));
    } else hide("offline", "failed", "signedout");
  };

  // What was left from another time
  const offer = () => {
    let newest = null;
    for (const key of Object.keys(localStorage).filter((one) => one.startsWith(PREFIX))) {
      const name = key.slice(PREFIX.length);
      let left = null;
      try { left = JSON.parse(localStorage.getItem(key)); } catch { /* not ours */ }
      if (!left || Date.now() - left.at > DAYS * 864e5) forget(name);
      else if (left.path === path() && name !== copy.value && left.at > (newest?.left.at ?? 0)) {
        newest = { name, left };
      }
    }
    if (!newest) return;
    const when = new Date(newest.left.at);
    show("restore", when.toLocaleString("vi-VN", { dateStyle: "short", timeStyle: "short" }));
    notes.querySelector("[data-restore]").onclick = () => restore(newest.name, newest.left);
    notes.querySelector("[data-discard]").onclick = () => { forget(newest.name); hide("restore"); };
  };
  // The server puts the words back, as a save: a form of many blocks isn't filled in by hand. What
  // it was told of approvals then isn't sent, so it asks before it voids any.
  const restore = (name, left) => {
    const again = document.createElement("form");
    again.method = "post";
    again.action = left.path;
    const token = ["csrfmiddlewaretoken", csrf() || form.elements.csrfmiddlewaretoken.value];
    for (const [key, value] of [...left.entries, ["copy", name], token]) {
      const input = document.createElement("textarea"); // an input would lose line breaks
      input.name = key;
      input.textContent = value;
      again.append(input);
    }
    again.hidden = true;
    document.body.append(again);
    again.submit();
  };
  // Signing in again in another tab gives a new token.
  const csrf = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1];

  const ask = async () => {
    const answer = await fetch(root.dataset.signedIn, { redirect: "manual" }).catch(() => null);
    hide("offline", "failed", "signedout");
    if (!answer) show("offline");
    else if (answer.type === "opaqueredirect") show("signedout");
    else return true;
    return false;
  };

  for (const kind of ["pointerdown", "keydown", "focusin"]) form.addEventListener(kind, touched, true);
  for (const kind of ["input", "change", "keyup"]) form.addEventListener(kind, edited);
  window.addEventListener("w-unsaved:add", edited, true);
  window.addEventListener("pagehide", keep);
  document.addEventListener("visibilitychange", async () => {
    if (document.visibilityState === "hidden") keep();
    else if (trouble() && await ask()) saveSoon();
  });
  document.addEventListener("draft:forget", () => { forgetting = true; });

  window.addEventListener("w-autosave:save", (event) => {
    sent = edits;
    saving = true;
    const token = csrf();
    if (!token) return;
    event.detail.formData.set("csrfmiddlewaretoken", token);
    form.elements.csrfmiddlewaretoken.value = token;
  }, true);
  document.addEventListener("w-autosave:success", () => {
    saving = false;
    hide("offline", "failed", "signedout");
    if (edits === sent) {
      clean = words();
      keep();
    } else setTimeout(saveSoon, PAUSE); // Wagtail takes what was typed meanwhile for saved
  });
  document.addEventListener("w-autosave:error", async ({ detail }) => {
    saving = false;
    keep();
    if (detail.type === "network_error") show("offline");
    else if (detail.type === "server_error" && await ask()) show("failed");
  });
  setInterval(() => { if (trouble() && navigator.onLine) saveSoon(); }, RETRY);
  window.addEventListener("offline", () => show("offline"));
  window.addEventListener("online", saveSoon);

  // A save by hand leaves the page: not without a connection.
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("button[type=submit]");
    if (!button || button.form !== form) return;
    keep();
    if (csrf()) form.elements.csrfmiddlewaretoken.value = csrf();
    if (navigator.onLine) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    show("offline");
  }, true);

  // Told again only when somebody else comes or goes.
  let there = "";
  document.addEventListener("w-swap:json", ({ detail }) => {
    const sessions = detail?.data?.other_sessions;
    if (!sessions) return;
    const open = sessions.filter((session) => session.session_id !== null && !session.is_idle);
    const now = open.map((session) => session.user).sort().join(", ");
    if (now === there) return;
    there = now;
    const names = open.map((session) => session.user).filter((name) => name !== root.dataset.name);
    hide("others", "twin");
    if (names.length) show("others", names.join(", "));
    else if (open.length && note("restore").hidden) show("twin"); // else what is open was closed
  });
  for (const button of notes.querySelectorAll("[data-close]")) {
    button.onclick = () => { button.closest("[data-note]").hidden = true; };
  }

  if ("inReview" in root.dataset) form.dataset.wAutosaveActiveValue = "false";
  offer();
})();
