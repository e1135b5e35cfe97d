//! Pages of other sites, for links in profiles. Whoever writes a profile chooses the address, so nothing here may reach
//! this machine or its network: only `https` on its usual port, only names, only public addresses behind them (looked at
//! after resolving, and the very addresses looked at are the ones connected to), few redirects, little, not for long.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use kw_app::failure::Failure;
use kw_app::outside::{Fetcher, OutsideFuture};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::redirect::{Attempt, Policy};
use url::{Host, Url};

use crate::failure::CommandError;

const TIMEOUT: Duration = Duration::from_secs(5);
const REDIRECTS_MAX: usize = 3;
const PAGE_BYTES_MAX: usize = 1024 * 1024;

/// Fetches public pages.
#[derive(Debug)]
pub struct PageFetcher(reqwest::Client);

impl PageFetcher {
    /// A fetcher with no memory: no cookies, no cache, no proxy.
    #[expect(clippy::disallowed_methods, reason = "this is the one client that bounds size, time and address")]
    pub fn new() -> Result<Self, CommandError> {
        let roots = rustls::RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        let tls = rustls::ClientConfig::builder().with_root_certificates(roots).with_no_client_auth();
        let client = reqwest::Client::builder()
            .tls_backend_preconfigured(tls)
            .dns_resolver(Arc::new(PublicAddresses))
            .redirect(Policy::custom(follow))
            .https_only(true)
            .no_proxy()
            .timeout(TIMEOUT)
            .user_agent(concat!(
                "Kittiwake/",
                env!("CARGO_PKG_VERSION"),
                " (looks whether a profile's link links back)"
            ))
            .build();
        client.map(Self).map_err(|error| CommandError::said(format!("no HTTPS client can be made: {error}")))
    }

    async fn fetch(&self, url: Url) -> Result<String, Failure> {
        if !is_public_place(&url) {
            return Err(Failure::Outside("this address is not looked at".to_owned()));
        }
        let failed = |error: reqwest::Error| Failure::Outside(format!("the page could not be read: {error}"));
        let mut response =
            self.0.get(url).send().await.and_then(reqwest::Response::error_for_status).map_err(failed)?;
        let mut page = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(failed)? {
            if page.len() + chunk.len() > PAGE_BYTES_MAX {
                return Err(Failure::Outside("the page is larger than a mebibyte".to_owned()));
            }
            page.extend_from_slice(&chunk);
        }
        Ok(String::from_utf8_lossy(&page).into_owned())
    }
}

impl Fetcher for PageFetcher {
    fn page(&self, url: Url) -> OutsideFuture<'_, String> {
        Box::pin(self.fetch(url))
    }
}

fn follow(attempt: Attempt<'_>) -> reqwest::redirect::Action {
    if attempt.previous().len() > REDIRECTS_MAX {
        return attempt.error("too many redirects");
    }
    if is_public_place(attempt.url()) { attempt.follow() } else { attempt.error("a redirect to a place not looked at") }
}

/// Whether an address names a public site at all. What its name resolves to is looked at by [`PublicAddresses`].
fn is_public_place(url: &Url) -> bool {
    // A bare address would never be resolved, and so never be looked at.
    let is_named =
        matches!(url.host(), Some(Host::Domain(name)) if name.contains('.') && !name.ends_with(".localhost"));
    url.scheme() == "https" && url.port().is_none() && url.username().is_empty() && url.password().is_none() && is_named
}

/// Resolves names, and forgets every address that is not public.
#[derive(Debug)]
struct PublicAddresses;

impl Resolve for PublicAddresses {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let public: Vec<SocketAddr> = found.filter(|address| is_public(address.ip())).collect();
            if public.is_empty() {
                return Err("the name has no public address".into());
            }
            Ok(Box::new(public.into_iter()) as Addrs)
        })
    }
}

fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

/// <https://www.iana.org/assignments/iana-ipv4-special-registry>
fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let is_this_or_none = matches!(a, 0 | 127 | 224..);
    let is_private =
        matches!((a, b, c), (10, ..) | (172, 16..=31, _) | (192, 168, _) | (100, 64..=127, _) | (169, 254, _));
    // Protocols' own, examples, relays, benchmarks.
    let is_reserved =
        matches!((a, b, c), (192, 0, 0 | 2) | (192, 88, 99) | (198, 18..=19, _) | (198, 51, 100) | (203, 0, 113));
    !(is_this_or_none || is_private || is_reserved)
}

/// Only global unicast, and nothing in it that carries an IPv4 address or leads elsewhere.
/// <https://www.iana.org/assignments/iana-ipv6-special-registry>
fn is_public_v6(address: Ipv6Addr) -> bool {
    if let Some(inner) = address.to_ipv4_mapped() {
        return is_public_v4(inner);
    }
    match address.segments() {
        // Protocols' own (Teredo among them), documentation, 6to4.
        [0x2001, 0..=0x1ff | 0xdb8, ..] | [0x2002, ..] | [0x3fff, 0..=0xfff, ..] => false,
        [first, ..] => first & 0xe000 == 0x2000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(url: &str) -> bool {
        is_public_place(&Url::parse(url).expect("a test's address can be parsed"))
    }

    #[test]
    fn only_named_https_sites_are_looked_at() {
        assert!(place("https://example.org/about"));
        for wrong in [
            "http://example.org/",
            "https://example.org:8443/",
            "https://me@example.org/",
            "https://127.0.0.1/",
            "https://[::1]/",
            "https://2130706433/",
            "https://0x7f.1/",
            "https://localhost/",
            "https://a.localhost/",
            "ftp://example.org/",
        ] {
            assert!(!place(wrong), "{wrong} is looked at");
        }
    }

    #[test]
    fn addresses_of_this_machine_and_its_network_are_not_public() {
        for inside in [
            "127.0.0.1",
            "0.0.0.0",
            "10.1.2.3",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "192.0.2.1",
            "198.18.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "fe80::1",
            "fc00::1",
            "fd12::1",
            "ff02::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
            "2001:db8::1",
            "2001::1",
        ] {
            assert!(!is_public(inside.parse().expect("an address")), "{inside} counts as public");
        }
        for outside in ["1.1.1.1", "172.32.0.1", "192.169.0.1", "100.128.0.1", "2606:4700::1", "2a00:1450::1"] {
            assert!(is_public(outside.parse().expect("an address")), "{outside} does not count as public");
        }
    }

    #[tokio::test]
    async fn a_name_that_leads_home_is_refused_after_resolving() {
        let name = "localhost".parse().expect("a name");
        let Err(error) = PublicAddresses.resolve(name).await else { panic!("localhost was resolved") };
        assert!(error.to_string().contains("no public address"), "{error}");
    }
}
