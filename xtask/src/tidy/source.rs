//! Rust text with its comments and literals blanked out, so that rules look at code and not at words about code.
//!
//! This is not a parser: it knows comments, strings, raw strings, characters and lifetimes, which is all that is needed
//! to trust braces and names.

/// `text` with every character of comments and literals replaced by a space. Lines keep their numbers and their length.
pub fn mask(text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    let mut masked = String::with_capacity(text.len());
    let mut at = 0;
    while at < characters.len() {
        let end = skip(&characters, at);
        if end == at {
            masked.push(characters[at]);
            at += 1;
        } else {
            masked.extend(characters[at..end].iter().map(|&c| if c == '\n' { '\n' } else { ' ' }));
            at = end;
        }
    }
    masked
}

/// Where the comment or literal that starts at `at` ends; `at` itself when none starts there.
fn skip(text: &[char], at: usize) -> usize {
    match (text[at], text.get(at + 1)) {
        ('/', Some('/')) => find(text, at, |rest| rest[0] == '\n'),
        ('/', Some('*')) => end_of_block_comment(text, at),
        ('"', _) => end_of_quoted(text, at, '"'),
        ('r', Some('"' | '#')) if starts_literal(text, at) => end_of_raw_string(text, at),
        ('\'', Some('\\')) => end_of_quoted(text, at, '\''),
        // 'x' is a character; 'x without a closing quote is a lifetime.
        ('\'', Some(_)) if text.get(at + 2) == Some(&'\'') => at + 3,
        _ => at,
    }
}

/// Whether the `r` at `at` opens a raw string: it is no part of a longer name, except the `b` or `c` of `br` and `cr`.
fn starts_literal(text: &[char], at: usize) -> bool {
    let before = |n: usize| at.checked_sub(n).map(|i| text[i]);
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    match before(1) {
        Some('b' | 'c') => !before(2).is_some_and(is_word),
        Some(c) => !is_word(c),
        None => true,
    }
}

fn find(text: &[char], from: usize, stop: impl Fn(&[char]) -> bool) -> usize {
    (from..text.len()).find(|&at| stop(&text[at..])).unwrap_or(text.len())
}

fn end_of_block_comment(text: &[char], from: usize) -> usize {
    let mut depth = 0_usize;
    let mut at = from;
    while at < text.len() {
        match (text[at], text.get(at + 1)) {
            ('/', Some('*')) => {
                depth += 1;
                at += 2;
            }
            ('*', Some('/')) => {
                depth -= 1;
                at += 2;
                if depth == 0 {
                    return at;
                }
            }
            _ => at += 1,
        }
    }
    text.len()
}

fn end_of_quoted(text: &[char], from: usize, quote: char) -> usize {
    let mut at = from + 1;
    while at < text.len() {
        match text[at] {
            '\\' => at += 2,
            c if c == quote => return at + 1,
            _ => at += 1,
        }
    }
    text.len()
}

fn end_of_raw_string(text: &[char], from: usize) -> usize {
    let hashes = text[from + 1..].iter().take_while(|&&c| c == '#').count();
    if text.get(from + 1 + hashes) != Some(&'"') {
        return from; // r#name, a raw identifier
    }
    let closes =
        |rest: &[char]| rest[0] == '"' && rest[1..].iter().take(hashes).filter(|&&c| c == '#').count() == hashes;
    find(text, from + 2 + hashes, closes).saturating_add(1 + hashes).min(text.len())
}

#[cfg(test)]
mod tests {
    use super::mask;

    #[test]
    fn code_stays_and_words_go() {
        let cases = [
            ("let a = 1; // todo", "let a = 1;        "),
            ("a /* x /* y */ z */ b", "a                   b"),
            (r#"f("a \" {") + 1"#, "f(        ) + 1"),
            ("f(r#\"a \" {\"#) + 1", "f(          ) + 1"),
            ("f(br\"{\") + 1", "f(b    ) + 1"),
            ("let r#fn = '{';", "let r#fn =    ;"),
            (r"let q = '\'';", "let q =     ;"),
            ("fn f<'a>(x: &'a str) {}", "fn f<'a>(x: &'a str) {}"),
            ("for x in bar\"s", "for x in bar  "),
        ];
        for (text, expected) in cases {
            assert_eq!(mask(text), expected, "{text}");
        }
    }

    #[test]
    fn lines_keep_their_numbers() {
        let text = "a\n/* b\nc */\n\"d\ne\"\nf";
        assert_eq!(mask(text).lines().count(), text.lines().count());
        assert_eq!(mask(text).lines().last(), Some("f"));
    }
}
