//! The keys: one struct a concern, declared once. Their comments are what the operator reads in the example file and in
//! the reference page, so they speak to the operator.

use super::kind::{
    Address, Count, Factor, Filter, Folder, Format, Kind, Line, Lines, MailAddress, MailServer, Networks, Origin,
    SignUps, Text, Toggle,
};
use super::source::Source;

/// A section of the file.
#[derive(Debug)]
pub struct Section {
    /// What stands in brackets.
    pub name: &'static str,
    /// What it is for.
    pub about: &'static [&'static str],
    /// Its keys, in the order of the file.
    pub keys: &'static [Key],
}

/// A key of the file.
#[derive(Debug)]
pub struct Key {
    /// Its name, which with our prefix and in capitals is its variable's.
    pub name: &'static str,
    /// What it is for.
    pub about: &'static [&'static str],
    /// What it is when nobody says anything, as the variable would say it.
    pub default: &'static str,
    /// What its values are, for a sentence that begins "should be".
    pub expected: fn() -> String,
    /// How TOML writes a value.
    pub shape: super::kind::Shape,
}

impl Key {
    /// Its environment variable.
    pub fn variable(&self) -> String {
        format!("{}{}", super::PREFIX, self.name.to_uppercase())
    }
}

macro_rules! concerns {
    ($(
        $(#[doc = $about:literal])+
        $section:ident: $name:ident {
            $( $(#[doc = $doc:literal])+ $key:ident: $kind:ty = $default:literal; )*
        }
    )*) => {
        $(
            $(#[doc = $about])+
            #[derive(Debug, Clone)]
            pub struct $name {
                $( $(#[doc = $doc])+ pub $key: <$kind as Kind>::Value, )*
            }
        )*

        /// Everything the operator decides.
        #[derive(Debug, Clone)]
        pub struct Config {
            $( $(#[doc = $about])+ pub $section: $name, )*
        }

        /// Every section of the file with its keys.
        pub const SECTIONS: &[Section] = &[$(
            Section {
                name: stringify!($section),
                about: &[$($about),+],
                keys: &[$(
                    Key {
                        name: stringify!($key),
                        about: &[$($doc),+],
                        default: $default,
                        expected: <$kind as Kind>::expected,
                        shape: <$kind as Kind>::SHAPE,
                    },
                )*],
            },
        )*];

        impl Config {
            /// Reads every key, and complains to `source` of each that cannot be read.
            pub(super) fn gather(source: &mut Source) -> Option<Self> {
                $($( let $key = source.read::<$kind>(stringify!($key), $default); )*)*
                let config = Self { $( $section: $name { $( $key: $key?, )* }, )* };
                config.check_together(source).then_some(config)
            }
        }
    };
}

concerns! {
    /// Where the server listens, where people reach it, and where it keeps its data.
    server: Server {
        /// Address and port to listen on. Behind a reverse proxy, leave it on the loopback address.
        listen: Address = "127.0.0.1:8080";
        /// Scheme, host and port under which people reach the server; no path. Written into the data directory at the
        /// first start and never changed after: links, sign-ins and passkeys depend on it. When it is not set:
        /// what the data directory says, or `http://localhost` with the port of `listen` for a new one.
        origin: Origin = "";
        /// The data directory. Created if it is missing. A relative path begins where the server is started.
        data: Folder = "./data";
        /// Reverse proxies whose `X-Forwarded-For` is believed: addresses, or networks like 10.0.0.0/8. Without it,
        /// everyone behind a proxy shares one rate limit.
        trusted_proxies: Networks = "";
        /// How much is logged, to the standard error: error, warn, info, debug, trace, or a filter such as
        /// `warn,kw_web=debug`.
        log: Filter = "warn";
        /// How log lines are written.
        log_format: Format = "text";
    }

    /// What the server is to people.
    site: Site {
        /// What people call it.
        title: Line = "Kittiwake";
        /// What it is for, in a sentence or two.
        description: Text = "";
        /// Whom to write to. Shown publicly.
        contact_email: MailAddress = "";
        /// Its rules, in order. In the environment: one a line.
        rules: Lines = "";
        /// Who may sign up: anyone; anyone who is then approved (`kittiwake account approve`); those with an invitation
        /// (`kittiwake account invite`); nobody.
        registrations: SignUps = "open";
        /// How long a post and its content warning may be together, in characters as people count them.
        post_characters_max: Count<1, 10_000> = "500";
    }

    /// How the server sends e-mail. Without it, addresses are not confirmed and passwords cannot be reset by mail.
    mail: Mail {
        /// The mail server: `smtps://user:password@host`, or `smtp://host:587?tls=required`. Percent-encode special
        /// characters in user and password.
        smtp_url: MailServer = "";
        /// The address that letters come from. Needed with `smtp_url`.
        smtp_from: MailAddress = "";
    }

    /// How much one reader, client or address may ask for.
    limits: Limits {
        /// Multiplies every rate limit. 1 is what clients expect; a load test wants more.
        rate_limit_factor: Factor = "1";
    }

    /// How much is kept in memory.
    memory: Memory {
        /// Newest entries of this many accounts' posts; each costs about 4 kB.
        cache_heads_max: Count<100, 100_000_000> = "50000";
        /// Whom this many readers follow, block and mute; each costs about 50 bytes a relation.
        cache_graphs_max: Count<100, 100_000_000> = "10000";
        /// This many accounts as they are shown; each costs about 2 kB.
        cache_accounts_max: Count<100, 100_000_000> = "20000";
        /// This many posts as they are shown; each costs about 3 kB.
        cache_posts_max: Count<100, 100_000_000> = "20000";
    }

    /// What the server does on other sites of its own accord.
    outgoing: Outgoing {
        /// Whether links in profiles are looked at, to see if the page links back. Needs a way out to the web.
        verify_links: Toggle = "on";
    }
}

impl Config {
    /// What two keys must agree on.
    fn check_together(&self, source: &mut Source) -> bool {
        let agrees = self.mail.smtp_url.is_none() || !self.mail.smtp_from.is_empty();
        if !agrees {
            source.complain("`smtp_url` needs `smtp_from` (KITTIWAKE_SMTP_FROM): the address that letters come from");
        }
        agrees
    }
}
