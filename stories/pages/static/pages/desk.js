/* The queue by keyboard: j and k move, Enter opens (the title is a link), x chooses. */
(() => {
  const links = [...document.querySelectorAll(".desk-table .desk-open")];
  const ticks = [...document.querySelectorAll(".desk-table input[name=state]")];
  const chosen = document.querySelector("[data-desk-chosen]");
  const count = () => {
    const n = ticks.filter((tick) => tick.checked).length;
    if (chosen) chosen.textContent = n ? chosen.dataset.deskChosen.replace("%", n) : "";
  };
  const row = () => document.activeElement.closest?.(".desk-table tbody tr");
  const move = (step) => {
    const at = links.indexOf(row()?.querySelector(".desk-open"));
    const to = links[at < 0 ? (step > 0 ? 0 : links.length - 1) : at + step];
    if (to) to.focus();
  };
  document.addEventListener("change", count);
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("select, textarea, input:not([type=checkbox])");
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "j") move(1);
    else if (event.key === "k") move(-1);
    else if (event.key === "x") {
      const tick = row()?.querySelector("input[name=state]");
      if (tick) tick.checked = !tick.checked;
      count();
    } else return;
    event.preventDefault();
  });
  count();
})();
