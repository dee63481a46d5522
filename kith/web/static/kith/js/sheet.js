// A form that htmx brought opens as a sheet; sent, it closes, and the keyboard goes on at what came of it.
(() => {
  const sheet = () => document.getElementById("sheet");
  document.addEventListener("htmx:after:swap", () => {
    const dialog = sheet();
    if (!dialog) return;
    const done = document.querySelector("[data-sheet-done]");
    if (done) {
      done.removeAttribute("data-sheet-done");
      dialog.close();
      done.focus({ preventScroll: true });
    } else if (dialog.childElementCount) {
      if (!dialog.open) dialog.showModal();
      dialog.querySelector('[aria-invalid="true"], textarea')?.focus();
    }
  });
  document.addEventListener("click", (event) => {
    const closer = event.target.closest?.("#sheet [data-close-sheet]");
    if (!closer) return;
    event.preventDefault();
    sheet().close();
  });
  document.addEventListener("close", (event) => { if (event.target.id === "sheet") event.target.replaceChildren(); }, true);
})();
