//! What reading a post's words costs: `cargo bench -p kw_domain`. Deliberately absent: looking up whom they name.

use divan::{Bencher, black_box};
use kw_domain::text::render::{MentionTarget, post_html};
use kw_domain::text::{MentionName, clean, parse};

/// Two paragraphs with everything that can be found in words.
const WORDS: &str = "Gale warning for the north coast and the islands until tomorrow noon: keep off the breakwater, \
    @harbour_office and @lifeboat@rescue.example are on watch. #varnhaven #kittiwakes\n\n\
    Berths and tides are at https://harbour.example/tides?day=tomorrow&place=north, and on the board at the quay.";

fn main() {
    divan::main();
}

/// A post's words are cleaned, read, and made the HTML that clients are sent.
#[divan::bench]
fn words_to_html(bencher: Bencher<'_, '_>) {
    let resolve = |name: &MentionName| {
        Some(MentionTarget { url: format!("https://bay.example/@{}", name.name), username: name.name.clone() })
    };
    let tag_url = |tag: &str| format!("https://bay.example/tags/{tag}");
    bencher.bench_local(|| {
        let cleaned = clean::body(black_box(WORDS));
        post_html(&parse(&cleaned), &resolve, &tag_url)
    });
}
