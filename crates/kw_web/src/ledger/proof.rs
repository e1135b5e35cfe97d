//! `GET /ledger/proof/:index`: everything that somebody offline needs to see that an entry is in the ledger
//! (<https://c2sp.org/tlog-proof>), and `GET /ledger/leaf/:index`: the entry's exact bytes.

use axum::extract::{Path, State};
use axum::response::Response;
use kw_app::ledger::publish;

use super::resource::answer;
use crate::edge::Web;
use crate::error::Problem;

/// The proof, against the newest checkpoint.
pub async fn proof(State(web): State<Web>, Path(index): Path<u64>) -> Result<Response, Problem> {
    let proof = publish::prove(&web.cx, index).await?.ok_or_else(Problem::missing)?;
    Ok(answer(proof.to_string().into_bytes(), "text/plain; charset=utf-8", "no-cache"))
}

/// The leaf.
pub async fn leaf(State(web): State<Web>, Path(index): Path<u64>) -> Result<Response, Problem> {
    let leaf = publish::load_leaf(&web.cx, index).await?.ok_or_else(Problem::missing)?;
    Ok(answer(leaf, "application/json", "public, max-age=31536000, immutable"))
}
