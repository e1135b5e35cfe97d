// Passkeys: the browser asks, the form carries the answer as JSON. The forms stay hidden where there is no support.

/** What the server said no to, in its own words: a wrong password is not a passkey that failed. */
class Refused extends Error {}

export function bytes(text) {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (character) => character.charCodeAt(0));
}

export function text(buffer) {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

function readable(options) {
  const key = { ...options.publicKey, challenge: bytes(options.publicKey.challenge) };
  if (key.user) key.user = { ...key.user, id: bytes(key.user.id) };
  for (const list of ["allowCredentials", "excludeCredentials"]) {
    if (key[list]) key[list] = key[list].map((entry) => ({ ...entry, id: bytes(entry.id) }));
  }
  return { ...options, publicKey: key, mediation: undefined };
}

function answer(credential) {
  const given = credential.response;
  const response = { clientDataJSON: text(given.clientDataJSON) };
  for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (given[part]) response[part] = text(given[part]);
  }
  if (given.getTransports) response.transports = given.getTransports();
  return JSON.stringify({
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    response,
    extensions: credential.getClientExtensionResults(),
  });
}

async function creationOptions(form) {
  const body = new URLSearchParams(new FormData(form));
  const reply = await fetch(form.dataset.passkeyMake, { method: "POST", body, headers: { Accept: "application/json" } });
  const said = await reply.json();
  if (!reply.ok) throw new Refused(said.error);
  return said;
}

function setUp(form) {
  form.hidden = false;
  const trouble = form.querySelector("[data-passkey-error]");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    trouble.hidden = true;
    try {
      const credential = form.dataset.passkeyUse
        ? await navigator.credentials.get(readable(JSON.parse(form.dataset.passkeyUse)))
        : await navigator.credentials.create(readable(await creationOptions(form)));
      form.elements.passkey.value = answer(credential);
      form.submit();
    } catch (error) {
      trouble.textContent = (error instanceof Refused && error.message) || document.body.dataset.passkeyFailed;
      trouble.hidden = false;
    }
  });
}

if (window.PublicKeyCredential) {
  document.querySelectorAll("[data-passkey-use], [data-passkey-make]").forEach(setUp);
}
