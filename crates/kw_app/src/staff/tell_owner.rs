//! An owner is told the same moment what staff decided about the account: a notification, and a letter where there is an
//! address. What is told follows from the ledger and is no part of the decision: it comes after, and once.
//!
//! The notification's id follows from the entry, so that telling again finds it and changes nothing; the letter goes with
//! the notification that was new. A letter that a crash or a mail server lost is not written again.

use kw_domain::account::OwnerState;
use kw_domain::id::{AccountId, PostId};
use kw_domain::notification::Kind;
use kw_domain::time::Millis;
use kw_staff::entry::{Entry, Outcome, Record, Turn};
use kw_staff::power::Power;

use crate::account::{Course, Decided, decision_letter, find, find_settings};
use crate::authority::{Authority, Job};
use crate::context::Context;
use crate::credential::stored::{self, Email, Found};
use crate::failure::Failure;
use crate::families::NOTIFICATION;
use crate::feed::Event;
use crate::ledger::append::Appended;
use crate::notification::{KEPT_MS, id_of};
use crate::rows::NotificationRow;
use crate::staff::reasons::takes;

/// Something that an owner has to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct News {
    /// The entry.
    entry: u64,
    account: AccountId,
    at: Millis,
    power: Power,
    until: Option<Millis>,
    course: Course,
}

/// Tells what was appended. Who could not be told is told at the next start, while it holds.
pub(crate) async fn tell(cx: &Context, appended: &Appended) {
    let entries = || (appended.first..).zip(&appended.entries);
    let is_restored = entries().any(|(_, entry)| power_of(entry) == Some(Power::Restore));
    for (index, entry) in entries() {
        let news = news_of(index, entry).filter(|news| !(news.course == Course::Undone && is_restored));
        let Some(news) = news else { continue };
        if let Err(error) = tell_once(cx, &news).await {
            tracing::warn!(account = news.account.0, index, %error, "an owner was not told");
        }
    }
}

/// Tells of everything that holds now and was not told.
pub(crate) async fn catch_up(cx: &Context) -> Result<(), Failure> {
    let now = super::house::moment(cx.now());
    let forces: Vec<News> = cx.ledger().read(|log| {
        let accounts = log.fold().accounts().map(|(account, _)| account);
        let held = accounts.flat_map(|account| log.fold().forces(account, now).map(|(_, force)| force.clone()));
        held.map(|force| News {
            entry: force.index,
            account: AccountId(force.account),
            at: Millis(force.since.0),
            power: force.power,
            until: force.ends.map(|ends| Millis(ends.0)),
            course: Course::Holds,
        })
        .collect()
    });
    for news in forces {
        tell_once(cx, &news).await?;
    }
    Ok(())
}

fn power_of(entry: &Entry) -> Option<Power> {
    match &entry.record {
        Record::InForce(in_force) => Some(in_force.power),
        _ => None,
    }
}

fn news_of(index: u64, entry: &Entry) -> Option<News> {
    let account = AccountId(entry.record.subject()?.account_id()?);
    let (power, until, course) = match &entry.record {
        Record::InForce(in_force) => {
            (in_force.power, in_force.effect.until.map(|until| Millis(until.0)), Course::Holds)
        }
        Record::Outcome(outcome) => (outcome.power, None, course_of(outcome)?),
        _ => return None,
    };
    Some(News { entry: index, account, at: Millis(entry.time.0), power, until, course })
}

fn course_of(outcome: &Outcome) -> Option<Course> {
    match outcome.turn {
        Turn::Scheduled => Some(Course::Waits { from: Millis(outcome.moment?.0) }),
        Turn::Undone => Some(Course::Undone),
        _ => None,
    }
}

async fn tell_once(cx: &Context, news: &News) -> Result<(), Failure> {
    let owner = find(cx, news.account).await?;
    let Some(owner) = owner.filter(|owner| !matches!(owner.owner_state, OwnerState::Deleted(_))) else { return Ok(()) };
    let kind = if takes(news.power) && news.course == Course::Holds { Kind::Warning } else { Kind::Decision };
    let id = id_of(kind, news.account, Some(PostId(news.entry)), news.at);
    let place = NOTIFICATION.place(cx, news.account, &id).await?;
    let is_over = news.at.plus_ms(KEPT_MS) <= cx.now();
    if is_over || cx.find(&NOTIFICATION.rows, &place, &id).await?.is_some() {
        return Ok(());
    }
    let row = NotificationRow { kind: kind.word().to_owned(), from: news.account.0, about: Some(news.entry) };
    let mut draft = cx.draft(&Authority::system(Job::Housekeeping));
    draft.ensure_until(&NOTIFICATION.rows, (&place, &id), &row, Some(news.at.0 + KEPT_MS));
    draft.tell(Event::notified(news.account, id));
    cx.perform(draft).await?;
    write_letter(cx, &owner.handle, news).await
}

/// The letter is on its way when this returns: no decision waits for a mail server.
async fn write_letter(cx: &Context, handle: &str, news: &News) -> Result<(), Failure> {
    let Some(mailer) = cx.outside().mailer.clone() else { return Ok(()) };
    let email: Option<Found<Email>> = stored::find(cx, news.account).await?;
    let Some(email) = email.filter(|email| email.value.confirmed_at.is_some()) else { return Ok(()) };
    let locale = find_settings(cx, news.account).await?.locale;
    let decided = Decided {
        handle,
        entry: news.entry,
        power: news.power,
        at: news.at,
        course: news.course,
        lasts_ms: news.until.map(|until| until.0.saturating_sub(news.at.0)),
    };
    let letter = decision_letter(cx.settings(), &locale, &email.value.address, &decided);
    tokio::spawn(async move {
        if let Err(error) = mailer.send(letter).await {
            tracing::warn!(%error, "an owner's letter was not sent");
        }
    });
    Ok(())
}
