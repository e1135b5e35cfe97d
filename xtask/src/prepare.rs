//! What the tests need and a fresh machine lacks: a browser, a solver, Python and Node with their libraries, Go, Rust's
//! own checkers.
//!
//! Programs come from the machine's package manager, and only when we are root on a machine with apt; otherwise the
//! command to type is the answer. Libraries go into `target/test-tools`, in the versions that the repository pins.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::{Failure, Outcome, While};
use crate::place::{Places, cargo};
use crate::run::quietly;

/// A program that tests need.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// `cargo fmt` and `cargo clippy`.
    Checkers,
    /// Python with the real clients.
    Clients,
    /// Chromium, Node and the browser libraries.
    Browser,
    /// Debian's Go with its library of transparency logs.
    Go,
    /// Valgrind, which counts instructions.
    Counter,
    /// cvc5, which proves what the policy's floor implies.
    Solver,
    /// Redis with its client, beside which fan-out is measured.
    Redis,
}

/// Makes sure of everything in `needs`, installing what is missing.
pub fn ensure(places: &Places, needs: &[Need]) -> Outcome {
    if needs.contains(&Need::Checkers) {
        ensure_checkers()?;
    }
    ensure_packages(&missing_packages(needs))?;
    if needs.contains(&Need::Clients) {
        ensure_python(places)?;
    }
    if needs.contains(&Need::Browser) {
        ensure_node(places)?;
    }
    Ok(())
}

/// The browser: `$CHROMIUM`, or the first one in the usual places.
pub fn chromium() -> Option<PathBuf> {
    if let Some(chosen) = std::env::var_os("CHROMIUM") {
        return Some(PathBuf::from(chosen));
    }
    ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"].into_iter().find_map(in_path)
}

/// Where Debian keeps the libraries of Go.
pub const GO_LIBRARIES: &str = "/usr/share/gocode";

/// Debian's Go, which finds Debian's libraries: not any newer one that may stand before it on the path.
pub fn go() -> Option<PathBuf> {
    Some(PathBuf::from("/usr/lib/go/bin/go")).filter(|go| go.is_file())
}

fn in_path(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(program)).find(|file| file.is_file())
}

fn works(program: &str, arguments: &[&str]) -> bool {
    Command::new(program).args(arguments).output().is_ok_and(|output| output.status.success())
}

fn ensure_checkers() -> Outcome {
    for (component, command) in [("rustfmt", "fmt"), ("clippy", "clippy")] {
        if !cargo().args([command, "--version"]).output().is_ok_and(|output| output.status.success()) {
            println!("installing {component}");
            quietly("rustup", Command::new("rustup").args(["component", "add", component]))?;
        }
    }
    Ok(())
}

/// Debian's names of what is missing.
fn missing_packages(needs: &[Need]) -> Vec<&'static str> {
    let mut missing = Vec::new();
    if needs.contains(&Need::Clients) && !works("python3", &["-c", "import venv, ensurepip"]) {
        missing.extend(["python3", "python3-venv"]);
    }
    if needs.contains(&Need::Solver) && !works("cvc5", &["--version"]) {
        missing.push("cvc5");
    }
    if needs.contains(&Need::Counter) && !works("valgrind", &["--version"]) {
        missing.push("valgrind");
    }
    if needs.contains(&Need::Redis) && !(works("redis-server", &["--version"]) && works("redis-cli", &["--version"])) {
        missing.push("redis-server");
    }
    if needs.contains(&Need::Browser) {
        if chromium().is_none() {
            missing.push("chromium");
        }
        if !works("node", &["--version"]) {
            missing.push("nodejs");
        }
        if !works("npm", &["--version"]) {
            missing.push("npm");
        }
        if !Path::new("/usr/share/fonts").join("opentype/inter").is_dir() && !has_fonts() {
            missing.push("fonts-inter");
        }
    }
    if needs.contains(&Need::Go) {
        if go().is_none() {
            missing.push("golang-go");
        }
        if !Path::new(GO_LIBRARIES).join("src/golang.org/x/mod/sumdb/tlog").is_dir() {
            missing.push("golang-golang-x-mod-dev");
        }
    }
    missing
}

fn has_fonts() -> bool {
    ["truetype/dejavu", "truetype/inter", "truetype/noto", "truetype/liberation"]
        .into_iter()
        .any(|folder| Path::new("/usr/share/fonts").join(folder).is_dir())
}

fn ensure_packages(packages: &[&str]) -> Outcome {
    if packages.is_empty() {
        return Ok(());
    }
    let list = packages.join(" ");
    let is_root = quietly("id", Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
    if !is_root || in_path("apt-get").is_none() {
        let words = format!(
            "programs that are needed are not installed. On Debian or Ubuntu:\n\n    sudo apt-get install --no-install-recommends {list}\n\nA browser elsewhere is named by CHROMIUM=/path/to/chromium."
        );
        return Err(Failure::new(words));
    }
    println!("installing {list}");
    let apt = |arguments: &[&str]| {
        let mut command = Command::new("apt-get");
        // At run level 1, no server that comes in a package is started by its installation.
        command.args(arguments).env("DEBIAN_FRONTEND", "noninteractive").env("RUNLEVEL", "1");
        quietly("apt-get", &mut command)
    };
    apt(&["update", "-q"])?;
    let mut install = vec!["install", "-q", "-y", "--no-install-recommends"];
    install.extend(packages);
    apt(&install)?;
    Ok(())
}

fn ensure_python(places: &Places) -> Outcome {
    let wanted = places.client_tests().join("requirements.txt");
    let folder = places.tools.join("venv");
    installed_once(&folder, std::slice::from_ref(&wanted), || {
        println!("installing the real clients (toot, Mastodon.py)");
        quietly("python3 -m venv", Command::new("python3").args(["-m", "venv"]).arg(&folder))?;
        let mut pip = Command::new(places.python());
        pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"]).arg(&wanted);
        quietly("pip install", &mut pip).map(drop)
    })
}

fn ensure_node(places: &Places) -> Outcome {
    let folder = places.browser_tools();
    let wanted = ["package.json", "package-lock.json"].map(|name| places.browser_tests().join(name));
    installed_once(&folder, &wanted, || {
        println!("installing the browser libraries (playwright-core, axe-core)");
        std::fs::create_dir_all(&folder).doing("making the folder of browser libraries")?;
        for file in &wanted {
            let name = file.file_name().unwrap_or_default();
            std::fs::copy(file, folder.join(name)).doing(format_args!("copying {}", file.display()))?;
        }
        let mut npm = Command::new("npm");
        npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]).current_dir(&folder);
        quietly("npm ci", &mut npm).map(drop)
    })
}

/// Runs `install` into a new `folder`, unless it already ran to its end for the same `wanted` files.
fn installed_once(folder: &Path, wanted: &[PathBuf], install: impl FnOnce() -> Outcome) -> Outcome {
    let mut words = String::new();
    for file in wanted {
        words += &std::fs::read_to_string(file).doing(format_args!("reading {}", file.display()))?;
    }
    let mark = folder.join("installed");
    if std::fs::read_to_string(&mark).is_ok_and(|found| found == words) {
        return Ok(());
    }
    if folder.exists() {
        std::fs::remove_dir_all(folder).doing(format_args!("removing {}", folder.display()))?;
    }
    install()?;
    std::fs::write(&mark, words).doing("noting what was installed")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_installation_is_repeated_only_when_what_is_wanted_changed_or_it_failed() {
        let home = std::env::temp_dir().join(format!("kittiwake-xtask-installed-{}", std::process::id()));
        let (folder, wanted) = (home.join("tools"), home.join("wanted"));
        let mut runs = 0;
        let mut install = |result: Outcome| {
            installed_once(&folder, std::slice::from_ref(&wanted), || {
                runs += 1;
                std::fs::create_dir_all(&folder).doing("making a folder")?;
                result
            })
        };
        std::fs::create_dir_all(&home).expect("a folder can be made");
        std::fs::write(&wanted, "one").expect("a file can be written");
        assert!(install(Err(Failure::new("no network"))).is_err());
        install(Ok(())).expect("installs after the failure");
        install(Ok(())).expect("has nothing to do");
        std::fs::write(&wanted, "two").expect("a file can be written");
        install(Ok(())).expect("installs what changed");
        std::fs::remove_dir_all(&home).expect("the folder can be removed");
        assert_eq!(runs, 3);
    }
}
