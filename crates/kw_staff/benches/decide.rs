//! What each look at an account and each step of an action asks of staff's rules: `cargo bench -p kw_staff`. Deliberately
//! absent: signatures, whose cost is the cryptography's.

use divan::{Bencher, black_box};
use kw_staff::entry::{Entry, InForce, Kind, Record, Subject};
use kw_staff::fold::Fold;
use kw_staff::person::{PersonId, Role, Team};
use kw_staff::policy::Policy;
use kw_staff::policy::question::{Delay, Mode, Question, Signer, Span};
use kw_staff::power::{Power, Tier};
use kw_staff::statement::{ActionId, Effect, TargetKind};
use kw_staff::time::Millis;

fn main() {
    divan::main();
}

/// The standing of an account that is not hidden, while so many others are: the visibility check asks it for each author.
#[divan::bench(args = [0, 1_000, 1_000_000])]
fn standing(bencher: Bencher<'_, '_>, hidden: u64) {
    let fold = hide(hidden);
    let mut account = 0_u64;
    bencher.bench_local(|| {
        // Hidden accounts have even ids, and those that are asked about lie between them.
        account = (account + 2 * 7_919) % (2 * hidden.max(1));
        fold.standing(black_box(account + 1), Millis(2))
    });
}

/// Whether two people are enough to take a notable account down, asked for the first time.
#[divan::bench]
fn policy(bencher: Bencher<'_, '_>) {
    let policy = Policy::parse(Policy::default_text().as_bytes()).expect("the default policy can be read");
    let mut live = 9;
    bencher.bench_local(|| {
        // Answers are remembered, so that no question is asked twice here.
        live += 1;
        policy.permits(&question(live))
    });
}

/// A ledger that keeps the accounts with the first even ids unavailable.
fn hide(accounts: u64) -> Fold {
    let mut fold = Fold::default();
    let founding = founding();
    // Entries about actions whose steps were erased stand for themselves.
    let erased = Record::Erased { kind: Kind::Step, action: None };
    let hiding = (0..accounts).map(|number| Record::InForce(Box::new(take_down(2 * number))));
    for (index, record) in [founding, erased].into_iter().chain(hiding).enumerate() {
        let applied = fold.apply(index as u64, &Entry { time: Millis(1), record });
        applied.expect("each entry can follow the one before");
    }
    fold
}

fn founding() -> Record {
    use kw_staff::assertion::RelyingParty;
    let relying_party = RelyingParty { id: "bay.example".to_owned(), origin: "https://bay.example".to_owned() };
    Record::Founded(Box::new(kw_staff::entry::Founding {
        origin: "bay.example/ledger".to_owned(),
        log_key: "bay.example/ledger+0a1b2c3d+AQIDBA".to_owned(),
        relying_party,
        floor: [0; 32],
        made_up_floor: None,
        policy: Policy::default_text().to_owned(),
        people: Vec::new(),
        keys: Vec::new(),
        witnesses: Vec::new(),
    }))
}

fn take_down(account: u64) -> InForce {
    InForce {
        action: ActionId(u128::from(account)),
        power: Power::TakeDown,
        subject: Subject { kind: TargetKind::Account, id: account.to_string() },
        tier: Tier::Ordinary,
        effect: Effect { until: None, ..Effect::default() },
        undo_needs: 1,
        ground: None,
        policy: [0; 32],
        signers: Vec::new(),
        teams: 1,
        document: None,
    }
}

fn question(live: u32) -> Question {
    let signer = |person, team, role| Signer {
        person: PersonId(person),
        roles: [role].into(),
        team: Team::new(team).expect("a plain name"),
        powers_ended: false,
        device_bound: true,
    };
    Question {
        power: Power::TakeDown,
        tier: Tier::Notable,
        span: Span::Day,
        delay: Delay::Instant,
        urgent: false,
        undo_needs: 1,
        mode: Mode::Team,
        live,
        live_teams: 3,
        extra: 0,
        signers: vec![signer(1, "day", Role::Moderator), signer(2, "night", Role::TrustLead)],
    }
}
