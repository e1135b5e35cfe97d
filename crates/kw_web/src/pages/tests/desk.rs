//! Somebody of the staff at their browser: pages and forms as they are, and a passkey in software that signs what they show.

use http::StatusCode;
use kw_app::staff::understudy::Understudy;
use kw_domain::id::AccountId;

use super::world::{Browser, Seen, World};

/// Somebody of the staff at their browser.
pub struct Desk<'w> {
    pub world: &'w World,
    pub who: &'w Understudy,
    pub browser: Browser,
}

/// What the form about an account says when nothing is wrong with it.
pub const WORDS: [(&str, &str); 6] = [
    ("ground", "spam"),
    ("against", "terms"),
    ("reference", "4.2"),
    ("explanation", "It posts the same everywhere."),
    ("facts", "Forty posts since noon."),
    ("source", "own"),
];

impl<'w> Desk<'w> {
    pub fn of(world: &'w World, who: &'w Understudy) -> Self {
        Self { world, who, browser: world.staff_browser(who) }
    }

    /// Sends the form about an account.
    pub async fn preview(&mut self, account: AccountId, fields: &[(&str, &str)]) -> Seen {
        let mut all = WORDS.to_vec();
        all.retain(|(name, _)| !fields.iter().any(|(other, _)| other == name));
        all.extend_from_slice(fields);
        self.browser.send(&format!("/staff/accounts/{account}/propose"), &all).await
    }

    /// Signs what a page shows with the form of `verb`, and sends it.
    pub async fn sign(&mut self, page: &Seen, verb: &str) -> Seen {
        let form = Shown::on(page, verb);
        let answer = self.who.sign_bytes(&self.world.cx, form.statement.clone().into_bytes()).expect("it signs");
        self.send(&form, &form.statement, &answer).await
    }

    /// Sends a form with these words and this answer of a passkey.
    pub async fn send(&mut self, form: &Shown, statement: &str, answer: &str) -> Seen {
        let mut fields = vec![("statement", statement), ("assertion", answer)];
        fields.extend(form.fields.iter().map(|(name, value)| (name.as_str(), value.as_str())));
        self.browser.send(&form.action, &fields).await
    }

    /// Proposes, signs, and gives the path of the action.
    pub async fn propose(&mut self, account: AccountId, fields: &[(&str, &str)]) -> String {
        let preview = self.preview(account, fields).await;
        assert_eq!(preview.status, StatusCode::OK, "{}", preview.text);
        let signed = self.sign(&preview, "propose").await;
        assert_eq!(signed.status, StatusCode::SEE_OTHER, "{}", signed.text);
        signed.location()
    }

    /// The same person after their session was over: signed in once more.
    pub async fn again(self) -> Self {
        let token = self.who.sign_in_again(&self.world.cx).await.expect("the passkey is still theirs");
        let mut browser = self.world.browser();
        browser.set_cookie("kw_staff", &token);
        Self { browser, ..self }
    }

    /// Opens an action, signs a step of it, and gives what came back.
    pub async fn step(&mut self, action: &str, verb: &str) -> Seen {
        let page = self.browser.read(action).await;
        self.sign(&page, verb).await
    }
}

/// A form that signs, as a page shows it.
pub struct Shown {
    pub action: String,
    pub statement: String,
    pub fields: Vec<(String, String)>,
}

impl Shown {
    pub fn on(page: &Seen, verb: &str) -> Self {
        let begin = format!("<form class=\"sign\" id=\"sign-{verb}\"");
        let form = page.text.split(&begin).nth(1).unwrap_or_else(|| panic!("no form for {verb}: {}", page.text));
        let form = form.split("</form>").next().expect("forms end");
        let statement = form.split("<pre").nth(1).and_then(|pre| pre.split_once('>')).expect("it shows the words").1;
        let statement = statement.split("</pre>").next().expect("they end");
        let fields = form.split("<input type=\"hidden\" name=\"").skip(1).filter_map(|input| {
            let (name, rest) = input.split_once("\" value=\"")?;
            let value = rest.split('"').next()?;
            let ours = !["csrf", "back", "statement", "assertion"].contains(&name);
            ours.then(|| (name.to_owned(), unescape(value)))
        });
        Self {
            action: form
                .split("action=\"")
                .nth(1)
                .and_then(|rest| rest.split('"').next())
                .expect("an action")
                .to_owned(),
            statement: unescape(statement),
            fields: fields.collect(),
        }
    }
}

fn unescape(html: &str) -> String {
    [
        ("&#34;", "\""),
        ("&quot;", "\""),
        ("&#60;", "<"),
        ("&lt;", "<"),
        ("&#62;", ">"),
        ("&gt;", ">"),
        ("&#39;", "'"),
        ("&#38;", "&"),
        ("&amp;", "&"),
    ]
    .iter()
    .fold(html.to_owned(), |text, (from, to)| text.replace(from, to))
}
