//! What the operator configured about the edge, and the state that every handler is given.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::FromRef;
use kw_app::context::Context;

use crate::limit::Limits;

/// The settings of the edge. The binary's configuration fills them.
#[derive(Debug, Clone)]
pub struct EdgeSettings {
    /// Multiplies every rate limit; 1 is what clients expect.
    pub rate_limit_factor: f64,
    /// Reverse proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<Network>,
    /// Version of the server: `0.1.0`.
    pub version: String,
    /// How long a request may take before it is answered with 503.
    pub request_timeout: Duration,
}

impl EdgeSettings {
    /// The settings of a server of this version with everything else as it comes.
    pub fn of_version(version: impl Into<String>) -> Self {
        Self {
            rate_limit_factor: 1.0,
            trusted_proxies: Vec::new(),
            version: version.into(),
            request_timeout: Duration::from_secs(30),
        }
    }
}

/// A network of addresses, by its first bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    /// Any address of it.
    pub address: IpAddr,
    /// How many first bits all its addresses share.
    pub prefix_bits: u8,
}

impl Network {
    /// Whether `address` belongs to it. An IPv4 address counts the same when it comes mapped into IPv6.
    pub fn contains(&self, address: IpAddr) -> bool {
        match (self.address.to_canonical(), address.to_canonical()) {
            (IpAddr::V4(own), IpAddr::V4(other)) => {
                let shift = 32_u32.saturating_sub(u32::from(self.prefix_bits));
                own.to_bits().checked_shr(shift) == other.to_bits().checked_shr(shift)
            }
            (IpAddr::V6(own), IpAddr::V6(other)) => {
                let shift = 128_u32.saturating_sub(u32::from(self.prefix_bits));
                own.to_bits().checked_shr(shift) == other.to_bits().checked_shr(shift)
            }
            _ => false,
        }
    }
}

/// The state of every handler. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Web {
    /// What use cases work with.
    pub cx: Context,
    /// The settings of the edge.
    pub edge: Arc<EdgeSettings>,
    pub(crate) limits: Arc<Limits>,
}

impl Web {
    /// The state of a server.
    pub fn new(cx: Context, edge: EdgeSettings) -> Self {
        let limits = Arc::new(Limits::new(edge.rate_limit_factor));
        Self { cx, edge: Arc::new(edge), limits }
    }
}

impl FromRef<Web> for Context {
    fn from_ref(web: &Web) -> Self {
        web.cx.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn network(address: &str, prefix_bits: u8) -> Network {
        Network { address: address.parse().expect("an address"), prefix_bits }
    }

    #[test]
    fn a_network_holds_the_addresses_that_share_its_first_bits() {
        for (address, prefix_bits, other, is_inside) in [
            ("10.0.0.0", 8, "10.200.3.4", true),
            ("10.0.0.0", 8, "11.0.0.1", false),
            ("10.0.0.0", 8, "::ffff:10.1.1.1", true),
            ("127.0.0.1", 32, "127.0.0.1", true),
            ("127.0.0.1", 32, "127.0.0.2", false),
            ("0.0.0.0", 0, "8.8.8.8", true),
            ("2001:db8::", 32, "2001:db8:1::1", true),
            ("2001:db8::", 32, "2001:db9::1", false),
            ("2001:db8::", 32, "10.0.0.1", false),
        ] {
            let other = other.parse().expect("an address");
            assert_eq!(network(address, prefix_bits).contains(other), is_inside, "{address}/{prefix_bits} {other}");
        }
    }
}
