//! What the employee tries when employment has ended.

use super::{Reply, Trial, Trials};
use crate::failure::CommandError;

const OLD_SESSION: Trial = Trial::http("Go on in the browser that was signed in before midnight");
const SIGN_IN: Trial = Trial::http("Sign in after midnight");

/// Tries what is left after the last day.
pub async fn after_the_last_day(trials: &mut Trials<'_>) -> Result<(), CommandError> {
    let page = trials.insider().browser.open("/staff").await?;
    let is_out = page.path.starts_with("/staff/sign-in");
    let said = if is_out { "Signed out on the second; the page asks for a passkey.".to_owned() } else { page.said() };
    trials.conclude_entry(OLD_SESSION, Reply::of(said, !is_out)).await?;
    let answer = trials.insider().sign_in().await?;
    let is_in = !answer.path.starts_with("/staff/sign-in");
    trials.conclude_entry(SIGN_IN, Reply::of(answer.said(), is_in)).await
}
