//! Prints docs/staff-rules.md: the default policy as a page for people who read no code.

use kw_staff::policy::{Policy, table};

fn main() -> Result<(), kw_staff::refusal::Refusal> {
    let policy = Policy::parse(Policy::default_text().as_bytes())?;
    print!("{}", table::markdown(&policy));
    Ok(())
}
