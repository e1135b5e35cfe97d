//! A standing row as somebody with the database writes it, past every use case and without a decision.

use kw_app::families::STANDING;
use kw_app::family::Rows;
use kw_app::key::{Key, Only};
use kw_app::rows::StandingRow;
use kw_domain::account::Reach;
use kw_domain::id::AccountId;
use kw_domain::time::Millis;
use kw_store::{Batch, Change, Condition, Operation, OperationId, Outcome, Put, SharedStore, Stamp};

/// Writes a standing row past every use case, as somebody with the database could.
pub async fn write_standing(store: &SharedStore, now: Millis, index: u64, account: AccountId, reach: Reach) {
    let (reach, reach_until) = match reach {
        Reach::Clear => (0, None),
        Reach::Limited { until } => (1, until),
        Reach::Unavailable { until } => (2, until),
    };
    let row = StandingRow { reach, reach_until: reach_until.map(|until| until.0), frozen_until: None, since: now.0 };
    let change = Change {
        key: Only.to_bytes(),
        put: Some(Put { value: Rows::<AccountId, Only, StandingRow>::encode(&row), expires_ms: None }),
        condition: Condition::Newer,
        stamp: Some(Stamp(index)),
    };
    let operation = Operation {
        id: OperationId(u128::from(index) << 64 | u128::from(account.0)),
        stamp: Stamp(now.0 * 1_000),
        not_after_ms: now.0 + 5_000,
        steps: vec![Batch { partition: STANDING.partition(&account), changes: vec![change] }],
    };
    let outcome = store.perform(&operation).await.expect("the store answers");
    assert_eq!(outcome, Outcome::Done);
}
