//! The report as one page that stands alone: no script, no file beside it, light and dark, printable in black and white. What
//! the pictures show stands below them in words.

mod chart;

use std::fmt::{self, Write};

use kw_domain::time::Millis;
use kw_html::assets::tokens;

use super::{Act, Report};
use crate::replay::cast::OWNER;
use crate::replay::timeline::{Moment, grouped, on_the_clock, spoken};

const STYLE: &str = include_str!("page.css");

/// Writes it.
pub fn write(report: &Report) -> String {
    let mut out = String::new();
    // A string takes whatever is written to it.
    let _written = write_to(&mut out, report);
    out
}

fn write_to(out: &mut String, report: &Report) -> fmt::Result {
    writeln!(out, "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">")?;
    writeln!(out, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")?;
    writeln!(out, "<title>The evening replayed · {}</title>", if report.holds { "holds" } else { "fails" })?;
    writeln!(out, "<meta name=\"description\" content=\"{}\">", escaped(&report.verdict))?;
    writeln!(out, "<style>\n{}\n{STYLE}</style>\n</head>\n<body>\n<main>", tokens())?;
    write_head(out, report)?;
    for (number, act) in (1..).zip(&report.acts) {
        write_act(out, number, act)?;
    }
    write_tried(out, report)?;
    write_claims(out, report)?;
    writeln!(out, "</main>\n</body>\n</html>")
}

fn write_head(out: &mut String, report: &Report) -> fmt::Result {
    let (verdict, tone) = if report.holds { ("It holds", "good") } else { ("It fails", "alarm") };
    let said = report.verdict.split_once(": ").map_or(report.verdict.as_str(), |(_, said)| said);
    writeln!(out, "<header>\n<p class=\"eyebrow\">Kittiwake · {}</p>", escaped(&report.origin))?;
    writeln!(out, "<h1>The evening replayed</h1>")?;
    writeln!(
        out,
        "<p class=\"verdict\"><strong class=\"mark {tone}\">{verdict}</strong> {}.</p>",
        escaped(&capital(said))
    )?;
    writeln!(
        out,
        "<p class=\"quiet\">@{} is {}, with {} followers. She, everybody else and the town are invented; the places they take \
         are those of 2 November 2017. Everything went over HTTP, with real signatures of passkeys in software. Minutes pass \
         without waiting: the clock is the play’s. Milliseconds are measured.</p>\n</header>",
        OWNER.handle,
        OWNER.name,
        grouped(report.followers)
    )
}

fn write_act(out: &mut String, number: usize, act: &Act) -> fmt::Result {
    let played = &act.played;
    let gone =
        if played.gone.is_empty() { "never gone".to_owned() } else { format!("gone for {}", spoken(played.gone_ms)) };
    writeln!(out, "<section aria-labelledby=\"act{number}\">\n<h2 id=\"act{number}\">{number}. {} ", played.title)?;
    writeln!(out, "<span class=\"handle\">@{} was {gone}</span></h2>", OWNER.handle)?;
    writeln!(out, "<p class=\"quiet\">{}</p>", escaped(&played.rules))?;
    chart::write(out, number, played)?;
    writeln!(out, "<ol class=\"moments\">")?;
    for (place, moment) in (1..).zip(&played.moments) {
        write_moment(out, (number, place), played.began, moment)?;
    }
    writeln!(out, "</ol>")?;
    for measured in &played.measured {
        let rows: Vec<_> = measured.rows.iter().map(|(family, rows)| format!("{} {rows}", escaped(family))).collect();
        let what = escaped(&capital(&measured.what));
        writeln!(out, "<p>{what}: <strong>{} ms</strong>. Rows written: {}.</p>", measured.took_ms, rows.join(", "))?;
    }
    writeln!(
        out,
        "<details><summary>What the ledger shows ({} entries)</summary>\n<ul class=\"lines\">",
        played.ledger.len()
    )?;
    for line in &played.ledger {
        writeln!(out, "<li><b>{}</b> {}</li>", line.entry, escaped(&line.says))?;
    }
    writeln!(out, "</ul></details>\n<p class=\"code\">{}</p>\n</section>", escaped(&act.verified.verdict))
}

fn write_moment(out: &mut String, (act, place): (usize, usize), began: u64, moment: &Moment) -> fmt::Result {
    let clock = on_the_clock(Millis(began), moment.at_ms);
    let tone = match moment.tone {
        crate::replay::timeline::Tone::Plain => "plain",
        crate::replay::timeline::Tone::Harm => "harm",
        crate::replay::timeline::Tone::Good => "good",
    };
    writeln!(
        out,
        "<li id=\"m{act}-{place}\" class=\"{tone}\"><time>{clock}</time> <span class=\"lane\">{}</span> \
         <span class=\"what\">{}</span></li>",
        moment.lane.word(),
        escaped(&moment.what)
    )
}

fn write_tried(out: &mut String, report: &Report) -> fmt::Result {
    writeln!(out, "<section aria-labelledby=\"tried\">\n<h2 id=\"tried\">What one person could still try</h2>")?;
    writeln!(out, "<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"Attempts, one a row\"><table>")?;
    write!(out, "<thead><tr>")?;
    for head in ["What was tried", "Outcome", "What came back", "Entry"] {
        write!(out, "<th scope=\"col\">{head}</th>")?;
    }
    writeln!(out, "</tr></thead>\n<tbody>")?;
    let mut when = None;
    for tried in &report.tried {
        if when.replace(tried.when) != Some(tried.when) {
            let words = tried.when.words();
            writeln!(out, "<tr><th class=\"when\" scope=\"rowgroup\" colspan=\"4\">{words}</th></tr>")?;
        }
        let tone = if tried.holds() { "good" } else { "alarm" };
        let entry = tried.entry.map_or_else(|| "–".to_owned(), |entry| entry.to_string());
        writeln!(
            out,
            "<tr><th scope=\"row\">{}</th><td><span class=\"mark {tone}\">{}</span></td><td>{}</td><td>{entry}</td></tr>",
            escaped(tried.what),
            tried.outcome.words(),
            escaped(&tried.said)
        )?;
    }
    writeln!(out, "</tbody></table></div>")?;
    if let Some(said) = &report.ordinary_server {
        writeln!(out, "<p>A server for people, started on the made-up ledger, says: “{}”</p>", escaped(said))?;
    }
    writeln!(out, "</section>")
}

fn write_claims(out: &mut String, report: &Report) -> fmt::Result {
    writeln!(out, "<section aria-labelledby=\"claims\">\n<h2 id=\"claims\">Claims</h2>\n<ul class=\"lines\">")?;
    for claim in &report.claims {
        let (mark, tone) = if claim.holds { ("holds", "good") } else { ("fails", "alarm") };
        writeln!(out, "<li><span class=\"mark {tone}\">{mark}</span> {}</li>", escaped(&claim.claim))?;
    }
    writeln!(out, "</ul>\n</section>")
}

/// Text as it is written into a page.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            letter => out.push(letter),
        }
    }
    out
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
