//! Members, made the way people become members.

use kw_app::account::{SignUp, sign_up};
use kw_app::authority::Authority;
use kw_app::context::Context;
use kw_app::session::{Actor, Agent, authenticate};
use kw_domain::id::AccountId;
use kw_domain::sign_up::Agreement;

/// Signs somebody up and hands out their seat.
pub async fn join(cx: &Context, handle: &str) -> (AccountId, Authority) {
    let form = SignUp {
        handle,
        email: None,
        password: "a long enough password",
        reason: "",
        invitation: None,
        locale: "en",
        agreement: Agreement::Given,
        agent: Agent::default(),
        app: None,
    };
    let signed_up = sign_up(cx, &form).await.expect("somebody signs up");
    match authenticate(cx, &signed_up.issued.token).await.expect("the token works") {
        Actor::Member(member) => (member.account, member.authority().clone()),
        other => panic!("{handle} is {other:?}"),
    }
}
