// Small conveniences; every page works without them.
(() => {
  // Toasts are put in anew, so that screen readers hear them; they wait while somebody looks at them.
  const seconds = 8;
  document.querySelectorAll(".toasts").forEach((region) => {
    const toasts = [...region.querySelectorAll(".toast")];
    region.replaceChildren();
    setTimeout(() => toasts.forEach((toast) => {
      region.append(toast);
      toast.querySelector("button").addEventListener("click", () => toast.remove());
      const leave = setInterval(() => {
        if (toast.matches(":hover, :focus-within")) return;
        clearInterval(leave);
        toast.remove();
      }, seconds * 1000);
    }), 100);
  });

  // A figure opens its card; a menu closes when one looks elsewhere.
  document.addEventListener("click", (event) => {
    const opener = event.target.closest?.("[data-opens]");
    if (opener) document.getElementById(opener.dataset.opens)?.showModal();
    const copier = event.target.closest?.("[data-copy]");
    if (copier) navigator.clipboard?.writeText(copier.dataset.copy).then(() => { copier.textContent = copier.dataset.copied; });
    document.querySelectorAll("details.me[open], details.menu-of[open]").forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") document.querySelectorAll("details.me[open], details.menu-of[open]").forEach((menu) => { menu.open = false; });
  });

  // Uploads: drop a file, see how far it is, cancel.
  document.querySelectorAll("form[data-upload]").forEach((form) => {
    const input = form.querySelector('input[type="file"]');
    const button = form.querySelector("button");
    const over = (on) => (event) => { event.preventDefault(); form.classList.toggle("over", on); };
    form.addEventListener("dragover", over(true));
    form.addEventListener("dragleave", over(false));
    form.addEventListener("drop", (event) => {
      over(false)(event);
      if (event.dataTransfer.files.length) { input.files = event.dataTransfer.files; form.requestSubmit(); }
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const request = new XMLHttpRequest();
      const bar = document.createElement("progress");
      const cancel = document.createElement("button");
      bar.max = 1;
      bar.setAttribute("aria-label", form.dataset.uploading);
      cancel.type = "button";
      cancel.className = "btn";
      cancel.textContent = form.dataset.cancel;
      cancel.addEventListener("click", () => request.abort());
      const words = document.createElement("span");
      words.className = "hint";
      const done = () => {
        const held = [document.body, cancel].includes(document.activeElement);
        bar.remove(); words.remove(); cancel.remove(); button.hidden = false;
        if (held) button.focus();
      };
      const refuse = (refusal) => { form.querySelector("#refusal")?.remove(); form.prepend(refusal); };
      const fail = () => {
        done();
        const refusal = document.createElement("p");
        Object.assign(refusal, { id: "refusal", className: "refusal", textContent: form.dataset.failed });
        refusal.setAttribute("role", "alert");
        refuse(refusal);
      };
      request.upload.addEventListener("progress", (sent) => {
        if (!sent.lengthComputable) return;
        bar.value = sent.loaded / sent.total;
        words.textContent = `${Math.round(bar.value * 100)}%`;
      });
      request.addEventListener("load", () => {
        if (request.status === 201) { location.assign(request.getResponseHeader("Location")); return; }
        const page = new DOMParser().parseFromString(request.responseText, "text/html");
        const refusal = page.getElementById("refusal");
        if (!refusal) { fail(); return; }
        done();
        refuse(refusal);
      });
      request.addEventListener("abort", done);
      request.addEventListener("error", fail);
      request.open("POST", form.action);
      request.setRequestHeader("X-Requested-With", "XMLHttpRequest");
      request.send(new FormData(form));
      button.hidden = true;
      form.append(bar, words, cancel);
      form.querySelector("#refusal")?.remove();
    });
  });
})();
