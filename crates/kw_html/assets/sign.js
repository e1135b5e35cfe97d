// Staff sign here. The words on the page are what is signed: their hash is made from them, never taken from the server.

import { bytes, text } from "/assets/passkey.js";

const DOMAIN = "kittiwake/staff-step/v1\n";

/** What a passkey signs for a statement: SHA-256 of the domain and the statement's own bytes. */
async function challengeOf(statement) {
  return crypto.subtle.digest("SHA-256", new TextEncoder().encode(DOMAIN + statement));
}

function ask(form, challenge) {
  const { rp, credential } = form.dataset;
  const allowCredentials = credential ? [{ type: "public-key", id: bytes(credential) }] : [];
  return navigator.credentials.get({ publicKey: { challenge, rpId: rp, allowCredentials, userVerification: "required" } });
}

function assertion({ rawId, response }) {
  const given = { id: text(rawId) };
  for (const part of ["authenticatorData", "clientDataJSON", "signature"]) given[part] = text(response[part]);
  return JSON.stringify(given);
}

async function sign(form) {
  const statement = form.querySelector("[data-statement]").textContent;
  const credential = await ask(form, await challengeOf(statement));
  form.elements.statement.value = statement;
  form.elements.assertion.value = assertion(credential);
}

async function signIn(form) {
  form.elements.assertion.value = assertion(await ask(form, bytes(form.dataset.challenge)));
}

async function enrol(form) {
  const { challenge, rp, rpName, user, userName } = form.dataset;
  const { rawId, response } = await navigator.credentials.create({
    publicKey: {
      challenge: bytes(challenge),
      rp: { id: rp, name: rpName },
      user: { id: bytes(user), name: userName, displayName: userName },
      pubKeyCredParams: [-7, -8, -257].map((alg) => ({ type: "public-key", alg })),
      authenticatorSelection: { residentKey: "required", requireResidentKey: true, userVerification: "required" },
      attestation: "none",
    },
  });
  form.elements.attestation.value = JSON.stringify({
    id: text(rawId),
    attestationObject: text(response.attestationObject),
    clientDataJSON: text(response.clientDataJSON),
  });
}

function setUp(form, act) {
  const trouble = form.querySelector("[data-trouble]");
  const button = [...form.elements].find((element) => "go" in element.dataset);
  form.querySelector("[data-unsupported]").hidden = true;
  button.disabled = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    trouble.hidden = true;
    button.disabled = true;
    try {
      await act(form);
      form.submit();
    } catch {
      trouble.textContent = form.dataset.failed;
      trouble.hidden = false;
      button.disabled = false;
    }
  });
}

if (window.PublicKeyCredential && window.crypto?.subtle) {
  const acts = { "[data-sign]": sign, "[data-staff-sign-in]": signIn, "[data-enrol]": enrol };
  for (const [forms, act] of Object.entries(acts)) document.querySelectorAll(forms).forEach((form) => setUp(form, act));
}
