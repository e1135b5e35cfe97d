//! The log: to the standard error, as much as the operator asked for. Never a secret, never what somebody wrote.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;

use crate::config::LogFormat;
use crate::config::concern::Server;
use crate::failure::CommandError;

/// Starts the log.
pub fn start(settings: &Server) -> Result<(), CommandError> {
    let filter = EnvFilter::try_new(&settings.log)
        .map_err(|error| CommandError::said(format!("`log` is not a filter that can be used: {error}")))?;
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal());
    let started = match settings.log_format {
        LogFormat::Text => log.try_init(),
        LogFormat::Json => log.json().try_init(),
    };
    started.map_err(|error| CommandError::said(format!("the log cannot be started: {error}")))
}
