//! `kittiwake account`: makes, invites, approves and lists. Cannot change what belongs to an account, nor hide one.

use std::io::{BufRead, IsTerminal};
use std::sync::Arc;

use clap::Subcommand;
use kw_app::account::{self, Listed, NewAccount};
use kw_app::authority::Authority;
use kw_app::buckets::Window;
use kw_app::context::Context;
use kw_app::invitation::{self, Inviter, NewInvitation};
use kw_domain::account::OwnerState;
use kw_domain::handle::Handle;
use kw_domain::id::AccountId;
use kw_domain::time::Millis;
use kw_store::SystemClock;
use kw_store_sqlite::OpenError;
use serde::Serialize;

use super::{Form, FormArgument, Outcome, block_on, print_json};
use crate::boot::{self, OriginWanted};
use crate::config::Config;
use crate::failure::CommandError;
use crate::password;

/// Accounts read at a time.
const PAGE: usize = 500;

/// What can be done about accounts.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make an account that can be used at once. Prints its password once, unless you give one.
    Create {
        /// The name people type: letters, digits and underscores.
        handle: String,
        /// Its e-mail address.
        #[arg(long)]
        email: Option<String>,
        /// Read the password from the standard input, up to the end of the line.
        #[arg(long)]
        password_stdin: bool,
        #[command(flatten)]
        form: FormArgument,
    },
    /// Make an invitation to sign up with.
    Invite {
        /// How many people may use it.
        #[arg(long, default_value_t = 1)]
        uses: u32,
        /// For how many days it is good.
        #[arg(long, default_value_t = 7)]
        days: u64,
        #[command(flatten)]
        form: FormArgument,
    },
    /// Let somebody in who signed up and waits.
    Approve {
        /// Their handle.
        handle: String,
    },
    /// Turn down somebody who signed up and waits. Their handle is free again.
    Reject {
        /// Their handle.
        handle: String,
    },
    /// List accounts, the newest first.
    List {
        /// Only those who wait, the oldest first, with what they wrote.
        #[arg(long)]
        waiting: bool,
        #[command(flatten)]
        form: FormArgument,
    },
}

/// Does it, on the data directory.
pub fn run(config: &Config, command: Command) -> Result<Outcome, CommandError> {
    if matches!(command, Command::List { .. } | Command::Approve { .. } | Command::Reject { .. }) {
        boot::check_founded(&config.server.data)?;
    }
    block_on(async {
        let origin = OriginWanted::for_command(config);
        let house = boot::open(config, &config.server.data, origin, Arc::new(SystemClock)).await.map_err(explain)?;
        let cx = &house.cx;
        match command {
            Command::Create { handle, email, password_stdin, form } => {
                let password = if password_stdin { Some(read_password()?) } else { None };
                create(cx, &handle, email.as_deref(), password, form.form()).await
            }
            Command::Invite { uses, days, form } => invite(cx, uses, days, form.form()).await,
            Command::Approve { handle } => {
                account::approve(cx, &Authority::operator(), find_waiting(cx, &handle).await?).await?;
                println!("@{handle} is in.");
                Ok(())
            }
            Command::Reject { handle } => {
                account::reject(cx, &Authority::operator(), find_waiting(cx, &handle).await?).await?;
                println!("@{handle} was turned down.");
                Ok(())
            }
            Command::List { waiting: true, form } => {
                print_all(account::list_waiting(cx).await?, form.form());
                Ok(())
            }
            Command::List { waiting: false, form } => list(cx, form.form()).await,
        }?;
        cx.rest().await?;
        Ok(Outcome::Well)
    })
}

/// While a server runs it has the data directory to itself.
fn explain(error: CommandError) -> CommandError {
    match error {
        CommandError::Open(OpenError::InUse { directory, by }) => CommandError::said(format!(
            "a server is running on {} ({by}). Stop it first, or let people use its sign-up page",
            directory.display()
        )),
        other => other,
    }
}

/// One line of the standard input.
fn read_password() -> Result<String, CommandError> {
    let input = std::io::stdin();
    if input.is_terminal() {
        eprintln!("The password, and return (it will be seen):");
    }
    let mut line = String::new();
    input.lock().read_line(&mut line).map_err(CommandError::io("the password cannot be read"))?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

#[derive(Debug, Serialize)]
struct Created<'a> {
    id: String,
    handle: &'a str,
    /// The generated password; absent when one was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    password: Option<&'a str>,
    sign_in: String,
}

async fn create(
    cx: &Context,
    handle: &str,
    email: Option<&str>,
    given: Option<String>,
    form: Form,
) -> Result<(), CommandError> {
    let generated = given.is_none().then(|| password::generate(cx));
    let password = given.as_deref().or(generated.as_deref()).unwrap_or_default();
    let new = NewAccount { handle, email, password, locale: "" };
    let id = account::create(cx, &Authority::operator(), &new).await?;
    let sign_in = cx.settings().url("/sign-in");
    match (form, &generated) {
        (Form::Json, _) => {
            print_json(&Created { id: id.to_string(), handle, password: generated.as_deref(), sign_in });
        }
        (Form::Text, Some(password)) => {
            println!("@{handle} can sign in with this password. It is shown only now:\n\n  {password}\n");
        }
        (Form::Text, None) => println!("@{handle} can sign in."),
    }
    Ok(())
}

#[derive(Debug, Serialize)]
struct Invited {
    code: String,
    link: String,
    uses: u32,
    /// Milliseconds since 1970.
    until: u64,
}

async fn invite(cx: &Context, uses: u32, days: u64, form: Form) -> Result<(), CommandError> {
    let new = NewInvitation { uses, life_ms: days.saturating_mul(Millis::DAY) };
    let made = invitation::create(cx, Inviter::Operator, new).await?;
    let link = cx.settings().url(&format!("/sign-up?invitation={}", made.code));
    match form {
        Form::Json => print_json(&Invited { code: made.code, link, uses, until: made.until.0 }),
        Form::Text => println!("Good for {uses} sign-up(s) within {days} day(s):\n\n  {link}\n"),
    }
    Ok(())
}

async fn find_waiting(cx: &Context, handle: &str) -> Result<AccountId, CommandError> {
    let nobody =
        || CommandError::said(format!("nobody called @{handle} waits. See `kittiwake account list --waiting`"));
    let handle = Handle::parse(handle.trim_start_matches('@')).map_err(|_| nobody())?;
    let account = account::find_by_handle(cx, &handle).await?;
    let waiting = account.filter(|account| matches!(account.owner_state, OwnerState::Pending(_)));
    waiting.map(|account| account.id).ok_or_else(nobody)
}

async fn list(cx: &Context, form: Form) -> Result<(), CommandError> {
    let mut all = Vec::new();
    let mut window = Window::newest(PAGE);
    loop {
        let page = account::list(cx, &window).await?;
        let is_last = page.len() < PAGE;
        window.below = page.last().map(|listed| listed.account.id);
        all.extend(page);
        if is_last {
            print_all(all, form);
            return Ok(());
        }
    }
}

#[derive(Debug, Serialize)]
struct Shown {
    id: String,
    handle: String,
    display_name: String,
    email: Option<String>,
    state: &'static str,
    /// Milliseconds since 1970.
    created_at: u64,
    #[serde(skip_serializing_if = "String::is_empty")]
    reason: String,
}

impl Shown {
    fn of(listed: Listed) -> Self {
        let Listed { account, email, reason } = listed;
        let state = match account.owner_state {
            OwnerState::Pending(awaits) if awaits.approval => "waits for approval",
            OwnerState::Pending(_) => "waits for confirmation",
            OwnerState::Present => "present",
            OwnerState::Deactivated(_) => "deactivated by its owner",
            OwnerState::Deleted(_) => "deleted by its owner",
        };
        Self {
            id: account.id.to_string(),
            handle: account.handle,
            display_name: account.profile.display_name,
            email,
            state,
            created_at: account.created_at.0,
            reason,
        }
    }
}

fn print_all(listed: Vec<Listed>, form: Form) {
    let shown: Vec<Shown> = listed.into_iter().map(Shown::of).collect();
    match form {
        Form::Json => print_json(&shown),
        Form::Text if shown.is_empty() => println!("Nobody."),
        Form::Text => {
            let width = shown.iter().map(|it| it.handle.chars().count()).max().unwrap_or(0);
            for it in &shown {
                let name = [it.display_name.as_str(), it.email.as_deref().unwrap_or(""), it.reason.as_str()];
                let words: Vec<_> = name.into_iter().filter(|word| !word.is_empty()).collect();
                println!("@{:width$}  {}  {}", it.handle, it.state, words.join(" · "));
            }
        }
    }
}
