//! What a soak says: stretch by stretch, what stayed where it was by which rule, why the file grew, and what does not fit.

use std::time::Duration;

use kw_app::families::catalogue;

use super::End;
use super::drive::Side;
use super::stretch::Stretch;
use crate::bench::Wanted;
use crate::bench::report::{Report, grouped, mebibytes, median, ms, quantile};

/// How much more a figure may be in the last third of all stretches than in the middle third and still count as flat.
const BYTES_MORE: f64 = 1.2;
/// The same for latencies at the 99th of a hundred, which differ more from stretch to stretch.
const LATENCY_MORE: f64 = 1.5;
/// The log never grows above this: 64 MiB, at which writes wait, and one group of them.
const LOG_BYTES_MAX: u64 = 72 * 1024 * 1024;
/// How much more room the database may take than at the beginning, once everything that goes by itself has gone.
const ROOM_MORE: f64 = 1.1;
/// Kinds of errors that are named.
const ERRORS_NAMED: usize = 10;

/// Tells it, and says what does not fit.
pub fn tell(wanted: &Wanted, report: &mut Report, end: &End) {
    tell_stretches(wanted, report, end);
    tell_flat(report, end);
    tell_room(report, end);
    tell_end(report, end);
    report.faults = faults(end);
}

fn tell_stretches(wanted: &Wanted, report: &mut Report, end: &End) {
    let [reads, writes] = [Side::Reads, Side::Writes].map(|side| end.driver.pace(side));
    let title = format!(
        "A soak: {} stretches of {} s, {reads:.0} reads and {writes:.0} writes a second, latency from when each was due",
        wanted.runs, wanted.seconds
    );
    let columns = [
        "stretch",
        "first answer",
        "reads, median",
        "reads, p99",
        "writes, median",
        "writes, p99",
        "errors so far",
        "anonymous memory, halfway",
        "and at the end",
        "network.db",
        "its log",
        "ledger and keys, bytes",
        "then",
    ];
    report.table(&title, &columns);
    for (number, stretch) in end.stretches.iter().enumerate() {
        let [read, read_slow] = [0.5, 0.99].map(|share| ms(quantile(&stretch.reads, share)));
        let [written, written_slow] = [0.5, 0.99].map(|share| ms(quantile(&stretch.writes, share)));
        report.row([
            (number + 1).to_string(),
            ms(stretch.first_answer),
            read,
            read_slow,
            written,
            written_slow,
            stretch.errors.to_string(),
            mebibytes(stretch.sample.memory_halfway),
            mebibytes(stretch.sample.memory),
            mebibytes(stretch.sample.database),
            mebibytes(stretch.sample.log),
            grouped(stretch.sample.ledger),
            if stretch.is_killed { "kill -9" } else { "a clean stop" }.to_owned(),
        ]);
    }
}

/// The middle third and the last of some figures, each as its median; `None` where there are too few stretches to say.
fn thirds<T: Copy + PartialOrd + Default>(all: &[T]) -> Option<(T, T)> {
    let third = all.len() / 3;
    (third > 0).then(|| (median(&all[third..all.len() - third]), median(&all[all.len() - third..])))
}

fn tell_flat(report: &mut Report, end: &End) {
    report.table("Flat?", &["what", "middle third", "last third", "flat when", "flat"]);
    let yes = |is_flat: bool| if is_flat { "yes" } else { "no" }.to_owned();
    let mut judge = |what: &str, rule: f64, values: Vec<f64>, show: fn(f64) -> String| {
        let rule_words = format!("the last is at most {rule} × the middle");
        let cells = match thirds(&values) {
            Some((middle, last)) => [show(middle), show(last), rule_words, yes(last <= middle * rule)],
            None => [String::new(), String::new(), rule_words, "too short to say".to_owned()],
        };
        let [middle, last, rule, flat] = cells;
        report.row([what.to_owned(), middle, last, rule, flat]);
    };
    let of = |value: fn(&Stretch) -> f64| end.stretches.iter().map(value).collect::<Vec<f64>>();
    let bytes: fn(f64) -> String = |bytes| mebibytes(bytes as u64);
    let time: fn(f64) -> String = |micros| ms(Duration::from_micros(micros as u64));
    judge("anonymous memory", BYTES_MORE, of(|it| it.sample.memory as f64), bytes);
    judge("reads, p99", LATENCY_MORE, of(|it| it.reads.value_at_quantile(0.99) as f64), time);
    judge("writes, p99", LATENCY_MORE, of(|it| it.writes.value_at_quantile(0.99) as f64), time);
    judge("ledger and keys, bytes", BYTES_MORE, of(|it| it.sample.ledger as f64), |bytes| grouped(bytes as u64));
    let sizes: Vec<f64> =
        std::iter::once(end.rooms[0].bytes as f64).chain(of(|it| it.sample.database as f64)).collect();
    let grown = sizes.windows(2).map(|pair| pair[1] - pair[0]).collect();
    judge("growth of network.db in a stretch", BYTES_MORE, grown, bytes);
    let longest = end.stretches.iter().map(|it| it.sample.log).max().unwrap_or_default();
    report.row([
        "the log of network.db, longest".to_owned(),
        String::new(),
        mebibytes(longest),
        format!("never above {}", mebibytes(LOG_BYTES_MAX)),
        yes(longest <= LOG_BYTES_MAX),
    ]);
    let [halfway, memory]: [fn(&Stretch) -> u64; 2] = [|it| it.sample.memory_halfway, |it| it.sample.memory];
    let [halfway, memory] = [halfway, memory].map(|of| median(&end.stretches.iter().map(of).collect::<Vec<_>>()));
    report.row([
        "anonymous memory within a stretch".to_owned(),
        format!("{} halfway", mebibytes(halfway)),
        mebibytes(memory),
        format!("at the end at most {BYTES_MORE} × halfway"),
        yes(memory as f64 <= halfway as f64 * BYTES_MORE),
    ]);
    let [before, _, collected] = &end.rooms;
    report.row([
        "room in network.db, once what goes by itself has gone".to_owned(),
        format!("{} before all", mebibytes(before.used_bytes)),
        mebibytes(collected.used_bytes),
        format!("at most {ROOM_MORE} × that before all"),
        yes(collected.used_bytes as f64 <= before.used_bytes as f64 * ROOM_MORE),
    ]);
}

/// Deleted rows leave their key and stamp for a day; feed, notifications and codes expire, and go a day later.
fn tell_room(report: &mut Report, end: &End) {
    let [before, after, collected] = &end.rooms;
    report.table(
        "Rows that go by themselves: deleted ones after a day, others a day after they expire",
        &[
            "family",
            "deleted, before",
            "deleted, after",
            "expiring, before",
            "expiring, after",
            "bytes of keys and values",
        ],
    );
    for (family, _) in catalogue() {
        let of = |room: &super::files::Room| room.passing.get(&family.id).copied().unwrap_or_default();
        let (first, last) = (of(before), of(after));
        if first != last {
            report.row([
                family.name.to_owned(),
                grouped(first.deleted_rows),
                grouped(last.deleted_rows),
                grouped(first.expiring_rows),
                grouped(last.expiring_rows),
                grouped(last.bytes.saturating_sub(first.bytes)),
            ]);
        }
    }
    report.table("Room in network.db", &["when", "file", "in use", "rows that go by themselves"]);
    let grown = |of: fn(&super::files::Room) -> u64| mebibytes(of(after).saturating_sub(of(before)));
    for (when, room) in [("before all", before), ("at the end", after), ("100 days later, collected", collected)] {
        let rows = grouped(room.passing_rows());
        report.row([when.to_owned(), mebibytes(room.bytes), mebibytes(room.used_bytes), rows]);
    }
    let rows = grouped(after.passing_rows().saturating_sub(before.passing_rows()));
    report.row(["grown meanwhile".to_owned(), grown(|it| it.bytes), grown(|it| it.used_bytes), rows]);
    let left = mebibytes(collected.used_bytes.saturating_sub(before.used_bytes));
    report.row(["of this left, once collected".to_owned(), String::new(), left, String::new()]);
}

fn tell_end(report: &mut Report, end: &End) {
    report.table("At the end", &["what", "how many", "not as it should be"]);
    let mut row = |what: &str, number: u64, wrong: usize| {
        report.row([what.to_owned(), grouped(number), wrong.to_string()]);
    };
    let (books, checked) = (end.driver.books(), &end.checked);
    row("posts acknowledged", books.posts, 0);
    row("of these to be there at the end", books.live() as u64, 0);
    row("looks at such posts, after every restart", checked.live, checked.lost.len());
    row("looks for deleted posts, at the end", checked.gone, checked.back.len());
    row("writes that kill -9 cut off before their answer", books.cut_off, 0);
    row("profiles compared with their rows", end.profiles.0 as u64, end.profiles.1.len());
    row("rows compared with the counts of their partitions", end.counts.rows, wrong_counts(end));
}

fn wrong_counts(end: &End) -> usize {
    end.counts.findings.len() + end.counts.more as usize
}

fn faults(end: &End) -> Vec<String> {
    let mut faults: Vec<String> = end
        .driver
        .errors()
        .into_iter()
        .take(ERRORS_NAMED)
        .map(|(what, times)| format!("{what}, {times} times"))
        .collect();
    let list = |ids: &[u64]| ids.iter().map(u64::to_string).collect::<Vec<_>>().join(", ");
    if !end.checked.lost.is_empty() {
        faults.push(format!("posts that were acknowledged and are not there: {}", list(&end.checked.lost)));
    }
    if !end.checked.back.is_empty() {
        faults.push(format!("posts whose deletion was acknowledged and that are there: {}", list(&end.checked.back)));
    }
    faults.extend(end.profiles.1.iter().cloned());
    faults.extend(end.counts.findings.iter().map(|finding| format!("{}: {}", finding.family, finding.what)));
    if end.counts.more > 0 {
        faults.push(format!("{} more counts that differ", end.counts.more));
    }
    faults
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use kw_app::colony::{A_DAY, Colony, Shape};
    use kw_app::house::{Examination, Finding};
    use kw_domain::time::Millis;

    use super::super::books::Checked;
    use super::super::drive::{Driver, Scale};
    use super::super::files::Room;
    use super::super::mix::Mix;
    use super::*;

    fn end() -> End {
        let shape = Shape::Crowd { follows: 1 };
        let plan = Colony { members: 1, shape, first_day: Millis(0), a_day: A_DAY, seed: 1 };
        let mix = Mix { seats: Vec::new(), plan, liked: Vec::new() };
        End {
            stretches: Vec::new(),
            driver: Arc::new(Driver::new(mix, Scale { pace: 1.0, kept: 1.0 })),
            checked: Checked::default(),
            profiles: (0, Vec::new()),
            counts: Examination::default(),
            rooms: std::array::from_fn(|_| Room::default()),
        }
    }

    #[test]
    fn what_is_lost_back_or_miscounted_is_a_fault_and_nothing_else_is() {
        assert_eq!(faults(&end()), Vec::<String>::new());
        let lost = Checked { lost: vec![7], ..Checked::default() };
        let back = Checked { back: vec![8], ..Checked::default() };
        let miscounted = Examination {
            findings: vec![Finding { family: "likes", what: "nine".to_owned() }],
            ..Examination::default()
        };
        let all = [
            (End { checked: lost, ..end() }, "posts that were acknowledged and are not there: 7"),
            (End { checked: back, ..end() }, "posts whose deletion was acknowledged and that are there: 8"),
            (End { profiles: (1, vec!["five".to_owned()]), ..end() }, "five"),
            (End { counts: miscounted, ..end() }, "likes: nine"),
        ];
        for (end, fault) in all {
            assert_eq!(faults(&end), [fault]);
        }
    }

    #[test]
    fn the_last_third_stands_beside_the_middle_one() {
        assert_eq!(thirds(&[9, 9, 9, 9, 1, 2, 3, 4, 5, 6, 7, 8]), Some((3, 7)));
        assert_eq!(thirds(&[9, 1, 2]), Some((1, 2)));
        assert_eq!(thirds(&[1, 2]), None);
    }
}
