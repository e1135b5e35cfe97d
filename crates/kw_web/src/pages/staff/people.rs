//! People of the staff in the plain shapes of the pages, and what forms say about them.

use std::collections::BTreeSet;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use kw_app::context::Context;
use kw_app::failure::Failure;
use kw_app::staff::roster::name_of;
use kw_domain::refusal::Refusal;
use kw_domain::time::Millis;
use kw_html::part::desk::Member;
use kw_html::part::staff::Role;
use kw_staff::person::{PersonId, Role as Known};

use crate::error::Problem;
use crate::params::Params;

/// Somebody as their colleagues see them.
pub async fn member(cx: &Context, person: PersonId) -> Result<Member, Failure> {
    let place = cx.ledger().read(|log| {
        let known = log.fold().member(person)?;
        Some((roles(&known.person.roles), known.person.team.name().to_owned()))
    });
    let (roles, team) = place.ok_or_else(Refusal::missing)?;
    Ok(Member { name: name_of(cx, person).await?, roles, team })
}

/// Roles in the words of the pages.
pub fn roles(roles: &BTreeSet<Known>) -> Vec<Role> {
    roles.iter().filter_map(|role| Role::from_word(role.word())).collect()
}

/// The roles that a form ticks. What is no role was not ticked by anybody.
pub fn ticked_roles(params: &Params) -> Result<BTreeSet<Known>, Problem> {
    Ok(params.words("roles")?.into_iter().filter_map(Known::from_word).collect())
}

/// A day that a form names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    /// Its first moment.
    pub begins: Millis,
    /// Its last moment.
    pub ends: Millis,
}

impl Day {
    /// The day in the field `name`, in the reader's zone; none when the field is empty.
    pub fn read(params: &Params, name: &'static str, zone: &str) -> Result<Option<Self>, Refusal> {
        let Ok(text) = params.word(name) else { return Err(no_day(name)) };
        text.map(|text| Self::parse(text, zone).ok_or_else(|| no_day(name))).transpose()
    }

    fn parse(text: &str, zone: &str) -> Option<Self> {
        let date: Date = text.parse().ok()?;
        let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
        let begin = |date: Date| {
            let begin = date.to_zoned(zone.clone()).ok()?.timestamp().as_millisecond();
            u64::try_from(begin).ok()
        };
        let (begins, next) = (begin(date)?, begin(date.tomorrow().ok()?)?);
        Some(Self { begins: Millis(begins), ends: Millis(next.saturating_sub(1)) })
    }
}

fn no_day(name: &'static str) -> Refusal {
    Refusal::invalid(name, "day", "Please write the day as 2026-12-31.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_lasts_from_midnight_to_midnight_where_its_reader_is() {
        let utc = Day::parse("2026-11-02", "").expect("a day");
        assert_eq!((utc.begins.0, utc.ends.0), (1_793_577_600_000, 1_793_663_999_999));
        let oslo = Day::parse("2026-11-02", "Europe/Oslo").expect("a day");
        assert_eq!(utc.begins.0 - oslo.begins.0, 3_600_000);
        // The clocks go back: this day has 25 hours.
        let long = Day::parse("2026-10-25", "Europe/Oslo").expect("a day");
        assert_eq!(long.ends.0 + 1 - long.begins.0, 25 * 3_600_000);
    }

    #[test]
    fn what_is_no_day_is_none() {
        for text in ["", "tomorrow", "2026-02-30", "1960-01-01", "99999-01-01", "2026-11-02T25:00"] {
            assert_eq!(Day::parse(text, "UTC"), None, "{text}");
        }
    }
}
