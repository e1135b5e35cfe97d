//! `/about`: what this site is and who runs it.

use kw_html::SafeHtml;
use kw_html::views::About;

use super::answer::{Answer, page};
use super::visit::Visit;

/// Where the source of the software is. Whoever runs a changed version says here where theirs is.
const SOURCE_URL: &str = env!("CARGO_PKG_REPOSITORY");

/// The page about the site.
pub async fn show(visit: Visit) -> Answer {
    let settings = visit.settings();
    let view = About {
        text: SafeHtml::default(),
        rules: settings.rules.clone(),
        contact: None,
        contact_email: settings.contact_email.clone(),
        posts: 0,
        version: visit.web.edge.version.clone(),
        source_url: SOURCE_URL.to_owned(),
        page: visit.page(),
    };
    Ok(page(&view))
}
