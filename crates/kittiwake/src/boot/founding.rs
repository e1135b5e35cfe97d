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
    /// Its link was printed before, and is good; nobody can print it again.
    UnderWay,
    /// It begins with this link.
    Begins(String),
}

impl Founding {
    /// Looks how far it is, and begins it where nobody has a link to it.
    pub async fn begin(cx: &Context) -> Result<Self, Failure> {
        if found::is_founded(cx) {
            return Ok(Self::Done);
        }
        if found::is_under_way(cx).await? {
            return Ok(Self::UnderWay);
        }
        Ok(Self::Begins(founding_link(cx.settings(), &found::begin(cx).await?)))
    }

    /// Prints it.
    pub fn tell(&self) {
        match self {
            Self::Done => {}
            Self::UnderWay => {
                println!(
                    "  Staff: nobody has founded it yet. The link to do so was printed before, and is good. Lost?"
                );
                println!("  While no server runs, `kittiwake staff found` prints another.");
                println!();
            }
            Self::Begins(link) => {
                println!("  Staff: nobody has founded it, so nobody has powers over accounts. Whoever opens this link");
                println!("  can, once. Keep it to yourself:");
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
