// Forms whose answer the browser's own passkey dialog gives: the first press asks for it, what it answers is sent.
for (const form of document.querySelectorAll("form[data-passkey]")) {
  const failed = form.querySelector("[role=alert]");
  form.addEventListener("submit", async (event) => {
    const answer = form.elements.namedItem("Passkey.Answer");
    if (answer.value) {
      return;
    }
    event.preventDefault();
    failed.hidden = true;
    try {
      const options = JSON.parse(form.dataset.options);
      const credential = form.dataset.passkey === "make"
        ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
        : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
      answer.value = JSON.stringify(credential.toJSON());
      form.requestSubmit();
    } catch {
      // Cancelled, timed out, or a browser without passkeys: the other ways stay open.
      failed.hidden = false;
    }
  });
}
