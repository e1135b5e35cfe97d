//! Writes the sample of every page, in every language, into a folder: `FOLDER/en/profile.html` and so on, and what they
//! need into `FOLDER/assets`. Any web server on that folder shows them.
//!
//! `cargo xtask test browser` and `cargo xtask screenshots` look at them in a browser.

use std::path::PathBuf;
use std::{env, fs, io};

use kw_html::{Locale, assets, samples};

fn main() -> io::Result<()> {
    let folder = PathBuf::from(env::args_os().nth(1).ok_or_else(|| io::Error::other("which folder?"))?);
    fs::create_dir_all(folder.join("assets"))?;
    for asset in assets::assets() {
        fs::write(folder.join(asset.path.trim_start_matches('/')), &asset.bytes)?;
    }
    for locale in Locale::ALL {
        let own = folder.join(locale.tag());
        fs::create_dir_all(&own)?;
        for page in samples::all(locale) {
            fs::write(own.join(format!("{}.html", page.name)), page.html)?;
        }
    }
    Ok(())
}
