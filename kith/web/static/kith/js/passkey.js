// Forms with data-passkey ask the browser for a passkey when they are sent: "sign-in" fetches its challenge,
// "use" and "add" find theirs on the page. Without scripts or passkeys the form stays hidden.
for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!window.PublicKeyCredential || !window.webauthnJSON) continue;
  form.hidden = false;
  const kind = form.dataset.passkey;
  const refusal = form.querySelector("[role=alert][hidden]");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      form.elements.credential.value = JSON.stringify(await ask(kind, form));
      form.submit();
    } catch (problem) {
      if (refusal) refusal.hidden = false;
    }
  });
}

async function ask(kind, form) {
  if (kind === "sign-in") {
    const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    return webauthnJSON.get((await answer.json()).request_options);
  }
  const data = JSON.parse(document.getElementById("passkey-data").textContent);
  if (kind === "use") return webauthnJSON.get(data.request_options);
  const options = data.creation_options;
  // Every key added here signs in by itself: it knows whose it is, and asks its owner.
  Object.assign(options.publicKey.authenticatorSelection, {
    residentKey: "required", requireResidentKey: true, userVerification: "required",
  });
  return webauthnJSON.create(options);
}
