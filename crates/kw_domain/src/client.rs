//! Client applications: where they may be sent back to, and how long their words may be.

use url::{Host, Url};

use crate::refusal::Refusal;

/// The address that means: show the code on a page.
pub const OUT_OF_BAND: &str = "urn:ietf:wg:oauth:2.0:oob";
/// How many addresses an application may register.
pub const REDIRECTS_MAX: usize = 20;
/// One address, in bytes.
pub const REDIRECT_BYTES_MAX: usize = 2_000;
/// The name of an application, in characters.
pub const NAME_CHARS_MAX: usize = 60;
/// The page of an application, in bytes.
pub const WEBSITE_BYTES_MAX: usize = 2_000;

/// Whether an application may be sent back to `uri`: `https`, `http` on its user's own machine, a scheme of its own, or
/// [`OUT_OF_BAND`]. Never an address that a browser would run as a script.
pub fn check_redirect(uri: &str) -> Result<(), Refusal> {
    if uri == OUT_OF_BAND {
        return Ok(());
    }
    let refused = |why: &str| {
        Err(Refusal::invalid("redirect_uris", "redirect", format!("Validation failed: Redirect URI {why}")))
    };
    if uri.len() > REDIRECT_BYTES_MAX || uri.chars().any(|c| c.is_control() || c.is_whitespace()) {
        return refused("must be an absolute URI");
    }
    let Ok(url) = Url::parse(uri) else { return refused("must be an absolute URI") };
    if url.fragment().is_some() {
        return refused("cannot contain a fragment");
    }
    match url.scheme() {
        "javascript" | "data" | "vbscript" | "file" | "blob" | "about" | "view-source" => {
            refused("has a forbidden scheme")
        }
        "http" if !is_own_machine(&url) => refused("must be https"),
        "http" | "https" if !url.username().is_empty() || url.password().is_some() => {
            refused("cannot contain a password")
        }
        _ => Ok(()),
    }
}

fn is_own_machine(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// The name and the page of an application, cleaned, or why not.
pub fn check_name(name: &str, website: Option<&str>) -> Result<(String, Option<String>), Refusal> {
    let name: String = name.chars().filter(|c| !c.is_control()).collect::<String>().trim().to_owned();
    if name.is_empty() {
        return Err(Refusal::invalid("client_name", "blank", "Validation failed: Name can't be blank"));
    }
    if name.chars().count() > NAME_CHARS_MAX {
        let sentence = format!("Validation failed: Name is too long (maximum is {NAME_CHARS_MAX} characters)");
        return Err(Refusal::invalid("client_name", "too_long", sentence));
    }
    let Some(website) = website.map(str::trim).filter(|website| !website.is_empty()) else { return Ok((name, None)) };
    let is_page = Url::parse(website).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
    if !is_page || website.len() > WEBSITE_BYTES_MAX {
        return Err(Refusal::invalid("website", "invalid", "Validation failed: Website must be a valid URL"));
    }
    Ok((name, Some(website.to_owned())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clients_are_sent_back_where_clients_live() {
        for uri in [
            OUT_OF_BAND,
            "https://elk.example/api/cliff.example/oauth/https%3A%2F%2Felk.example",
            "http://localhost:5314/back",
            "http://127.0.0.1:9/",
            "http://[::1]:9/",
            "icecubesapp://",
            "oauth2redirect://com.keylesspalace.tusky/",
            "com.tapbots.Ivory.10217:/request_token",
            "mastodon-android-auth://callback",
        ] {
            assert_eq!(check_redirect(uri), Ok(()), "{uri}");
        }
    }

    #[test]
    fn clients_are_not_sent_to_scripts_nor_in_the_clear() {
        for uri in [
            "",
            "/back",
            "elk.example",
            "javascript:alert(1)",
            "JavaScript:alert(1)",
            "data:text/html,x",
            "vbscript:x",
            "http://elk.example/",
            "https://elk.example/#token",
            "https://ada:secret@elk.example/",
            "https://elk.example/a b",
            "https://elk.example/\n",
        ] {
            assert!(check_redirect(uri).is_err(), "{uri}");
        }
    }

    #[test]
    fn an_application_has_a_name_and_may_have_a_page() {
        assert_eq!(check_name(" Elk\n", Some("")), Ok(("Elk".to_owned(), None)));
        assert!(check_name("", None).is_err());
        assert!(check_name(&"e".repeat(61), None).is_err());
        assert!(check_name("Elk", Some("javascript:alert(1)")).is_err());
        assert!(check_name("Elk", Some("https://elk.example")).is_ok());
    }
}
