/* Wagtail's rich text, single-line blocks and tags come without a label that a screen reader
   could say: each is called by the heading of its panel. */
(() => {
  const NAMELESS = [
    ".public-DraftEditor-content:not([aria-label], [aria-labelledby])",
    ".w-panel input[type=text]:not([aria-label], [aria-labelledby])",
  ].join();
  const name = () => {
    for (const field of document.querySelectorAll(NAMELESS)) {
      const heading = field.closest(".w-panel")?.querySelector("[id$='-heading']");
      if (heading && !field.labels?.length) field.setAttribute("aria-labelledby", heading.id);
    }
  };
  let waiting = 0;
  new MutationObserver(() => {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(name);
  }).observe(document.body, { childList: true, subtree: true });
  name();
})();
