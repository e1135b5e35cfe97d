//! The report for a terminal: each act as a timeline in three lanes, what was tried, what was claimed, the verdict.

use std::fmt::{self, Write};

use kw_domain::time::Millis;

use super::{Act, Report};
use crate::replay::cast::OWNER;
use crate::replay::timeline::{grouped, on_the_clock, spoken};

/// Writes it.
pub fn write(report: &Report) -> String {
    let mut out = String::new();
    // A string takes whatever is written to it.
    let _written = write_to(&mut out, report);
    out
}

fn write_to(out: &mut String, report: &Report) -> fmt::Result {
    writeln!(out, "\nThe evening replayed, on {}", report.origin)?;
    writeln!(
        out,
        "\n  @{} is {}, with {} followers. She, everybody else and the town are invented.",
        OWNER.handle,
        OWNER.name,
        grouped(report.followers)
    )?;
    writeln!(out, "  Everything below went over HTTP, with real signatures of passkeys in software.")?;
    writeln!(out, "  Minutes pass without waiting: the clock is the play's. Milliseconds are measured.")?;
    if let Some(rate) = report.loaded.saturating_mul(1_000).checked_div(report.loading_ms) {
        let took = spoken(report.loading_ms);
        writeln!(out, "  {} followers were loaded in {took}: {} a second.", grouped(report.loaded), grouped(rate))?;
    }
    for (number, act) in (1..).zip(&report.acts) {
        write_act(out, number, act)?;
    }
    writeln!(out, "\nWhat one person tried, and what became of it")?;
    let mut when = None;
    for tried in &report.tried {
        if when.replace(tried.when) != Some(tried.when) {
            writeln!(out, "\n  {}\n", tried.when.words())?;
        }
        let mark = if tried.holds() { "✓" } else { "✗" };
        writeln!(out, "  {mark} {:<14}{}", tried.outcome.words(), tried.what)?;
        let recorded = tried.entry.map(|entry| format!(" [entry {entry}]")).unwrap_or_default();
        writeln!(out, "                  {}{recorded}", shortened(&tried.said))?;
    }
    if let Some(said) = &report.ordinary_server {
        writeln!(out, "\nA server for people, started on the made-up ledger, says:\n  {said}")?;
    }
    writeln!(out, "\nClaims\n")?;
    for claim in &report.claims {
        writeln!(out, "  {} {}", if claim.holds { "✓" } else { "✗" }, claim.claim)?;
    }
    writeln!(out, "\n{}", report.verdict)
}

fn write_act(out: &mut String, number: usize, act: &Act) -> fmt::Result {
    let played = &act.played;
    let gone =
        if played.gone.is_empty() { "never gone".to_owned() } else { format!("gone for {}", spoken(played.gone_ms)) };
    writeln!(out, "\n{number}. {} · {gone}\n   {}\n", played.title, played.rules)?;
    for moment in &played.moments {
        let clock = on_the_clock(Millis(played.began), moment.at_ms);
        let is_gone = played.gone.iter().any(|gone| (gone.from_ms..gone.until_ms).contains(&moment.at_ms));
        let shade = if is_gone { "▒" } else { " " };
        writeln!(out, "  {clock} {shade} {:<8} {}", moment.lane.word(), moment.what)?;
    }
    for measured in &played.measured {
        let rows: Vec<_> = measured.rows.iter().map(|(family, rows)| format!("{family} {rows}")).collect();
        writeln!(out, "\n  {}: {} ms; rows: {}", measured.what, measured.took_ms, rows.join(", "))?;
    }
    writeln!(out, "\n  The ledger shows")?;
    for line in &played.ledger {
        writeln!(out, "  {:>6}  {}", line.entry, line.says)?;
    }
    writeln!(out, "  {}", act.verified.verdict)
}

/// One line of what was said.
fn shortened(said: &str) -> String {
    const CHARS_MAX: usize = 160;
    if said.chars().count() <= CHARS_MAX {
        return said.to_owned();
    }
    said.chars().take(CHARS_MAX).chain(['…']).collect()
}
