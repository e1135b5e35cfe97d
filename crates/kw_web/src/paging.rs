//! `Link` headers: where the pages beside this one are.
//!
//! `next` comes first, because some clients read only the first. Addresses are absolute and keep all other parameters.

use http::header::LINK;
use http::{HeaderMap, HeaderValue};
use kw_app::settings::Settings;
use kw_app::view::Page;

use crate::address::encode_path;
use crate::error::Problem;
use crate::params::Params;

/// What `prev` is called in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Newer {
    /// `min_id`: timelines and notifications, whose neighbours must not be missed.
    MinId,
    /// `since_id`: lists of relations.
    SinceId,
}

impl Newer {
    const fn name(self) -> &'static str {
        match self {
            Self::MinId => "min_id",
            Self::SinceId => "since_id",
        }
    }
}

/// Where a request went to: its path and query, as sent.
#[derive(Debug, Clone, Default)]
pub struct Place {
    /// The path.
    pub path: String,
    /// The query, without `?`.
    pub query: String,
}

impl<S: Send + Sync> axum::extract::FromRequestParts<S> for Place {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut http::request::Parts, _: &S) -> Result<Self, Problem> {
        let query = parts.uri.query().unwrap_or_default().to_owned();
        Ok(Self { path: parts.uri.path().to_owned(), query })
    }
}

/// The headers of a page: `Link` to its neighbours, as far as there are any.
pub fn links<T>(settings: &Settings, place: &Place, newer: Newer, page: &Page<T>) -> HeaderMap {
    let mut links = Vec::new();
    if let Some(older) = page.older {
        links.push(format!("<{}>; rel=\"next\"", neighbour(settings, place, "max_id", older)));
    }
    if let Some(above) = page.newer {
        links.push(format!("<{}>; rel=\"prev\"", neighbour(settings, place, newer.name(), above)));
    }
    header_of(&links)
}

fn header_of(links: &[String]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    if let Some(value) = HeaderValue::from_str(&links.join(", ")).ok().filter(|_| !links.is_empty()) {
        headers.insert(LINK, value);
    }
    headers
}

/// The same address with another page. Parameters are written anew, so that nothing of the request can break the header.
fn neighbour(settings: &Settings, place: &Place, name: &str, id: u64) -> String {
    let mut query = String::new();
    for (key, value) in Params::pairs_of_query(&place.query).unwrap_or_default() {
        if !["max_id", "since_id", "min_id", "offset", "access_token"].contains(&&*key) {
            query.extend([&*encode_name(&key), "=", &*encode_path(&value), "&"]);
        }
    }
    settings.url(&format!("{}?{query}{name}={id}", place.path))
}

fn encode_name(name: &str) -> String {
    encode_path(name).replace("%5B", "[").replace("%5D", "]")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn links_of(query: &str, older: Option<u64>, newer: Option<u64>) -> Option<String> {
        let settings = Settings::at("https://cliff.example".parse().expect("a URL"));
        let place = Place { path: "/api/v1/timelines/home".to_owned(), query: query.to_owned() };
        let page = Page::<()> { items: Vec::new(), older, newer };
        let headers = links(&settings, &place, Newer::MinId, &page);
        headers.get(LINK).map(|value| value.to_str().expect("ASCII").to_owned())
    }

    #[test]
    fn next_comes_first_and_addresses_are_absolute() {
        assert_eq!(
            links_of("limit=2&max_id=9&min_id=1", Some(5), Some(8)).as_deref(),
            Some(
                "<https://cliff.example/api/v1/timelines/home?limit=2&max_id=5>; rel=\"next\", \
                 <https://cliff.example/api/v1/timelines/home?limit=2&min_id=8>; rel=\"prev\""
            )
        );
    }

    #[test]
    fn other_parameters_are_kept_as_often_as_they_came() {
        let links = links_of("types[]=mention&types[]=follow&q=%3E%22%0A", Some(5), None).expect("a link");
        assert!(links.contains("types[]=mention&types[]=follow&q=%3E%22%0A&max_id=5"), "{links}");
    }

    #[test]
    fn a_token_in_the_query_is_not_repeated() {
        assert!(!links_of("access_token=secret", Some(5), None).expect("a link").contains("secret"));
    }

    #[test]
    fn nothing_older_and_nothing_newer_is_no_header() {
        assert_eq!(links_of("limit=2", None, None), None);
    }
}
