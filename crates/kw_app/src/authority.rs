//! Authority: the value without which nothing of somebody's can be written (I10).
//!
//! Its inside is private to this crate, so that only authentication (an owner's seat), named jobs of the system and the
//! ledger's append hand one out. Peers' own objects will be a further kind.

use kw_domain::id::AccountId;
use kw_domain::refusal::Refusal;
use kw_store::Partition;

use crate::failure::Failure;
use crate::families::ACCOUNT;
use crate::family::Decider;

/// The right to decide about certain rows.
///
/// Outside of this crate nobody makes one, but for the operator's, which touches nothing that belongs to an account:
///
/// ```
/// let operator = kw_app::authority::Authority::operator();
/// assert_eq!(operator.account(), None);
/// ```
///
/// ```compile_fail,E0624
/// let seat = kw_app::authority::Authority::seat(kw_domain::id::AccountId(7));
/// ```
///
/// ```compile_fail,E0624
/// let ledger = kw_app::authority::Authority::ledger();
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Authority(Kind);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Kind {
    Seat {
        account: AccountId,
        seat: Seat,
        proof: Proof,
    },
    System(Job),
    /// [`Job::Erasure`] in the place of the account that it deletes.
    Erasing(AccountId),
    /// What the ledger holds, and what follows from it.
    Ledger,
    /// What follows from the ledger for the handle of this account: its own row, and no other of its rows.
    Renaming(AccountId),
}

/// A person's place on an account. Until official accounts get publishers and drafters, everyone is an owner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seat {
    /// May do everything with the account.
    Owner,
}

/// What was shown beyond the session, for this request alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Proof {
    /// Nothing.
    Session,
    /// The owner's passkey, or a code that only the owner has.
    Owner,
}

/// Named jobs of the system, which may write without anybody's seat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Job {
    /// Creating what a server needs at its first start.
    Founding,
    /// Somebody signs up: there is no account yet whose seat could decide.
    SignUp,
    /// The operator at the command line: creating accounts, invitations, approving sign-ups.
    Operator,
    /// Registering client applications, exchanging and revoking their codes and tokens.
    Applications,
    /// Deleting accounts whose time to change their mind has passed.
    Erasure,
    /// Confirming e-mail addresses and links in profiles.
    Confirmation,
    /// Keeping the house: slots, directories, projections.
    Housekeeping,
    /// Sign-in and sessions of staff, and what they prepare before they sign it. Gives no power over anything else.
    StaffDesk,
}

impl Authority {
    /// The owner's seat of `account`. Only authentication calls it.
    pub(crate) const fn seat(account: AccountId) -> Self {
        Self(Kind::Seat { account, seat: Seat::Owner, proof: Proof::Session })
    }

    /// The owner's seat, for a request whose sender has just shown more than a session. Only step-up calls it.
    pub(crate) const fn proved(account: AccountId) -> Self {
        Self(Kind::Seat { account, seat: Seat::Owner, proof: Proof::Owner })
    }

    /// Whether more than a session was shown for this request.
    pub(crate) const fn is_proved(&self) -> bool {
        matches!(self.0, Kind::Seat { proof: Proof::Owner, .. })
    }

    /// A named job of the system.
    pub(crate) const fn system(job: Job) -> Self {
        Self(Kind::System(job))
    }

    /// The job that deletes `account`, which takes back what the account did as its owner would.
    pub(crate) const fn erasing(account: AccountId) -> Self {
        Self(Kind::Erasing(account))
    }

    /// The ledger itself: its entries, and the standing that follows from them. Only the append, which has judged the event
    /// against everything before it, calls this.
    pub(crate) const fn ledger() -> Self {
        Self(Kind::Ledger)
    }

    /// The ledger said that `account` is called otherwise. Only what brings rows to what the ledger says calls this.
    pub(crate) const fn renaming(account: AccountId) -> Self {
        Self(Kind::Renaming(account))
    }

    /// The operator at the command line, who has the data directory in their hands. May create accounts and
    /// invitations and approve sign-ups; no use case lets it touch what belongs to an account.
    pub const fn operator() -> Self {
        Self::system(Job::Operator)
    }

    /// The account whose seat this is, or in whose place it is deleted.
    pub const fn account(&self) -> Option<AccountId> {
        match self.0 {
            Kind::Seat { account, seat: Seat::Owner, .. } | Kind::Erasing(account) => Some(account),
            Kind::System(_) | Kind::Ledger | Kind::Renaming(_) => None,
        }
    }

    /// The account that acts; refused when a job of the system tries what only people do.
    pub fn acting(&self) -> Result<AccountId, Failure> {
        Ok(self.account().ok_or_else(Refusal::forbidden)?)
    }

    /// Whether this is the job named `job`.
    pub fn is_job(&self, job: Job) -> bool {
        self.0 == Kind::System(job)
    }

    /// Whether it may decide about rows of `partition`.
    pub(crate) fn may_decide(&self, decider: Decider, partition: &Partition) -> bool {
        match (decider, &self.0) {
            (Decider::Ledger, Kind::Ledger) => true,
            (Decider::Owner, Kind::Renaming(account)) => {
                partition.family.id == ACCOUNT.family.id && partition.key.starts_with(&account.0.to_be_bytes())
            }
            (Decider::Nobody | Decider::Ledger, _)
            | (_, Kind::Ledger | Kind::Renaming(_))
            | (Decider::System, Kind::Seat { .. } | Kind::Erasing(_)) => false,
            (Decider::Anyone, _) | (Decider::System | Decider::Owner, Kind::System(_)) => true,
            (Decider::Owner, Kind::Seat { account, .. } | Kind::Erasing(account)) => {
                partition.key.starts_with(&account.0.to_be_bytes())
            }
        }
    }
}

#[cfg(test)]
impl Job {
    /// Every job: whoever adds one adds it here, and tests ask what it may write.
    pub(crate) const ALL: [Self; 8] = [
        Self::Founding,
        Self::SignUp,
        Self::Operator,
        Self::Applications,
        Self::Erasure,
        Self::Confirmation,
        Self::Housekeeping,
        Self::StaffDesk,
    ];
}

#[cfg(test)]
mod tests {
    use kw_store::Bytes;

    use super::*;
    use crate::families::catalogue;

    const OWNER: AccountId = AccountId(7);
    const STRANGER: AccountId = AccountId(8);

    fn partition_of(family: kw_store::Family) -> Partition {
        Partition { family, key: Bytes::copy_from_slice(&OWNER.0.to_be_bytes()) }
    }

    #[test]
    fn every_kind_of_row_that_is_somebodys_is_decided_about_by_its_owner_and_by_no_other_member() {
        for (family, decider) in catalogue().into_iter().filter(|(_, decider)| *decider == Decider::Owner) {
            let partition = partition_of(family);
            assert!(Authority::seat(OWNER).may_decide(decider, &partition), "the owner and `{}`", family.name);
            assert!(!Authority::seat(STRANGER).may_decide(decider, &partition), "a stranger and `{}`", family.name);
        }
    }

    #[test]
    fn no_member_decides_about_the_rows_of_the_house() {
        let is_of_the_house =
            |decider: &Decider| matches!(decider, Decider::System | Decider::Nobody | Decider::Ledger);
        for (family, decider) in catalogue().into_iter().filter(|(_, decider)| is_of_the_house(decider)) {
            let may = Authority::seat(OWNER).may_decide(decider, &partition_of(family));
            assert!(!may, "a member and `{}`", family.name);
        }
    }

    #[test]
    fn nobody_decides_about_standing_not_even_the_operator() {
        let standing = crate::families::STANDING;
        for authority in Job::ALL.map(Authority::system).into_iter().chain([Authority::seat(OWNER)]) {
            assert!(!authority.may_decide(standing.decider, &partition_of(standing.family)), "{authority:?}");
        }
    }

    #[test]
    fn another_handle_touches_the_row_of_the_account_and_no_other_row() {
        let mut may = Vec::new();
        for (family, decider) in catalogue() {
            assert!(!Authority::renaming(STRANGER).may_decide(decider, &partition_of(family)), "`{}`", family.name);
            may.extend(Authority::renaming(OWNER).may_decide(decider, &partition_of(family)).then_some(family.name));
        }
        assert_eq!(may, ["account"]);
    }

    #[test]
    fn what_may_be_decided_by_anyone_is_only_what_belongs_to_nobody_yet() {
        let open: Vec<_> = catalogue().into_iter().filter(|(_, decider)| *decider == Decider::Anyone).collect();
        let names: Vec<_> = open.iter().map(|(family, _)| family.name).collect();
        assert_eq!(names, ["handle", "email", "code", "invitation_code", "invitation_use", "token"]);
    }
}
