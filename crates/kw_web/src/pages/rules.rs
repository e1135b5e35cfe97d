//! `/rules`: who must agree to what, as the policy that is in force answers.

use kw_app::staff::rules::{self, THRESHOLDS};
use kw_html::part::staff::Mode;
use kw_html::views::Rules;

use super::answer::{Answer, page};
use super::view::ledger::{hex, matrix};
use super::view::ms;
use super::visit::Visit;

/// The page. Before anybody founded it says that nobody has powers.
pub async fn show(visit: Visit) -> Answer {
    let (notable_from, protected_from) = THRESHOLDS;
    let found = rules::load(visit.cx()).await?;
    let bare = Rules {
        matrix: None,
        mode: Mode::Team,
        guards: 0,
        hash: String::new(),
        since_ms: 0,
        notable_from,
        protected_from,
        page: visit.page(),
    };
    let view = match found {
        None => bare,
        Some(found) => Rules {
            matrix: Some(matrix(&found.rows)),
            mode: Mode::from_word(found.mode.word()).unwrap_or(Mode::Team),
            guards: found.watchers,
            hash: hex(&found.policy),
            since_ms: ms(found.since),
            ..bare
        },
    };
    Ok(page(&view))
}
