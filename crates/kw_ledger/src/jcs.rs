//! The JSON Canonicalization Scheme (RFC 8785), for the part of JSON that we hash: strings, arrays and objects.
//!
//! Numbers, booleans and null are deliberately absent, so that nothing depends on how a number is printed: ids, times and
//! flags are strings. Keys are ASCII, so that the order of bytes is the order of UTF-16 code units that the RFC asks for.

use std::collections::BTreeMap;

/// How deep arrays and objects may be nested.
const DEPTH_MAX: usize = 16;

/// A JSON value without numbers, booleans and null.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value {
    /// A string.
    Text(String),
    /// An array.
    List(Vec<Value>),
    /// An object, in the order of its keys.
    Map(BTreeMap<String, Value>),
}

/// Why bytes are not the canonical form of a value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Malformed {
    /// Not JSON of our kind.
    #[error("not canonical JSON at byte {at}: {why}")]
    Syntax {
        /// Where.
        at: usize,
        /// What is wrong.
        why: &'static str,
    },
    /// JSON, written another way than the canonical one.
    #[error("this is JSON, and not in its canonical form")]
    NotCanonical,
}

impl Value {
    /// A string.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// An object of these fields.
    pub fn map<K: Into<String>>(fields: impl IntoIterator<Item = (K, Self)>) -> Self {
        Self::Map(fields.into_iter().map(|(key, value)| (key.into(), value)).collect())
    }

    /// The text, if it is one.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::List(_) | Self::Map(_) => None,
        }
    }

    /// The items, if it is an array.
    pub fn as_list(&self) -> Option<&[Self]> {
        match self {
            Self::List(items) => Some(items),
            Self::Text(_) | Self::Map(_) => None,
        }
    }

    /// The fields, if it is an object.
    pub const fn as_map(&self) -> Option<&BTreeMap<String, Self>> {
        match self {
            Self::Map(fields) => Some(fields),
            Self::Text(_) | Self::List(_) => None,
        }
    }

    /// The one way in which this value is written.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::new();
        self.write(&mut out);
        out
    }

    /// Reads a value; refused unless writing it again gives exactly these bytes.
    pub fn parse(bytes: &[u8]) -> Result<Self, Malformed> {
        let mut reader = Reader { bytes, at: 0 };
        let value = reader.value(0)?;
        if reader.at != bytes.len() {
            return Err(reader.wrong("something follows the value"));
        }
        // The reader is strict already; this holds whatever it overlooks.
        if value.to_bytes() == bytes { Ok(value) } else { Err(Malformed::NotCanonical) }
    }

    fn write(&self, out: &mut Vec<u8>) {
        match self {
            Self::Text(text) => write_text(text, out),
            Self::List(items) => {
                out.push(b'[');
                for (index, item) in items.iter().enumerate() {
                    if index > 0 {
                        out.push(b',');
                    }
                    item.write(out);
                }
                out.push(b']');
            }
            Self::Map(fields) => {
                out.push(b'{');
                for (index, (key, value)) in fields.iter().enumerate() {
                    debug_assert!(key.is_ascii(), "keys are ASCII");
                    if index > 0 {
                        out.push(b',');
                    }
                    write_text(key, out);
                    out.push(b':');
                    value.write(out);
                }
                out.push(b'}');
            }
        }
    }
}

/// RFC 8785, section 3.2.2.2: the two-character escapes where there is one, `\u00xx` for other control characters, and
/// everything else as it is.
fn write_text(text: &str, out: &mut Vec<u8>) {
    out.push(b'"');
    for byte in text.bytes() {
        match byte {
            b'"' => out.extend_from_slice(b"\\\""),
            b'\\' => out.extend_from_slice(b"\\\\"),
            0x08 => out.extend_from_slice(b"\\b"),
            0x09 => out.extend_from_slice(b"\\t"),
            0x0a => out.extend_from_slice(b"\\n"),
            0x0c => out.extend_from_slice(b"\\f"),
            0x0d => out.extend_from_slice(b"\\r"),
            0x00..=0x1f => out.extend_from_slice(format!("\\u{byte:04x}").as_bytes()),
            _ => out.push(byte),
        }
    }
    out.push(b'"');
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    const fn wrong(&self, why: &'static str) -> Malformed {
        Malformed::Syntax { at: self.at, why }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn expect(&mut self, byte: u8, why: &'static str) -> Result<(), Malformed> {
        if self.peek() != Some(byte) {
            return Err(self.wrong(why));
        }
        self.at += 1;
        Ok(())
    }

    fn value(&mut self, depth: usize) -> Result<Value, Malformed> {
        if depth > DEPTH_MAX {
            return Err(self.wrong("nested too deep"));
        }
        match self.peek() {
            Some(b'"') => self.text().map(Value::Text),
            Some(b'[') => self.list(depth),
            Some(b'{') => self.map(depth),
            _ => Err(self.wrong("a string, an array or an object is expected")),
        }
    }

    fn list(&mut self, depth: usize) -> Result<Value, Malformed> {
        self.at += 1;
        let mut items = Vec::new();
        if self.peek() == Some(b']') {
            self.at += 1;
            return Ok(Value::List(items));
        }
        loop {
            items.push(self.value(depth + 1)?);
            if self.peek() == Some(b']') {
                self.at += 1;
                return Ok(Value::List(items));
            }
            self.expect(b',', "a comma or the end of the array is expected")?;
        }
    }

    fn map(&mut self, depth: usize) -> Result<Value, Malformed> {
        self.at += 1;
        let mut fields = BTreeMap::new();
        if self.peek() == Some(b'}') {
            self.at += 1;
            return Ok(Value::Map(fields));
        }
        loop {
            let key = self.text()?;
            if !key.is_ascii() {
                return Err(self.wrong("a key is not ASCII"));
            }
            if fields.last_key_value().is_some_and(|(last, _): (&String, _)| *last >= key) {
                return Err(self.wrong("keys are out of order, or one comes twice"));
            }
            self.expect(b':', "a colon is expected")?;
            fields.insert(key, self.value(depth + 1)?);
            if self.peek() == Some(b'}') {
                self.at += 1;
                return Ok(Value::Map(fields));
            }
            self.expect(b',', "a comma or the end of the object is expected")?;
        }
    }

    fn text(&mut self) -> Result<String, Malformed> {
        self.expect(b'"', "a string is expected")?;
        let mut text = Vec::new();
        loop {
            let byte = self.peek().ok_or_else(|| self.wrong("the string does not end"))?;
            self.at += 1;
            match byte {
                b'"' => break,
                b'\\' => text.push(self.escape()?),
                0x00..=0x1f => return Err(self.wrong("a control character is not escaped")),
                _ => text.push(byte),
            }
        }
        String::from_utf8(text).map_err(|_| self.wrong("the string is not UTF-8"))
    }

    /// Only what the canonical form writes: escapes of control characters, of the quote and of the backslash.
    fn escape(&mut self) -> Result<u8, Malformed> {
        let byte = self.peek().ok_or_else(|| self.wrong("the string does not end"))?;
        self.at += 1;
        match byte {
            b'"' | b'\\' => Ok(byte),
            b'b' => Ok(0x08),
            b't' => Ok(0x09),
            b'n' => Ok(0x0a),
            b'f' => Ok(0x0c),
            b'r' => Ok(0x0d),
            b'u' => {
                let digits = self.bytes.get(self.at..self.at + 4).and_then(|digits| std::str::from_utf8(digits).ok());
                let code = digits.and_then(|digits| u8::from_str_radix(digits.strip_prefix("00")?, 16).ok());
                self.at += 4;
                code.filter(|code| *code < 0x20).ok_or(Malformed::NotCanonical)
            }
            _ => Err(self.wrong("an escape that the canonical form does not have")),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_value_is_written_as_the_rfc_says() {
        let value = Value::map([
            ("b", Value::text("€\u{8}\n\"\\/\u{1f}")),
            ("a", Value::List(vec![Value::text(""), Value::map::<String>([])])),
        ]);
        assert_eq!(value.to_bytes(), "{\"a\":[\"\",{}],\"b\":\"€\\b\\n\\\"\\\\/\\u001f\"}".as_bytes());
    }

    #[test]
    fn what_is_not_canonical_is_refused() {
        let wrong: [&[u8]; 14] = [
            b"",
            b" \"a\"",
            b"\"a\" ",
            b"1",
            b"null",
            b"{\"a\": \"b\"}",
            b"{\"b\":\"\",\"a\":\"\"}",
            b"{\"a\":\"\",\"a\":\"\"}",
            b"\"\\u0041\"",
            b"\"\\/\"",
            b"\"\\u001F\"",
            b"\"\\u0008\"",
            b"[\"a\",]",
            b"\"\xff\"",
        ];
        for bytes in wrong {
            assert!(Value::parse(bytes).is_err(), "{}", String::from_utf8_lossy(bytes));
        }
    }

    fn values() -> impl Strategy<Value = Value> {
        let leaf = "\\PC{0,8}|[\\x00-\\x1f\"\\\\]{0,4}".prop_map(Value::Text);
        leaf.prop_recursive(4, 24, 4, |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::List),
                proptest::collection::btree_map("[ -~]{0,6}", inner, 0..4).prop_map(Value::Map),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(value in values()) {
            prop_assert_eq!(Value::parse(&value.to_bytes()), Ok(value));
        }

        #[test]
        fn any_bytes_are_refused_or_are_exactly_what_would_be_written(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
            if let Ok(value) = Value::parse(&bytes) {
                prop_assert_eq!(value.to_bytes(), bytes);
            }
        }
    }
}
