/* Who signs out leaves no unsaved words behind in this browser (see draft.js). */
(() => {
  const prefix = `guong-sang-draft:${document.currentScript.dataset.user}:`;
  document.addEventListener("submit", (event) => {
    if (!new URL(event.target.action, location.href).pathname.endsWith("/logout/")) return;
    document.dispatchEvent(new CustomEvent("draft:forget"));
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(prefix)) localStorage.removeItem(key);
    }
  }, true);
})();
