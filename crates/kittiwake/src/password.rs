//! Passwords that we choose for somebody: words that can be read out and typed, with enough chance in them.

use kw_app::context::Context;

/// Sixty-four words of four to six letters, no two alike when heard.
const WORDS: [&str; 64] = [
    "amber", "anchor", "autumn", "barley", "basalt", "beacon", "birch", "bridge", "cedar", "chalk", "cliff", "clover",
    "copper", "coral", "cotton", "dawn", "drift", "dune", "ember", "falcon", "fern", "ferry", "fjord", "flint",
    "garnet", "ginger", "grove", "haven", "hazel", "heron", "island", "ivory", "juniper", "kelp", "lagoon", "lantern",
    "maple", "marble", "meadow", "mussel", "north", "ocean", "olive", "orchid", "otter", "pebble", "pepper", "pine",
    "plover", "quartz", "raven", "reef", "ripple", "saddle", "sailor", "silver", "sparrow", "spruce", "thistle",
    "timber", "velvet", "walnut", "willow", "winter",
];
/// Six words of 6 bits each and four digits: about 49 bits.
const WORDS_IN_ONE: usize = 6;

/// A password such as `heron-copper-fjord-olive-raven-pine-4821`. Sign-in slows guessing down, so that this is plenty.
pub fn generate(cx: &Context) -> String {
    let bytes = cx.random_bytes::<{ WORDS_IN_ONE + 2 }>();
    let (words, digits) = bytes.split_at(WORDS_IN_ONE);
    let number = u32::from(digits[0]) << 8 | u32::from(digits[1]);
    // 64 divides 256, so that every word is as likely as any other.
    let words: Vec<&str> = words.iter().map(|byte| WORDS[usize::from(*byte) % WORDS.len()]).collect();
    format!("{}-{:04}", words.join("-"), number % 10_000)
}
