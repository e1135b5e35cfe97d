//! What the terminal says about the staff of a server while nobody has founded it: where that begins. After the founding it
//! says nothing.

use kw_app::context::Context;
use kw_app::failure::Failure;
use kw_app::settings::Settings;
use kw_app::staff::found;

/// How far the founding is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Founding {
    /// It is done.
    Done,
    /// So many people are in its plan. The link was printed when it began, and nobody can print it again.
    UnderWay(usize),
    /// It begins with this link.
    Begins(String),
}

impl Founding {
    /// Looks how far it is, and begins it where nobody is in its plan yet.
    pub async fn begin(cx: &Context) -> Result<Self, Failure> {
        if found::is_founded(cx) {
            return Ok(Self::Done);
        }
        match found::count_planned(cx).await? {
            None | Some(0) => Ok(Self::Begins(founding_link(cx.settings(), &found::begin(cx).await?))),
            Some(people) => Ok(Self::UnderWay(people)),
        }
    }

    /// Prints it.
    pub fn tell(&self) {
        match self {
            Self::Done => {}
            Self::UnderWay(people) => {
                println!(
                    "  Staff: a founding is under way, {people} in its plan. Lost its link? `kittiwake staff found`, while"
                );
                println!("  no server runs, begins again.");
                println!();
            }
            Self::Begins(link) => {
                println!(
                    "  Staff: nobody has founded it, so nobody has powers over accounts. Whoever opens this link can,"
                );
                println!("  once. Keep it to yourself:");
                println!();
                println!("    {link}");
                println!();
            }
        }
    }
}

/// The address that ends in the code of a founding.
pub fn founding_link(settings: &Settings, code: &str) -> String {
    settings.url(&format!("/staff/found?code={code}"))
}
