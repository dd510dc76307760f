/* The button beside a text to copy; without it, the text is there to be marked. */
for (const button of document.querySelectorAll("[data-copy-button]")) {
  const field = document.querySelector("[data-copy]");
  document.querySelector("[data-copy-line]").hidden = false;
  button.addEventListener("click", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      document.execCommand("copy");
    }
    button.textContent = button.dataset.done;
  });
}
