//! The card of a target: what a screen shows of it, as bytes. Its hash is in what is signed, so that nobody can be shown one
//! account and sign for another.

use kw_domain::id::AccountId;
use kw_domain::refusal::Refusal;
use kw_ledger::jcs::Value;
use kw_staff::entry::Subject;

use crate::account;
use crate::context::Context;
use crate::failure::Failure;
use crate::families::FOLLOWERS;

/// What is shown of `subject`, in canonical JSON.
pub async fn of(cx: &Context, subject: &Subject) -> Result<Vec<u8>, Failure> {
    let mut fields = vec![("kind", subject.kind.word().to_owned()), ("id", subject.id.clone())];
    if let Some(id) = subject.account_id().map(AccountId) {
        let found = account::find(cx, id).await?.ok_or_else(Refusal::missing)?;
        fields.push(("handle", found.handle));
        fields.push(("name", found.profile.display_name));
        fields.push(("followers", FOLLOWERS.total_heard(cx, id).await?.to_string()));
        fields.push(("since", found.created_at.0.to_string()));
    }
    Ok(Value::map(fields.into_iter().map(|(name, text)| (name, Value::text(text)))).to_bytes())
}
