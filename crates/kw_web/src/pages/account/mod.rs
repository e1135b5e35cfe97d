//! Pages and forms about accounts.

pub mod about;
pub mod people;
pub mod record;
pub mod relate;
pub mod requests;
pub mod show;

use axum::response::Response;
use kw_app::account::find_id;
use kw_app::relationship::load_relationships;
use kw_app::view::AccountView;
use kw_app::view::account::load_account;
use kw_domain::handle::Handle;
use kw_domain::id::AccountId;
use kw_html::part::account::AccountRow;
use kw_html::part::profile::{Relation, Ties};

use super::absent;
use super::answer::go;
use super::view::account::{row, ties};
use super::visit::Visit;
use crate::error::Problem;

/// The number in a path as an id; what is no number names nobody.
pub fn id_of(text: &str) -> Result<AccountId, Problem> {
    text.parse().map_err(|_| Problem::missing())
}

/// The account of `/@{handle}…`, or what is answered in its place: the way to its address as its owner spells it, or why
/// it cannot be shown. `rest` is what follows the handle in the path.
pub async fn find(visit: &Visit, handle: &str, rest: &str) -> Result<Result<AccountView, Response>, Problem> {
    let name = Handle::parse(handle).map_err(|_| Problem::missing())?;
    let id = find_id(visit.cx(), &name).await?.ok_or_else(Problem::missing)?;
    match load_account(visit.cx(), &visit.viewer, id).await {
        Ok(view) if view.account.handle != handle => Ok(Err(go(&format!("/@{}{rest}", view.account.handle)))),
        Ok(view) => Ok(Ok(view)),
        Err(failure) => absent::of_account(visit, id, failure).await.map(Err),
    }
}

/// What stands between the reader and somebody.
pub async fn relation(visit: &Visit, id: AccountId) -> Result<Relation, Problem> {
    let mut relations = relations(visit, &[id]).await?;
    Ok(relations.pop().unwrap_or(Relation::SignedOut))
}

/// Somebody's line in a list, each with what stands between them and the reader.
pub async fn rows(visit: &Visit, views: &[AccountView]) -> Result<Vec<AccountRow>, Problem> {
    let ids: Vec<_> = views.iter().map(|view| view.account.id).collect();
    let relations = relations(visit, &ids).await?;
    Ok(views.iter().zip(relations).map(|(view, relation)| row(view, relation)).collect())
}

async fn relations(visit: &Visit, ids: &[AccountId]) -> Result<Vec<Relation>, Problem> {
    let Some(reader) = visit.viewer.id else { return Ok(vec![Relation::SignedOut; ids.len()]) };
    let found = load_relationships(visit.cx(), &visit.viewer, ids).await?;
    let relation = |id: &AccountId| {
        if *id == reader {
            return Relation::Myself;
        }
        let relationship = found.iter().find(|it| it.id == *id);
        Relation::Other(relationship.map_or_else(Ties::default, ties))
    };
    Ok(ids.iter().map(relation).collect())
}
