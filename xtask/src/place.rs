//! Where things are: the repository, what the tests install for themselves, and what they leave behind.
//!
//! Nothing is ever written outside `target/`, except by the package manager of the machine.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::{Outcome, While};

/// The folders that tasks read and write.
#[derive(Debug, Clone)]
pub struct Places {
    /// The repository.
    pub root: PathBuf,
    /// Cargo's output.
    pub target: PathBuf,
    /// What the tests install for themselves: a Python environment, browser libraries.
    pub tools: PathBuf,
    /// What the tests leave behind: logs and pictures.
    pub output: PathBuf,
}

impl Places {
    /// The places of the repository that this program was built from.
    pub fn find() -> Outcome<Self> {
        let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
        let root = manifest.join("..").canonicalize().doing("finding the repository")?;
        let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
        Ok(Self { tools: target.join("test-tools"), output: target.join("test-output"), root, target })
    }

    /// The scripts that drive real clients.
    pub fn client_tests(&self) -> PathBuf {
        self.root.join("crates/kittiwake/tests/clients")
    }

    /// The scripts that drive a browser.
    pub fn browser_tests(&self) -> PathBuf {
        self.root.join("crates/kittiwake/tests/browser")
    }

    /// The verifier of ledgers that is not ours.
    pub fn ledger_tests(&self) -> PathBuf {
        self.root.join("crates/kittiwake/tests/ledger")
    }

    /// Python with the real clients in it.
    pub fn python(&self) -> PathBuf {
        self.tools.join("venv/bin/python")
    }

    /// The folder whose `node_modules` holds what the browser tests load.
    pub fn browser_tools(&self) -> PathBuf {
        self.tools.join("browser")
    }
}

/// Cargo, the same one that started us.
pub fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}
