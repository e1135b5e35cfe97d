//! What a single insider would try, tried through the use cases with real keys and real signatures. docs/insider-attacks.md
//! tells each for people who read no code, and names its test.
//!
//! What somebody tries who changes files or databases is beside their formats; what the rules say without a server is
//! `kw_staff`'s.

mod alone;
mod document;
mod house;
mod leaving;
mod quorum;
mod race;
mod words;

use kw_domain::account::Reach;
use kw_domain::id::AccountId;
use kw_domain::time::Millis;
use kw_staff::authenticator::Backup;
use kw_staff::entry::{Record, Subject};
use kw_staff::person::{PersonId, Role};
use kw_staff::power::{Power, Tier};
use kw_staff::statement::ActionId;
use kw_staff::step::{Event, Thresholds};

use super::world::{World, code};
use crate::failure::Failure;
use crate::ledger::append::append;
use crate::ledger::verify::{Beside, Expected, verify};
use crate::staff::draft::Proposal;
use crate::staff::submit::Taken;
use crate::staff::understudy::{Part, Understudy, about, found};
use crate::viewer::find_standing;

const MINUTE: u64 = Millis::MINUTE;
const HOUR: u64 = Millis::HOUR;
const DAY: u64 = Millis::DAY;

/// The staff of these tests: three moderators of two teams, a lead, and somebody of support.
struct House {
    world: World,
    /// A moderator; the insider in most tests.
    ines: Understudy,
    /// A moderator of another team.
    milo: Understudy,
    /// A moderator of the insider's team.
    nora: Understudy,
    /// The trust lead.
    lena: Understudy,
    /// Support.
    sam: Understudy,
}

/// What differs between the houses of these tests.
#[derive(Clone, Copy)]
struct Plan {
    /// In how many milliseconds employment ends: Ines's, and Sam's.
    ends_in: [Option<u64>; 2],
    /// Whether the lead's key may be copied.
    lead: Backup,
}

impl Plan {
    const USUAL: Self = Self { ends_in: [None, None], lead: Backup::DeviceBound };
}

impl House {
    async fn new() -> Self {
        Self::with(Plan::USUAL).await
    }

    async fn with(plan: Plan) -> Self {
        let world = World::new().await;
        let ends = plan.ends_in.map(|ends| ends.map(|ends| world.cx.now().plus_ms(ends)));
        let part = |name, roles, team, ends, backup| Part { name, roles, team, ends, backup };
        let parts = [
            part("Ines Rau", &[Role::Moderator], "day", ends[0], Backup::DeviceBound),
            part("Milo Kern", &[Role::Moderator], "night", None, Backup::DeviceBound),
            part("Nora Lind", &[Role::Moderator], "day", None, Backup::DeviceBound),
            part("Lena Ohm", &[Role::TrustLead], "trust", None, plan.lead),
            part("Sam Vik", &[Role::Support], "night", ends[1], Backup::DeviceBound),
        ];
        let cast = found(&world.cx, &parts).await.expect("nobody has founded before");
        let [ines, milo, nora, lena, sam] = cast.try_into().expect("five parts were given out");
        Self { world, ines, milo, nora, lena, sam }
    }

    fn pass(&self, millis: u64) {
        self.world.clock.advance_millis(millis);
    }

    async fn ordinary(&self, handle: &str) -> AccountId {
        self.world.member(handle).await.account
    }

    /// An account with so many followers that it is notable.
    async fn notable(&self, handle: &str) -> AccountId {
        let account = self.ordinary(handle).await;
        self.count_followers(account, Thresholds::NOTABLE_MAX).await;
        account
    }

    /// An account with so many followers that it is protected.
    async fn protected(&self, handle: &str) -> AccountId {
        let account = self.ordinary(handle).await;
        self.count_followers(account, Thresholds::PROTECTED_MAX).await;
        account
    }

    async fn count_followers(&self, account: AccountId, followers: u64) {
        let event = Event::FollowersCounted { account: account.0, followers, from: Thresholds::default() };
        append(&self.world.cx, |_| Ok(event.clone())).await.expect("counting is never refused");
    }

    /// A use of a power that hides for so long.
    fn hiding(&self, power: Power, account: AccountId, millis: u64) -> Proposal {
        about(power, account, Some(self.world.cx.now().plus_ms(millis)))
    }

    /// A take-down of three days.
    fn take_down(&self, account: AccountId) -> Proposal {
        self.hiding(Power::TakeDown, account, 3 * DAY)
    }

    /// Insiders have programs of their own: the desk is not asked.
    async fn propose(&self, who: &Understudy, proposal: &Proposal) -> Result<Taken, Failure> {
        who.insist(&self.world.cx, proposal).await
    }

    async fn approve(&self, who: &Understudy, action: ActionId) -> Result<Taken, Failure> {
        who.step(&self.world.cx, action, kw_staff::power::Verb::Approve).await
    }

    /// What readers see of an account.
    fn reach(&self, account: AccountId) -> Reach {
        let standing = find_standing(&self.world.cx, account);
        standing.reach_at(self.world.cx.now())
    }

    fn is_seen(&self, account: AccountId) -> bool {
        self.reach(account) == Reach::Clear
    }

    fn tier(&self, account: AccountId) -> Tier {
        self.world.cx.ledger().read(|log| log.fold().account(account.0).tier)
    }

    fn size(&self) -> u64 {
        self.world.cx.ledger().read(crate::ledger::log::Log::size)
    }

    /// Everything that is in the ledger was signed by enough people, and every row follows from it.
    async fn is_explained(&self) {
        let beside = Beside { network: self.world.cx.store().clone(), now: self.world.cx.now() };
        let shelf = self.world.cx.ledger().shelf();
        let report = verify(shelf, &Expected::default(), Some(beside), |_, _| {}).await.expect("it can be read");
        assert_eq!(report.findings, Vec::<String>::new());
    }

    /// The code of the refusal in the newest entry, with the key that signed for what was refused.
    async fn newest_refusal(&self) -> Option<(String, kw_staff::person::KeyId)> {
        let index = self.size() - 1;
        let entry = crate::ledger::read::load(&self.world.cx, &[index]).await.expect("it can be read").pop()?;
        match entry.entry.record {
            Record::RefusedStep(refused) => Some((refused.code, refused.step.statement.signer)),
            _ => None,
        }
    }
}

/// A change of somebody in the roster.
fn change(power: Power, person: PersonId, name: &str, value: &str) -> Proposal {
    let mut proposal = about(power, AccountId(0), None);
    proposal.subject = Subject::person(person);
    proposal.parameters.insert(name.to_owned(), value.to_owned());
    proposal
}
