//! Latency against load: a table and a plot of several paces, none of which waits for answers.

use std::sync::Arc;
use std::time::Duration;

use super::load::{Asker, Load, run};
use super::report::{Plot, Report, ms, quantile};
use crate::failure::CommandError;

/// Shares of the pace at which nobody waits, at which latency is measured.
const SHARES: [f64; 5] = [0.1, 0.25, 0.5, 0.75, 0.9];

/// What is asked for, and how it is called.
pub struct Curve<'a> {
    /// The name of the plot's file.
    pub name: &'a str,
    /// What is asked for, at the beginning of a sentence.
    pub what: &'a str,
    /// The same in the middle of one.
    pub across: &'a str,
    /// The requests.
    pub ask: &'a Asker,
    /// Answers a second when each waits for the one before.
    pub best: f64,
    /// Connections at a time.
    pub connections: usize,
    /// For how long at each pace.
    pub time: Duration,
}

/// Measures it.
pub async fn measure(report: &mut Report, port: u16, curve: &Curve<'_>) -> Result<(), CommandError> {
    let across = format!("{} a second", curve.across);
    let title = format!("{} at a pace, latency from when each was due", curve.what);
    report.table(&title, &[&across, "median", "p99", "p99.9"]);
    let (mut middles, mut slow) = (Vec::new(), Vec::new());
    for share in SHARES {
        let pace = (curve.best * share).max(1.0);
        let ask = Arc::clone(curve.ask);
        let load = Load { ask, pace: Some(pace), connections: curve.connections, time: curve.time };
        let latency = run(port, &load).await?.latency;
        let [middle, p99, p999] = [0.5, 0.99, 0.999].map(|share| quantile(&latency, share));
        report.row([format!("{pace:.0}"), ms(middle), ms(p99), ms(p999)]);
        middles.push((pace, middle.as_secs_f64() * 1e3));
        slow.push((pace, p99.as_secs_f64() * 1e3));
    }
    report.plots.push(Plot {
        name: curve.name.to_owned(),
        title: format!("{}: latency against load", curve.what),
        across,
        up: "milliseconds".to_owned(),
        lines: vec![("median".to_owned(), middles), ("p99".to_owned(), slow)],
    });
    Ok(())
}
