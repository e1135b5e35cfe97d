//! The census of a day: what the server counted beside what the ledger itself says of every account, so that whoever replays
//! the ledger finds at which day two histories part.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::entry::Census;
use crate::fold::{Fold, Reach};

/// The entry. What the ledger knows is counted here and takes the place of what somebody says of it.
pub(super) fn census(fold: &Fold, counts: &BTreeMap<String, u64>) -> Census {
    let mut counts = counts.clone();
    let mut root = Sha256::new();
    root.update(b"kittiwake/census/v1\n");
    let (mut limited, mut unavailable) = (0, 0);
    for (id, account) in fold.accounts() {
        let labels: Vec<_> = account.labels.iter().map(|label| label.word()).collect();
        let line = format!("{id} {} {} {}", account.tier.word(), labels.join(","), account.moved);
        root.update(line.as_bytes());
        let mut reach = Reach::Clear;
        for (action, force) in account.in_force.iter().filter_map(|action| Some((action, fold.force(*action)?))) {
            root.update(format!(" {action}").as_bytes());
            reach = reach.max(force.reach);
        }
        root.update(b"\n");
        limited += u64::from(reach == Reach::Limited);
        unavailable += u64::from(reach == Reach::Unavailable);
    }
    counts.insert("limited".to_owned(), limited);
    counts.insert("unavailable".to_owned(), unavailable);
    counts.insert("open_actions".to_owned(), fold.cases().count() as u64);
    Census { root: root.finalize().into(), counts }
}
