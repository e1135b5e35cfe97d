//! Somebody on staff at a browser, with a passkey in software: they open pages and send forms, as everybody does.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::StatusCode;
use kw_app::staff::found;
use kw_staff::assertion::RelyingParty;
use kw_staff::authenticator::{Authenticator, Backup, Counting};

use super::desk::Shown;
use super::world::{Browser, Seen, World};

/// Somebody who found or joined.
pub struct Colleague {
    pub browser: Browser,
    pub key: Authenticator,
}

/// The relying party of the world's server.
pub fn party() -> RelyingParty {
    RelyingParty { id: "kittiwake.example".to_owned(), origin: "http://kittiwake.example".to_owned() }
}

/// A passkey in software that `seed` determines.
pub fn passkey(seed: u8) -> Authenticator {
    Authenticator::from_seed(&[seed; 32], Backup::DeviceBound, Counting::Never)
}

/// The challenge of a page that asks for a passkey.
pub fn challenge(page: &Seen) -> [u8; 32] {
    let text = page.attribute("data-challenge", "");
    let bytes = URL_SAFE_NO_PAD.decode(text).expect("base64url");
    bytes.try_into().expect("32 bytes")
}

/// What the form of such a page says about which challenge was answered.
pub fn begun(page: &Seen) -> String {
    let at = page.text.find("name=\"begun\" value=\"").expect("a form that asks for a passkey") + 20;
    page.text[at..].split('"').next().expect("attributes end").to_owned()
}

/// The links of a page that lead to making a passkey, as paths.
pub fn links(page: &Seen) -> Vec<String> {
    let begin = "value=\"http://kittiwake.example/staff/enrol/";
    let found = page.text.match_indices(begin).map(|(at, _)| {
        let link = &page.text[at + "value=\"http://kittiwake.example".len()..];
        link[..link.find('"').expect("attributes end")].to_owned()
    });
    found.collect()
}

impl World {
    /// Begins a founding, as the command line does, and gives the code of its link.
    pub async fn begin_founding(&self) -> String {
        found::begin(&self.cx).await.expect("nobody has founded before")
    }

    /// Founds the staff with these people, name, role and team of each, over pages alone. Nobody is signed in yet.
    pub async fn found(&self, people: &[(&str, &str, &str)]) -> Vec<Colleague> {
        let code = self.begin_founding().await;
        let mut first = self.browser();
        for (name, role, team) in people {
            let fields = [("code", &*code), ("name", name), ("roles", role), ("team", team)];
            let added = first.send("/staff/found/people", &fields).await;
            assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", added.text);
        }
        let plan = first.read(&format!("/staff/found?code={code}")).await;
        let mut colleagues = Vec::new();
        for (link, seed) in links(&plan).into_iter().zip(1..) {
            let mut colleague = Colleague { browser: self.browser(), key: passkey(seed) };
            let made = colleague.make_passkey(&link).await;
            assert_eq!(made.status, StatusCode::OK, "{}", made.text);
            colleagues.push(colleague);
        }
        let founded = first.send("/staff/found", &[("code", &code)]).await;
        assert_eq!((founded.status, founded.location().as_str()), (StatusCode::SEE_OTHER, "/staff/found"));
        colleagues
    }

    /// Founds with these people and signs each of them in.
    pub async fn staff(&self, people: &[(&str, &str, &str)]) -> Vec<Colleague> {
        let mut colleagues = self.found(people).await;
        for colleague in &mut colleagues {
            let entered = colleague.sign_in().await;
            assert_eq!((entered.status, entered.location().as_str()), (StatusCode::SEE_OTHER, "/staff"));
        }
        colleagues
    }
}

impl Colleague {
    /// Makes a passkey by a link.
    pub async fn make_passkey(&mut self, link: &str) -> Seen {
        let page = self.browser.read(link).await;
        let made = self.key.create(&challenge(&page), &party()).to_json();
        let fields = [("begun", &*begun(&page)), ("name", "Key on my ring"), ("attestation", &made)];
        self.browser.send(link, &fields).await
    }

    /// Signs in.
    pub async fn sign_in(&mut self) -> Seen {
        let page = self.browser.read("/staff/sign-in").await;
        let answer = self.answer(&challenge(&page), &party());
        let fields = [("begun", &*begun(&page)), ("assertion", &answer), ("back", "/staff")];
        self.browser.send("/staff/sign-in", &fields).await
    }

    /// Signs what a page shows with the form of `verb`, and sends it.
    pub async fn sign(&mut self, page: &Seen, verb: &str) -> Seen {
        let form = Shown::on(page, verb);
        let signed = self.key.sign(form.statement.clone().into_bytes(), &party());
        let answer = signed.assertion.to_json(self.key.credential());
        let mut fields = vec![("statement", form.statement.as_str()), ("assertion", &answer)];
        fields.extend(form.fields.iter().map(|(name, value)| (name.as_str(), value.as_str())));
        self.browser.send(&form.action, &fields).await
    }

    /// Sends a form of the roster, signs what is shown, and gives the path of the action.
    pub async fn propose(&mut self, path: &str, fields: &[(&str, &str)]) -> String {
        let preview = self.browser.send(path, fields).await;
        assert_eq!(preview.status, StatusCode::OK, "{path}: {}", preview.text);
        let signed = self.sign(&preview, "propose").await;
        assert_eq!(signed.status, StatusCode::SEE_OTHER, "{path}: {}", signed.text);
        signed.location()
    }

    /// Signs another step of an action.
    pub async fn step(&mut self, action: &str, verb: &str) -> Seen {
        let page = self.browser.read(action).await;
        self.sign(&page, verb).await
    }

    /// What the passkey answers to a challenge.
    pub fn answer(&mut self, challenge: &[u8; 32], party: &RelyingParty) -> String {
        let assertion = self.key.assert(challenge, party);
        assertion.to_json(self.key.credential())
    }
}
