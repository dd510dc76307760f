/* The copies of unsaved words that the editor keeps in this browser (see draft.js): those that were
   saved since are forgotten on the next page, and all of them when their writer signs out. */
(() => {
  const { user, saved } = document.currentScript.dataset;
  const prefix = `guong-sang-draft:${user}:`;
  const forget = (wanted) => {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(prefix) && wanted(key.slice(prefix.length))) localStorage.removeItem(key);
    }
  };
  const names = saved.split(" ");
  forget((name) => names.includes(name));
  document.addEventListener("submit", (event) => {
    if (!new URL(event.target.action, location.href).pathname.endsWith("/logout/")) return;
    document.dispatchEvent(new CustomEvent("draft:forget"));
    forget(() => true);
  }, true);
})();
