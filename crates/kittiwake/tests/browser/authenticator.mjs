// A passkey in a person's pocket: Chromium's virtual authenticator, which answers pages as a phone or a key would. It knows
// no page of ours: who needs a touch says so before the page asks.

/** Gives somebody an authenticator. It confirms by itself until it is told to refuse. */
export async function authenticator(someone) {
  const devtools = await someone.context.newCDPSession(someone.page);
  await devtools.send("WebAuthn.enable");
  const { authenticatorId } = await devtools.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  const credentials = async () => {
    const answer = await devtools.send("WebAuthn.getCredentials", { authenticatorId });
    return answer.credentials;
  };
  return {
    /** The passkeys that it holds. */
    credentials,

    /** Forgets them all, as a phone that was lost does. */
    async forget() {
      await devtools.send("WebAuthn.clearCredentials", { authenticatorId });
    },

    /** Whether its owner's finger, face or code is known to it from now on. */
    async know(isUserVerified) {
      await devtools.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified });
    },

    /** Puts it away. */
    async remove() {
      await devtools.send("WebAuthn.removeVirtualAuthenticator", { authenticatorId });
      await devtools.detach();
    },
  };
}
