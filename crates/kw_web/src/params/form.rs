//! URL-encoded text: query strings and forms.

use super::value::{Tree, Value};
use crate::error::Problem;

/// Reads pairs of names and values. Text that is not UTF-8 is refused, never mended.
pub fn read(bytes: &[u8]) -> Result<Tree, Problem> {
    let mut tree = Tree::default();
    for pair in pairs(bytes) {
        let (name, value) = pair?;
        tree.insert(&name, Value::plain(value))?;
    }
    Ok(tree)
}

/// The names and values, decoded, in their order.
pub fn pairs(bytes: &[u8]) -> impl Iterator<Item = Result<(String, String), Problem>> {
    bytes.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()).map(|pair| {
        let (name, value) = match pair.iter().position(|byte| *byte == b'=') {
            Some(at) => (&pair[..at], &pair[at + 1..]),
            None => (pair, &[][..]),
        };
        Ok((decode(name)?, decode(value)?))
    })
}

fn decode(bytes: &[u8]) -> Result<String, Problem> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some((byte, after)) = rest.split_first() {
        rest = after;
        match byte {
            b'+' => out.push(b' '),
            b'%' => match after.first_chunk::<2>().copied().and_then(hex_pair) {
                Some(byte) => {
                    out.push(byte);
                    rest = &after[2..];
                }
                None => out.push(b'%'),
            },
            byte => out.push(*byte),
        }
    }
    String::from_utf8(out).map_err(|_| Problem::unreadable("The parameters of this request are not valid UTF-8."))
}

fn hex_pair(pair: [u8; 2]) -> Option<u8> {
    let [high, low] = pair.map(|byte| char::from(byte).to_digit(16));
    u8::try_from(high? * 16 + low?).ok()
}
