//! Languages of posts and people: which codes we know and how they call themselves.
//!
//! Does not detect a text's language, and does not translate.

use std::fmt;

/// A known language: its ISO 639-1 code of two letters, or three letters where ISO 639-1 has none.
///
/// Regions and scripts are read and dropped (`zh-CN` is `zh`): clients filter by the bare code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Language(&'static str);

impl Language {
    /// English, spoken wherever nothing better is known.
    pub const ENGLISH: Self = Self("en");
    /// French.
    pub const FRENCH: Self = Self("fr");

    /// Reads a language tag as clients and browsers send them: `en`, `EN`, `en-GB`, `zh_Hant_TW`, `fra`.
    ///
    /// Unknown languages are `None`, never an error: a post is not refused for its language.
    pub fn parse(tag: &str) -> Option<Self> {
        let primary = tag.trim().split(['-', '_']).next().unwrap_or_default();
        if !(2..=3).contains(&primary.len()) || !primary.bytes().all(|byte| byte.is_ascii_alphabetic()) {
            return None;
        }
        let primary = primary.to_ascii_lowercase();
        let code = RENAMED.iter().find(|(old, _)| *old == primary).map_or(&*primary, |(_, new)| *new);
        known_codes().find(|known| *known == code).map(Self)
    }

    /// The code: two lower-case letters, for a few languages three.
    pub fn code(self) -> &'static str {
        self.0
    }

    /// What the language calls itself, where we know it; else its code.
    pub fn native_name(self) -> &'static str {
        NATIVE_NAMES.iter().find(|(code, _)| *code == self.0).map_or(self.0, |(_, name)| *name)
    }

    /// Whether text in this language runs from right to left.
    pub fn is_right_to_left(self) -> bool {
        matches!(self.0, "ar" | "ckb" | "dv" | "fa" | "he" | "ps" | "sd" | "ug" | "ur" | "yi")
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// Every language we know, by code.
pub fn all() -> impl Iterator<Item = Language> {
    known_codes().map(Language)
}

/// The languages offered in forms, sorted by what they call themselves.
pub fn common() -> impl Iterator<Item = Language> {
    NATIVE_NAMES.iter().map(|(code, _)| Language(code))
}

fn known_codes() -> impl Iterator<Item = &'static str> {
    TWO_LETTERS.split_ascii_whitespace().chain(THREE_LETTERS.iter().copied())
}

/// ISO 639-1, complete.
const TWO_LETTERS: &str = "\
    aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo \
    es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka \
    kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng \
    nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st \
    su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu";

/// Languages that people post in and that have no code of two letters.
#[rustfmt::skip]
const THREE_LETTERS: &[&str] = &[
    "ast", "chr", "ckb", "cnr", "csb", "gsw", "haw", "jbo", "kab", "lfn", "moh", "nap", "nds", "pdc", "scn", "sco",
    "sma", "smj", "szl", "tok", "vai", "vec", "xal", "yue", "zgh",
];

/// Withdrawn codes, and the codes of three letters that stand for one of two.
#[rustfmt::skip]
const RENAMED: &[(&str, &str)] = &[
    ("in", "id"), ("iw", "he"), ("ji", "yi"), ("jw", "jv"), ("mo", "ro"),
    ("afr", "af"), ("alb", "sq"), ("ara", "ar"), ("arm", "hy"), ("baq", "eu"), ("bel", "be"), ("ben", "bn"),
    ("bos", "bs"), ("bre", "br"), ("bul", "bg"), ("cat", "ca"), ("ces", "cs"), ("chi", "zh"), ("cmn", "zh"),
    ("cos", "co"), ("cym", "cy"), ("cze", "cs"), ("dan", "da"), ("deu", "de"), ("dut", "nl"), ("ell", "el"),
    ("eng", "en"), ("epo", "eo"), ("est", "et"), ("eus", "eu"), ("fas", "fa"), ("fil", "tl"), ("fin", "fi"),
    ("fra", "fr"), ("fre", "fr"), ("fry", "fy"), ("geo", "ka"), ("ger", "de"), ("gla", "gd"), ("gle", "ga"),
    ("glg", "gl"), ("gre", "el"), ("guj", "gu"), ("heb", "he"), ("hin", "hi"), ("hrv", "hr"), ("hun", "hu"),
    ("hye", "hy"), ("ice", "is"), ("ind", "id"), ("isl", "is"), ("ita", "it"), ("jpn", "ja"), ("kan", "kn"),
    ("kat", "ka"), ("kaz", "kk"), ("kor", "ko"), ("kur", "ku"), ("lat", "la"), ("lav", "lv"), ("lit", "lt"),
    ("ltz", "lb"), ("mac", "mk"), ("mal", "ml"), ("mar", "mr"), ("may", "ms"), ("mkd", "mk"), ("mlt", "mt"),
    ("msa", "ms"), ("nep", "ne"), ("nld", "nl"), ("nno", "nn"), ("nob", "nb"), ("nor", "no"), ("oci", "oc"),
    ("per", "fa"), ("pol", "pl"), ("por", "pt"), ("ron", "ro"), ("rum", "ro"), ("rus", "ru"), ("slk", "sk"),
    ("slo", "sk"), ("slv", "sl"), ("spa", "es"), ("sqi", "sq"), ("srp", "sr"), ("swa", "sw"), ("swe", "sv"),
    ("tam", "ta"), ("tel", "te"), ("tgl", "tl"), ("tha", "th"), ("tur", "tr"), ("ukr", "uk"), ("urd", "ur"),
    ("vie", "vi"), ("wel", "cy"), ("yid", "yi"), ("zho", "zh"),
];

/// What common languages call themselves, in the order in which forms list them.
#[rustfmt::skip]
const NATIVE_NAMES: &[(&str, &str)] = &[
    ("af", "Afrikaans"), ("ast", "Asturianu"), ("az", "Azərbaycanca"), ("id", "Bahasa Indonesia"),
    ("ms", "Bahasa Melayu"), ("bs", "Bosanski"), ("br", "Brezhoneg"), ("ca", "Català"), ("cs", "Čeština"),
    ("co", "Corsu"), ("cy", "Cymraeg"), ("da", "Dansk"), ("de", "Deutsch"), ("et", "Eesti"), ("en", "English"),
    ("es", "Español"), ("eo", "Esperanto"), ("eu", "Euskara"), ("tl", "Filipino"), ("fr", "Français"),
    ("fy", "Frysk"), ("ga", "Gaeilge"), ("gd", "Gàidhlig"), ("gl", "Galego"), ("hr", "Hrvatski"), ("is", "Íslenska"),
    ("it", "Italiano"), ("sw", "Kiswahili"), ("ku", "Kurdî"), ("la", "Latina"), ("lv", "Latviešu"),
    ("lb", "Lëtzebuergesch"), ("lt", "Lietuvių"), ("hu", "Magyar"), ("mt", "Malti"), ("nl", "Nederlands"),
    ("no", "Norsk"), ("nb", "Norsk bokmål"), ("nn", "Norsk nynorsk"), ("oc", "Occitan"), ("nds", "Plattdüütsch"),
    ("pl", "Polski"), ("pt", "Português"), ("ro", "Română"), ("rm", "Rumantsch"), ("gsw", "Schwiizertüütsch"),
    ("sco", "Scots"), ("sq", "Shqip"), ("sk", "Slovenčina"), ("sl", "Slovenščina"), ("fi", "Suomi"),
    ("sv", "Svenska"), ("kab", "Taqbaylit"), ("vi", "Tiếng Việt"), ("tok", "toki pona"), ("tr", "Türkçe"),
    ("el", "Ελληνικά"), ("be", "Беларуская"), ("bg", "Български"), ("kk", "Қазақша"), ("mk", "Македонски"),
    ("mn", "Монгол"), ("ru", "Русский"), ("sr", "Српски"), ("uk", "Українська"), ("ka", "ქართული"), ("hy", "Հայերեն"),
    ("yi", "ייִדיש"), ("he", "עברית"), ("ar", "العربية"), ("ur", "اردو"), ("fa", "فارسی"), ("ckb", "کوردیی ناوەندی"),
    ("am", "አማርኛ"), ("mr", "मराठी"), ("ne", "नेपाली"), ("hi", "हिन्दी"), ("bn", "বাংলা"), ("pa", "ਪੰਜਾਬੀ"),
    ("gu", "ગુજરાતી"), ("ta", "தமிழ்"), ("te", "తెలుగు"), ("kn", "ಕನ್ನಡ"), ("ml", "മലയാളം"), ("si", "සිංහල"),
    ("th", "ไทย"), ("my", "မြန်မာ"), ("km", "ខ្មែរ"), ("ko", "한국어"), ("ja", "日本語"), ("zh", "中文"), ("yue", "廣東話"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn tags_are_reduced_to_the_bare_code() {
        for (tag, code) in [
            ("en", Some("en")),
            ("EN", Some("en")),
            ("en-GB", Some("en")),
            ("zh-CN", Some("zh")),
            ("zh_Hant_TW", Some("zh")),
            ("fra", Some("fr")),
            ("fre", Some("fr")),
            ("iw", Some("he")),
            ("ast", Some("ast")),
            ("tok", Some("tok")),
            (" de ", Some("de")),
            ("cmn-Hans", Some("zh")),
            ("", None),
            ("-", None),
            ("e", None),
            ("xx", None),
            ("qqq", None),
            ("english", None),
            ("日本", None),
            ("en\0", None),
            ("*", None),
        ] {
            assert_eq!(Language::parse(tag).map(Language::code), code, "{tag:?}");
        }
    }

    #[test]
    fn there_are_the_codes_of_the_standard_and_each_once() {
        assert_eq!(TWO_LETTERS.split_ascii_whitespace().count(), 184); // 183 of the standard, and sh
        assert_eq!(all().map(Language::code).collect::<BTreeSet<_>>().len(), all().count());
        assert!(TWO_LETTERS.split_ascii_whitespace().all(|code| code.len() == 2));
        assert!(THREE_LETTERS.iter().all(|code| code.len() == 3));
    }

    #[test]
    fn every_known_code_reads_as_itself() {
        for language in all() {
            assert_eq!(Language::parse(language.code()), Some(language));
        }
        for (old, new) in RENAMED {
            assert_eq!(Language::parse(old).map(Language::code), Some(*new), "{old}");
        }
    }

    #[test]
    fn native_names_belong_to_known_languages_and_each_has_one() {
        for language in common() {
            assert_eq!(Language::parse(language.code()), Some(language), "{language}");
            assert_ne!(language.native_name(), language.code());
        }
        assert_eq!(common().collect::<BTreeSet<_>>().len(), NATIVE_NAMES.len());
        assert_eq!(Language::parse("aa").map(Language::native_name), Some("aa"));
    }

    #[test]
    fn right_to_left_languages_are_known() {
        assert!(Language::parse("ar").is_some_and(Language::is_right_to_left));
        assert!(!Language::ENGLISH.is_right_to_left());
        assert!(!Language::FRENCH.is_right_to_left());
    }
}
