//! An act drawn to scale: time from left to right, a lane for readers, one for the owner, one for staff; the time in which the
//! account could not be seen is shaded and hatched. Numbers lead to the same moments in words.

use std::fmt::{self, Write};

use kw_domain::time::Millis;

use crate::replay::cast::OWNER;
use crate::replay::evening::Played;
use crate::replay::timeline::{Lane, Moment, Tone, on_the_clock, spoken};

const WIDTH: u64 = 960;
/// Where time begins: beside it are the names of the lanes.
const LEFT: u64 = 72;
const RIGHT: u64 = WIDTH - 16;
const LANE_HEIGHT: u64 = 52;
const TOP: u64 = 28;
const BOTTOM: u64 = TOP + LANE_HEIGHT * Lane::ALL.len() as u64;
const HEIGHT: u64 = BOTTOM + 28;
/// Moments nearer than this share a mark.
const APART: u64 = 26;
/// Lengths from one line of the scale to the next.
const STEPS_MS: [u64; 8] = [
    Millis::MINUTE,
    2 * Millis::MINUTE,
    5 * Millis::MINUTE,
    10 * Millis::MINUTE,
    30 * Millis::MINUTE,
    Millis::HOUR,
    6 * Millis::HOUR,
    Millis::DAY,
];
/// Lines of the scale at most.
const LINES_MAX: u64 = 9;

/// What time it is where, in pixels.
struct Scale {
    from_ms: u64,
    until_ms: u64,
}

impl Scale {
    /// From the first moment to the last, with a little room on both sides.
    fn of(played: &Played) -> Self {
        let moments = || played.moments.iter().map(|moment| moment.at_ms);
        let (first, last) = (moments().min().unwrap_or(0), moments().max().unwrap_or(0));
        let room = ((last - first) / 40).max(Millis::MINUTE / 2);
        Self { from_ms: first.saturating_sub(room), until_ms: last + room }
    }

    fn x(&self, at_ms: u64) -> u64 {
        let length = (self.until_ms - self.from_ms).max(1);
        LEFT + (at_ms.clamp(self.from_ms, self.until_ms) - self.from_ms) * (RIGHT - LEFT) / length
    }

    /// Where the lines of the scale are: at round minutes of the clock.
    fn lines(&self, began: u64) -> impl Iterator<Item = u64> + use<> {
        let length = self.until_ms - self.from_ms;
        let step = STEPS_MS.into_iter().find(|step| length / step <= LINES_MAX).unwrap_or(Millis::DAY);
        let first = (began + self.from_ms).div_ceil(step) * step;
        let (last, began) = (began + self.until_ms, began);
        (first..=last).step_by(step as usize).map(move |at| at - began)
    }
}

/// A mark in a lane: one moment, or several that lie close together.
struct Mark {
    x: u64,
    lane: Lane,
    numbers: Vec<usize>,
    tone: Tone,
}

impl Mark {
    /// Numbers as they are read: `7`, `4, 7`, `3…9`.
    fn words(&self) -> String {
        match self.numbers.as_slice() {
            [] => String::new(),
            [one] => one.to_string(),
            [one, two] => format!("{one}, {two}"),
            [first, .., last] => format!("{first}…{last}"),
        }
    }
}

/// Writes it, with the same in words for whoever does not see it.
pub fn write(out: &mut String, number: usize, played: &Played) -> fmt::Result {
    let scale = Scale::of(played);
    writeln!(
        out,
        "<div class=\"scroll\"><svg class=\"chart\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"group\" aria-labelledby=\"chart{number}\">"
    )?;
    writeln!(out, "<title id=\"chart{number}\">{}</title>", in_words(played))?;
    writeln!(
        out,
        "<defs><pattern id=\"hatch{number}\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\" \
         patternTransform=\"rotate(45)\"><line class=\"hatch\" x1=\"0\" y1=\"0\" x2=\"0\" y2=\"8\"/></pattern></defs>"
    )?;
    for at_ms in scale.lines(played.began) {
        let (x, clock) = (scale.x(at_ms), on_the_clock(Millis(played.began), at_ms));
        writeln!(out, "<line class=\"line\" x1=\"{x}\" y1=\"{TOP}\" x2=\"{x}\" y2=\"{BOTTOM}\"/>")?;
        writeln!(out, "<text x=\"{x}\" y=\"{}\" text-anchor=\"middle\">{}</text>", BOTTOM + 20, &clock[..5])?;
    }
    for (place, lane) in (0..).zip(Lane::ALL) {
        let y = TOP + LANE_HEIGHT * place;
        writeln!(out, "<line class=\"edge\" x1=\"0\" y1=\"{y}\" x2=\"{RIGHT}\" y2=\"{y}\"/>")?;
        writeln!(out, "<text class=\"label\" x=\"0\" y=\"{}\">{}</text>", y + LANE_HEIGHT / 2 + 4, lane.word())?;
    }
    writeln!(out, "<line class=\"edge\" x1=\"0\" y1=\"{BOTTOM}\" x2=\"{RIGHT}\" y2=\"{BOTTOM}\"/>")?;
    write_gone(out, number, played, &scale)?;
    for mark in marks(&played.moments, &scale) {
        write_mark(out, number, &mark)?;
    }
    writeln!(out, "</svg></div>")
}

fn in_words(played: &Played) -> String {
    let gone: Vec<_> = played
        .gone
        .iter()
        .map(|gone| {
            let clock = |at_ms| on_the_clock(Millis(played.began), at_ms);
            format!("gone from {} to {}", clock(gone.from_ms), clock(gone.until_ms))
        })
        .collect();
    let gone = if gone.is_empty() { "there all the time".to_owned() } else { gone.join(" and ") };
    format!(
        "{} moments to scale, in lanes for readers, owner and staff. @{} was {gone}.",
        played.moments.len(),
        OWNER.handle
    )
}

fn write_gone(out: &mut String, number: usize, played: &Played, scale: &Scale) -> fmt::Result {
    for gone in &played.gone {
        let (from, until) = (scale.x(gone.from_ms), scale.x(gone.until_ms));
        let width = (until - from).max(2);
        let place = format!("x=\"{from}\" y=\"{TOP}\" width=\"{width}\" height=\"{LANE_HEIGHT}\"");
        writeln!(out, "<rect class=\"gone\" {place}/><rect {place} fill=\"url(#hatch{number})\"/>")?;
        for x in [from, from + width] {
            writeln!(out, "<line class=\"gone-edge\" x1=\"{x}\" y1=\"{TOP}\" x2=\"{x}\" y2=\"{BOTTOM}\"/>")?;
        }
        let length = spoken(gone.until_ms - gone.from_ms);
        let middle = (from + width / 2).clamp(LEFT + 60, RIGHT - 60);
        writeln!(
            out,
            "<text class=\"gone-label\" x=\"{middle}\" y=\"{}\" text-anchor=\"middle\">gone for {length}</text>",
            TOP - 10
        )?;
    }
    Ok(())
}

/// The moments of each lane, those that lie close together as one.
fn marks(moments: &[Moment], scale: &Scale) -> Vec<Mark> {
    let mut marks: Vec<Mark> = Vec::new();
    for (number, moment) in (1..).zip(moments) {
        let x = scale.x(moment.at_ms);
        let near = marks.iter_mut().rev().find(|mark| mark.lane == moment.lane).filter(|mark| x - mark.x < APART);
        match near {
            Some(mark) => {
                mark.numbers.push(number);
                mark.tone = worse(mark.tone, moment.tone);
            }
            None => marks.push(Mark { x, lane: moment.lane, numbers: vec![number], tone: moment.tone }),
        }
    }
    marks
}

const fn worse(one: Tone, other: Tone) -> Tone {
    match (one, other) {
        (Tone::Harm, _) | (_, Tone::Harm) => Tone::Harm,
        (Tone::Good, _) | (_, Tone::Good) => Tone::Good,
        (Tone::Plain, Tone::Plain) => Tone::Plain,
    }
}

fn write_mark(out: &mut String, number: usize, mark: &Mark) -> fmt::Result {
    let place = Lane::ALL.iter().position(|lane| *lane == mark.lane).unwrap_or(0) as u64;
    let y = TOP + LANE_HEIGHT * place + LANE_HEIGHT / 2;
    let words = mark.words();
    let tone = match mark.tone {
        Tone::Plain => "plain",
        Tone::Harm => "harm",
        Tone::Good => "good",
    };
    let half = if mark.numbers.len() == 1 { 11 } else { 8 + 3 * words.chars().count() as u64 };
    let first = mark.numbers.first().copied().unwrap_or_default();
    writeln!(
        out,
        "<a href=\"#m{number}-{}\" aria-label=\"moment {words}\"><rect class=\"dot {tone}\" x=\"{}\" y=\"{}\" width=\"{}\" \
         height=\"22\" rx=\"11\"/><text class=\"number {tone}\" x=\"{}\" y=\"{}\">{words}</text></a>",
        first,
        mark.x - half,
        y - 11,
        2 * half,
        mark.x,
        y + 4
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::replay::timeline::Gone;

    fn moment(at_ms: u64, lane: Lane, tone: Tone) -> Moment {
        Moment { at_ms, lane, tone, what: "something <happened>".to_owned() }
    }

    fn evening() -> Played {
        Played {
            title: "An evening",
            rules: String::new(),
            began: 20_000 * Millis::DAY + 22 * Millis::HOUR,
            moments: vec![
                moment(0, Lane::Readers, Tone::Plain),
                moment(58 * Millis::MINUTE, Lane::Staff, Tone::Harm),
                moment(58 * Millis::MINUTE + 20, Lane::Readers, Tone::Harm),
                moment(58 * Millis::MINUTE + 40, Lane::Readers, Tone::Plain),
                moment(69 * Millis::MINUTE, Lane::Staff, Tone::Good),
                moment(180 * Millis::MINUTE, Lane::Staff, Tone::Plain),
            ],
            gone: vec![Gone { from_ms: 58 * Millis::MINUTE, until_ms: 69 * Millis::MINUTE }],
            gone_ms: 11 * Millis::MINUTE,
            measured: Vec::new(),
            ledger: Vec::new(),
            torn: Vec::new(),
        }
    }

    #[test]
    fn time_is_drawn_to_scale() {
        let evening = evening();
        let scale = Scale::of(&evening);
        let minutes = |from: u64, until: u64| scale.x(until * Millis::MINUTE) - scale.x(from * Millis::MINUTE);
        assert!(minutes(0, 90).abs_diff(minutes(90, 180)) <= 1);
        assert!(scale.x(0) >= LEFT && scale.x(180 * Millis::MINUTE) <= RIGHT);
        let lines: Vec<_> = scale.lines(evening.began).collect();
        assert_eq!(lines, [0, 30, 60, 90, 120, 150, 180].map(|minute| minute * Millis::MINUTE));
    }

    #[test]
    fn moments_that_lie_close_together_share_a_mark_and_keep_the_worst() {
        let evening = evening();
        let marks = marks(&evening.moments, &Scale::of(&evening));
        let told: Vec<_> = marks.iter().map(|mark| (mark.lane, mark.words(), mark.tone)).collect();
        let wanted = [
            (Lane::Readers, "1", Tone::Plain),
            (Lane::Staff, "2", Tone::Harm),
            (Lane::Readers, "3, 4", Tone::Harm),
            (Lane::Staff, "5", Tone::Good),
            (Lane::Staff, "6", Tone::Plain),
        ];
        let wanted = wanted.map(|(lane, words, tone)| (lane, words.to_owned(), tone));
        assert_eq!(told, wanted);
    }

    #[test]
    fn the_time_without_the_account_is_shaded_and_told() {
        let mut out = String::new();
        write(&mut out, 1, &evening()).expect("a string takes everything");
        assert_eq!(out.matches("<rect class=\"gone\"").count(), 1);
        assert!(out.contains("gone for 11 min") && out.contains("@mayor was gone from 22:58:00 to 23:09:00"), "{out}");
    }
}
