//! Blocking whole domains. They are remembered; there is nobody on them before there are other servers.

use kw_domain::handle::fold_domain;
use kw_domain::id::RelationId;
use kw_domain::refusal::Refusal;
use kw_domain::relationship::follow::may_relate;

use crate::authority::Authority;
use crate::buckets::Window;
use crate::context::Context;
use crate::failure::{Failure, retry};
use crate::families::RELATIONS;
use crate::operation::Before;
use crate::relationship::block::end;
use crate::relationship::touch;
use crate::rows::{RelationKey, RelationRow};
use crate::view::Page;
use crate::view::people::{cut, neighbours};
use crate::viewer::Viewer;

/// The domains that the account blocks, newest first; pages by the blocks' ids.
pub async fn list_domain_blocks(
    cx: &Context,
    authority: &Authority,
    window: &Window<u64>,
) -> Result<Page<String>, Failure> {
    let viewer = Viewer::member(cx, authority.acting()?).await?;
    let rows = viewer.graph.domains.iter().map(|(domain, id)| (id.0, domain.clone())).collect();
    let rows = cut(rows, window);
    let (older, newer) = neighbours(&rows, window);
    Ok(Page { items: rows.into_iter().map(|(_, domain)| domain).collect(), older, newer })
}

/// Blocks a domain. Repeating it changes nothing.
pub async fn block_domain(cx: &Context, authority: &Authority, domain: &str) -> Result<(), Failure> {
    let key = RelationKey::Domain(read_domain(domain)?);
    retry(|| block_domain_once(cx, authority, &key)).await
}

async fn block_domain_once(cx: &Context, authority: &Authority, key: &RelationKey) -> Result<(), Failure> {
    let reader = authority.acting()?;
    if cx.find(&RELATIONS, &reader, key).await?.is_some() {
        return Ok(());
    }
    may_relate(cx.count(&RELATIONS, &reader).await?)?;
    let row = RelationRow::plain(RelationId(cx.mint_id().await?));
    let mut draft = cx.draft(authority);
    draft.decide(&RELATIONS, (&reader, key), Before::Absent, &row);
    touch(&mut draft, reader);
    cx.perform(draft).await
}

/// Blocks a domain no longer. Repeating it changes nothing.
pub async fn unblock_domain(cx: &Context, authority: &Authority, domain: &str) -> Result<(), Failure> {
    let domain = read_domain(domain)?;
    retry(|| end(cx, authority, RelationKey::Domain(domain.clone()))).await
}

/// A row key holds at most 256 bytes, and a domain at most 253 characters.
fn read_domain(domain: &str) -> Result<String, Refusal> {
    let folded = fold_domain(domain.trim()).filter(|domain| domain.len() <= 253);
    folded.ok_or_else(|| Refusal::invalid("domain", "domain", "This is not a domain name."))
}
