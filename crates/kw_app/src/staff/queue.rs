//! The queue: what waits for people, with what is missing and whether the reader can supply it.

use kw_domain::time::Millis;
use kw_staff::entry::Subject;
use kw_staff::fold::{Case, Signature, State};
use kw_staff::policy::missing::Missing;
use kw_staff::power::Power;
use kw_staff::statement::ActionId;
use kw_staff::step::clock::deadline;
use kw_staff::step::judge::{self, Asked};

use crate::context::Context;
use crate::staff::house::moment;
use crate::staff::session::StaffMember;

/// An action that waits.
#[derive(Debug, Clone)]
pub struct Waiting {
    /// Which.
    pub action: ActionId,
    /// What it is.
    pub case: Case,
    /// What is missing; none once it only waits for its moment.
    pub missing: Option<Missing>,
    /// Until when it can be completed.
    pub until: Millis,
    /// Whether the reader has not signed it yet.
    pub unsigned: bool,
    /// Whether the reader's signature would bring it nearer to its effect.
    pub is_readers: bool,
}

/// Everything that is open now, the oldest first.
pub fn list(cx: &Context, member: &StaffMember) -> Vec<Waiting> {
    let now = moment(cx.now());
    let asked: Vec<Asked> = cx.ledger().read(|log| {
        let open = log.fold().cases().filter(|(_, case)| case.state == State::Proposed && now <= deadline(case));
        open.filter_map(|(action, _)| judge::ask(log.fold(), action, now)).collect()
    });
    // Searched where nobody waits for the fold; the look below finds the answers remembered.
    for asked in &asked {
        asked.missing();
    }
    let mut waiting: Vec<Waiting> = cx.ledger().read(|log| {
        let fold = log.fold();
        let by = Signature { person: member.person, key: member.key };
        let open = fold.cases().filter(|(_, case)| now <= deadline(case));
        open.map(|(action, case)| Waiting {
            action,
            case: case.clone(),
            missing: (case.state == State::Proposed)
                .then(|| judge::ask(fold, action, now))
                .flatten()
                .map(|asked| asked.missing()),
            is_readers: judge::helps(fold, action, by, now),
            until: Millis(deadline(case).0),
            unsigned: !case.signers.iter().any(|signature| signature.person == member.person),
        })
        .collect()
    });
    waiting.sort_by_key(|waiting| waiting.case.proposed);
    waiting
}

/// How many actions wait that the reader has not signed.
pub fn count_unsigned(cx: &Context, member: &StaffMember) -> usize {
    list(cx, member).iter().filter(|waiting| waiting.unsigned && waiting.missing.is_some()).count()
}

/// The open action that uses the same power over the same thing, as a second one would be refused for.
pub fn same(cx: &Context, power: Power, subject: &Subject) -> Option<ActionId> {
    let now = moment(cx.now());
    cx.ledger().read(|log| {
        let mut open = log.fold().cases_about(subject).filter(|(_, case)| case.power == power && now <= deadline(case));
        open.next().map(|(action, _)| action)
    })
}
