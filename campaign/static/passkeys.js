// Passkeys: the browser signs what the desk asks, and the answer goes with the form. WebAuthn, level 3.
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
  .replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
const listed = (rows) => (rows ?? []).map((row) => ({ ...row, id: bytes(row.id) }));

async function asked(control) {
  const body = new URLSearchParams({ csrf_token: control.form.elements.csrf_token.value });
  const answer = await fetch(control.dataset.from, { method: "POST", body });
  if (!answer.ok) throw new Error("This page is too old. Load it again, and press the button within ten minutes.");
  const options = await answer.json();
  options.challenge = bytes(options.challenge);
  if (options.user) options.user.id = bytes(options.user.id);
  options.allowCredentials = listed(options.allowCredentials);
  options.excludeCredentials = listed(options.excludeCredentials);
  return options;
}

function told({ id, rawId, type, response }) {
  const said = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (response[name]) said[name] = text(response[name]);
  }
  return JSON.stringify({ id, rawId: text(rawId), type, response: said });
}

const REFUSED = {
  InvalidStateError: "This device has a passkey of yours already. Take another device, or another key.",
  NotAllowedError: "No passkey was shown. Press the button again; it waits five minutes.",
  SecurityError: "A passkey is shown and made at the address of the desk alone. Look at the address above.",
};

for (const control of document.querySelectorAll("[data-passkey]")) {
  const button = control.form.querySelector("[data-passkey-button]");
  const fault = control.form.querySelector("[data-passkey-fault]");
  button.hidden = !window.PublicKeyCredential;
  button.addEventListener("click", async () => {
    button.disabled = true;
    fault.hidden = true;
    try {
      control.value = told(await navigator.credentials[control.dataset.passkey]({ publicKey: await asked(control) }));
      control.form.submit();
    } catch (error) {
      fault.textContent = REFUSED[error.name] ?? error.message;
      fault.hidden = false;
      button.disabled = false;
    }
  });
}
