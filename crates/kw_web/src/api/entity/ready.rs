//! Pages of posts as JSON that is written already: what a post says and who wrote it are made once and kept beside them;
//! only what the reader did with each is written anew.
//!
//! The same structs as everywhere ([`super::Status`]), joined as text. Pieces come from views alone, which went through the
//! visibility check.

use axum::response::{IntoResponse, Response};
use http::{HeaderValue, header};
use kw_app::view::{AccountView, Item, PostView};
use serde::Serialize;

use super::Writer;
use super::status::Mine;

/// About what a post takes, in bytes.
const STATUS_BYTES: usize = 2_500;
/// Between what a post has for itself and what it says: no JSON holds it, because text is escaped.
const BETWEEN: char = '\n';

/// JSON that is written already.
#[derive(Debug)]
pub struct Ready(Vec<u8>);

impl IntoResponse for Ready {
    fn into_response(self) -> Response {
        let mut response = Response::new(self.0.into());
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        response
    }
}

impl Writer<'_> {
    /// A page of posts and boosts.
    pub fn ready_statuses(&self, items: &[Item]) -> Ready {
        let mut out = Vec::with_capacity(items.len() * STATUS_BYTES + 2);
        out.push(b'[');
        for (place, item) in items.iter().enumerate() {
            if place > 0 {
                out.push(b',');
            }
            self.write_item(&mut out, item);
        }
        out.push(b']');
        Ready(out)
    }

    /// A post or a boost.
    pub fn ready_status(&self, item: &Item) -> Ready {
        let mut out = Vec::with_capacity(STATUS_BYTES * 2);
        self.write_item(&mut out, item);
        Ready(out)
    }

    fn write_item(&self, out: &mut Vec<u8>, item: &Item) {
        let piece = item.post.piece(|view| self.piece_of(view));
        let (own, said) = piece.split_once(BETWEEN).expect("a piece has two halves");
        let subject = |out: &mut Vec<u8>| {
            self.write_status(out, (own, said), &item.post.author, |out| out.extend(b"null"), self.mine_of(&item.post));
        };
        match &item.boosted_by {
            None => subject(out),
            Some(booster) => {
                let own = fields_of(&self.own_of_boost(item, booster));
                self.write_status(out, (&own, said), booster, subject, self.mine_of_boost(&item.post));
            }
        }
    }

    fn write_status(
        &self,
        out: &mut Vec<u8>,
        (own, said): (&str, &str),
        account: &AccountView,
        reblog: impl FnOnce(&mut Vec<u8>),
        mine: Option<Mine>,
    ) {
        out.push(b'{');
        out.extend(own.as_bytes());
        out.extend(b",\"account\":");
        self.write_account(out, account);
        out.push(b',');
        out.extend(said.as_bytes());
        out.extend(b",\"reblog\":");
        reblog(out);
        let end = out.len();
        match mine {
            Some(mine) => {
                write(out, &mine);
                // Its fields go on where the others end.
                out[end] = b',';
            }
            None => out.push(b'}'),
        }
    }

    /// An account. That staff limited it is not part of the piece: it begins and ends without the account.
    fn write_account(&self, out: &mut Vec<u8>, view: &AccountView) {
        if view.is_limited {
            write(out, &self.account(view));
        } else {
            out.extend(view.piece(|view| text_of(&self.account(view))).as_bytes());
        }
    }

    fn piece_of(&self, view: &PostView) -> String {
        format!("{}{BETWEEN}{}", fields_of(&self.own(view)), fields_of(&self.said(view)))
    }
}

/// The fields of an object, without its braces.
fn fields_of(object: &impl Serialize) -> String {
    let text = text_of(object);
    text[1..text.len() - 1].to_owned()
}

fn text_of(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("entities hold nothing that JSON cannot say")
}

fn write(out: &mut Vec<u8>, value: &impl Serialize) {
    serde_json::to_writer(out, value).expect("entities hold nothing that JSON cannot say");
}
