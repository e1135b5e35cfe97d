//! The world outside, for real: letters by SMTP, pages of other sites by HTTPS. Built from the configuration; use cases
//! see only the traits of `kw_app::outside`.

mod fetch_page;
mod send_letter;

use std::sync::Arc;

use kw_app::outside::Outside;

use crate::config::{Config, Switch};
use crate::failure::CommandError;

/// What the configuration opens of the world outside.
pub fn open(config: &Config) -> Result<Outside, CommandError> {
    // Several libraries speak TLS here; they share one provider, whoever comes first.
    let _was_installed = rustls::crypto::ring::default_provider().install_default();
    let mut outside = Outside::default();
    if let Some(url) = &config.mail.smtp_url {
        outside.mailer = Some(Arc::new(send_letter::SmtpMailer::new(url, &config.mail.smtp_from)?));
    }
    if config.outgoing.verify_links == Switch::On {
        outside.fetcher = Some(Arc::new(fetch_page::PageFetcher::new()?));
    }
    Ok(outside)
}
