//! E-mail addresses: which look like one, and the form under which they are unique.

/// The longest address, in bytes (RFC 5321).
pub const EMAIL_BYTES_MAX: usize = 254;

/// Something that looks like an e-mail address. Whether it is one, only a letter can tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Email(String);

impl Email {
    /// Reads an address; white space around it is forgiven.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (name, domain) = text.rsplit_once('@')?;
        let is_name = !name.is_empty()
            && name.len() <= 64
            && !name.starts_with('.')
            && !name.ends_with('.')
            && !name.contains("..")
            && name.chars().all(|c| c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c));
        let is_label = |label: &str| {
            !label.is_empty()
                && label.len() <= 63
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.chars().all(|c| c.is_alphanumeric() || c == '-')
        };
        let is_domain = domain.split('.').all(is_label);
        (text.len() <= EMAIL_BYTES_MAX && is_name && is_domain).then(|| Self(text.to_owned()))
    }

    /// As it was written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The form under which addresses are unique: lower case. Hardly any mail server tells cases apart.
    pub fn folded(&self) -> String {
        self.0.to_lowercase()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_from_other_text() {
        for good in ["ada@cliff.example", " Ada.L+news@mail.cliff.example ", "a@localhost", "jos\u{e9}@caf\u{e9}.example"] {
            assert!(Email::parse(good).is_some(), "{good}");
        }
        for bad in
            ["", "ada", "@cliff.example", "ada@", "ada@.example", "a..b@c.example", "a b@c.example", "a@b@c", "a@-b.example", "a\n@b.example", "<a@b.example>"]
        {
            assert!(Email::parse(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn case_does_not_make_another_address() {
        let folded = |text| Email::parse(text).expect("an address").folded();
        assert_eq!(folded("Ada@Cliff.Example"), folded("ada@cliff.example"));
    }
}
