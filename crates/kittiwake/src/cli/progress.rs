//! Progress bars: on a terminal they move, anywhere else they are silent.

use indicatif::{ProgressBar, ProgressStyle};
use kw_store::transfer::Progress;

/// A bar over the bytes of a file.
pub fn of_bytes(bytes: u64) -> ProgressBar {
    styled(bytes, "  {bar:32} {bytes} of {total_bytes} · {msg}")
}

/// A bar over some things, one after another.
pub fn of_things(count: usize) -> ProgressBar {
    styled(count as u64, "  {bar:32} {pos} of {len} · {msg}")
}

/// A bar over seconds that pass.
pub fn of_seconds(seconds: u64) -> ProgressBar {
    styled(seconds, "  {bar:32} {pos} of {len} s · {msg}")
}

/// A bar over the entries of a ledger, whose number is not known yet.
pub fn of_entries() -> ProgressBar {
    styled(0, "  {bar:32} {human_pos} of {human_len} entries")
}

/// A bar over rows that are loaded, whose number is known once they are being made.
pub fn of_rows() -> ProgressBar {
    styled(0, "  {bar:32} {human_pos} of {human_len} rows · {per_sec} · {eta} left · {msg}")
}

/// What to say beside the bar of a transfer.
pub fn words(progress: &Progress) -> String {
    format!("{} rows, {} · {}", progress.rows, indicatif::HumanBytes(progress.bytes), progress.family)
}

fn styled(length: u64, template: &str) -> ProgressBar {
    let style = ProgressStyle::with_template(template).expect("the template is well formed").progress_chars("━━─");
    ProgressBar::new(length).with_style(style)
}
