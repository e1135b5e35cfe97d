//! Every kind of write and every kind of authority (I10): which pairs an operation takes, as a table, tried one by one.

use kw_domain::id::AccountId;
use kw_store::{Condition, Family, OperationId, Partition, Put, Stamp};

use super::{Draft, change};
use crate::authority::{Authority, Job};
use crate::failure::Failure;
use crate::families::{FEED, catalogue, staff};
use crate::family::Decider;
use crate::key::{Key, Only};

/// Whose rows are written.
const OWNER: AccountId = AccountId(7);
const STRANGER: AccountId = AccountId(8);

/// What stands in the table's columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    /// The owner of the rows, or the job that deletes that account.
    Own,
    /// The same of another account.
    Other,
    /// A named job.
    Job,
    /// The ledger.
    Ledger,
}

/// How a row is written.
#[derive(Debug, Clone, Copy)]
enum Way {
    Decide,
    DecideGone,
    Ensure,
    EnsureGone,
}

/// Who may write a row so that it decides: own, other, job, ledger.
const fn may_decide(decider: Decider) -> [bool; 4] {
    match decider {
        Decider::Owner => [true, false, true, false],
        Decider::Anyone => [true, true, true, false],
        Decider::Nobody => [false, false, false, false],
        Decider::System => [false, false, true, false],
        Decider::Ledger => [false, false, false, true],
    }
}

/// Who may write it as a consequence of what else they decide.
const fn may_ensure(decider: Decider) -> [bool; 4] {
    match decider {
        Decider::Ledger => [false, false, false, true],
        Decider::Owner | Decider::Anyone | Decider::Nobody | Decider::System => [true, true, true, true],
    }
}

/// Every kind of authority. A new kind of job does not compile before it is in the list.
fn authorities() -> Vec<(Column, Authority)> {
    for job in Job::ALL {
        match job {
            Job::Founding
            | Job::SignUp
            | Job::Operator
            | Job::Applications
            | Job::Erasure
            | Job::Confirmation
            | Job::Housekeeping
            | Job::StaffDesk => {}
        }
    }
    let mut all = vec![
        (Column::Own, Authority::seat(OWNER)),
        (Column::Own, Authority::erasing(OWNER)),
        (Column::Other, Authority::seat(STRANGER)),
        (Column::Other, Authority::erasing(STRANGER)),
        (Column::Ledger, Authority::ledger()),
    ];
    all.extend(Job::ALL.map(|job| (Column::Job, Authority::system(job))));
    all
}

/// Every kind of row, of all three databases.
fn families() -> Vec<(Family, Decider)> {
    [catalogue(), staff::of_the_ledger(), staff::of_the_keys()].concat()
}

/// Whether an operation that writes one row of the owner's so is taken; a refused one is refused as a whole.
fn is_taken(authority: &Authority, (family, decider): (Family, Decider), way: Way) -> bool {
    let partition = Partition { family, key: OWNER.to_bytes() };
    let put = || Some(Put { value: vec![1].into(), expires_ms: None });
    let mut draft = Draft::new(authority);
    match way {
        Way::Decide => draft.push_decision(&partition, decider, change(&Only, put(), Condition::Absent)),
        Way::DecideGone => draft.push_decision(&partition, decider, change(&Only, None, Condition::Is(Stamp(1)))),
        Way::Ensure => draft.push_consequence(partition, decider, change(&Only, put(), Condition::Newer)),
        Way::EnsureGone => draft.push_consequence(partition, decider, change(&Only, None, Condition::Newer)),
    }
    match draft.finish(OperationId(1), Stamp(1)) {
        Ok((operation, _)) => {
            // The feed may be told of it in a step of its own.
            let others = operation.steps.iter().skip(1).filter(|step| step.partition.family != FEED.family);
            assert_eq!((operation.steps[0].partition.family, others.count()), (family, 0), "what was taken is written");
            true
        }
        Err(Failure::Refused(refusal)) => {
            assert_eq!(refusal.kind, kw_domain::refusal::Kind::Forbidden);
            false
        }
        Err(failure) => panic!("{failure}"),
    }
}

#[test]
fn each_kind_of_write_is_taken_with_the_authority_of_the_table_and_with_no_other() {
    for (family, decider) in families() {
        for (column, authority) in authorities() {
            for way in [Way::Decide, Way::DecideGone, Way::Ensure, Way::EnsureGone] {
                let row = match way {
                    Way::Decide | Way::DecideGone => may_decide(decider),
                    Way::Ensure | Way::EnsureGone => may_ensure(decider),
                };
                let said = format!("{way:?} `{}` with {authority:?}", family.name);
                assert_eq!(is_taken(&authority, (family, decider), way), row[column as usize], "{said}");
            }
        }
    }
}

#[test]
fn what_only_the_ledger_writes_is_known_by_name() {
    let names =
        families().into_iter().filter(|(_, decider)| *decider == Decider::Ledger).map(|(family, _)| family.name);
    let expected = ["standing", "ledger", "bundle", "node", "detail", "snapshot", "opening_keys", "ledger_secret"];
    assert_eq!(names.collect::<Vec<_>>(), expected);
}

#[test]
fn one_write_without_authority_refuses_all_that_it_came_with() {
    let standing = crate::families::STANDING;
    let (account, settings) = (crate::families::ACCOUNT, crate::families::SETTINGS);
    let partition = |family| Partition { family, key: OWNER.to_bytes() };
    let put = || change(&Only, Some(Put { value: vec![1].into(), expires_ms: None }), Condition::Newer);
    let mut draft = Draft::new(&Authority::seat(OWNER));
    draft.push_decision(&partition(account.family), account.decider, put());
    draft.push_consequence(partition(standing.family), standing.decider, put());
    draft.push_consequence(partition(settings.family), settings.decider, put());
    assert!(draft.finish(OperationId(1), Stamp(1)).is_err());
}
