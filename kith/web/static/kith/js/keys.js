// j and k walk the rows, Enter opens, l puts off, / finds, ? tells. Never while somebody types.
(() => {
  const rows = () => [...document.querySelectorAll("[data-row]")].filter((row) => row.offsetParent !== null);
  const current = () => document.querySelector('[data-row][aria-current="true"]');
  const walk = (by) => {
    const all = rows();
    if (!all.length) return;
    const at = all.indexOf(current());
    const next = all[Math.min(Math.max(at + by, 0), all.length - 1)];
    current()?.removeAttribute("aria-current");
    next.setAttribute("aria-current", "true");
    next.scrollIntoView({ block: "nearest" });
    next.querySelector("a, button")?.focus({ preventScroll: true });
  };
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    if (event.key === "j") walk(1);
    else if (event.key === "k") walk(-1);
    else if (event.key === "l") current()?.querySelector("[data-later]")?.click();
    else if (event.key === "/") { const find = document.querySelector("[data-find], #find"); if (!find) return; find.focus(); }
    else if (event.key === "?") document.getElementById("keys")?.showModal();
    else {
      const press = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
      if (!press) return;
      press.click();
    }
    event.preventDefault();
  });
  // A press may replace the part it stands in: the keyboard goes on at the same button, or at the next row.
  let left = null;
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("button");
    if (!button) return;
    const row = button.closest("[data-row]");
    const fold = button.closest("details[id]")?.id;
    left = { at: row ? rows().indexOf(row) : -1, id: button.id, name: button.name, value: button.value, fold };
  });
  document.addEventListener("htmx:after:swap", () => {
    if (!left || document.activeElement !== document.body) return;
    const wrong = document.querySelector('main [aria-invalid="true"]');
    if (wrong) { wrong.focus(); return; }
    const { at, id, name, value, fold } = left;
    const all = rows();
    const next = all[Math.min(at, all.length - 1)];
    if (at >= 0 && next) {
      current()?.removeAttribute("aria-current");
      next.setAttribute("aria-current", "true");
      next.querySelector("a, button")?.focus({ preventScroll: true });
      return;
    }
    const same = id ? document.getElementById(id)
      : name ? document.querySelector(`button[name="${CSS.escape(name)}"][value="${CSS.escape(value)}"]`)
      : fold ? document.querySelector(`#${CSS.escape(fold)} > summary`) : null;
    same?.focus({ preventScroll: true });
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("[data-open-keys]")) document.getElementById("keys")?.showModal();
  });
})();
