//! The rooms of staff through the whole stack: forms as browsers send them, signatures of software passkeys, and what readers
//! see of it.

use http::StatusCode;
use kw_app::staff::understudy::Understudy;
use kw_domain::id::AccountId;

use super::world::{Browser, Seen, World};
use crate::tests::staff;

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

#[tokio::test]
async fn a_notable_account_is_hidden_by_two_people_of_two_teams_and_brought_back_by_one() {
    let world = World::new().await;
    let (mut reader, ada) = (world.browser(), world.member("ada").await);
    drop(ada);
    let id = world.id_of("ada").await;
    let team = staff::team(&world.cx).await;
    staff::label(&world.cx, &team[0], id).await;
    let (mut ines, mut milo) = (Desk::of(&world, &team[0]), Desk::of(&world, &team[1]));

    let preview = ines.preview(id, &[("power", "take_down"), ("length", "1440")]).await;
    for part in ["Take down @ada for 24 hours", "Press", "One more person, of another team", "Forty posts since noon."]
    {
        assert!(preview.has(part), "{part}: {}", preview.text);
    }
    let signed = ines.sign(&preview, "propose").await;
    assert_eq!(signed.status, StatusCode::SEE_OTHER, "{}", signed.text);
    let action = signed.location();
    assert_eq!(reader.open("/@ada").await.status, StatusCode::OK, "nothing has happened yet");
    assert!(ines.browser.read("/staff").await.has("You have signed"));
    assert!(milo.browser.read("/staff").await.has("You can sign"));

    let approved = milo.step(&action, "approve").await;
    assert_eq!(approved.location(), action, "{}", approved.text);
    let gone = reader.open("/@ada").await;
    assert_eq!(gone.status, StatusCode::FORBIDDEN);
    assert!(gone.has("temporarily unavailable"), "{}", gone.text);

    let undone = ines.step(&action, "undo").await;
    assert_eq!(undone.status, StatusCode::SEE_OTHER, "{}", undone.text);
    assert_eq!(reader.open("/@ada").await.status, StatusCode::OK);
}
