//! Multipart bodies: the only ones with files.

use axum::extract::Multipart;
use axum::extract::multipart::MultipartError;

use super::refuse;
use super::value::{File, Tree, Value};
use crate::error::Problem;

/// Reads all parts. A part with a file's name is a file; an empty one of them was not said (browsers send it when nothing
/// was chosen).
pub async fn read(mut parts: Multipart) -> Result<Tree, Problem> {
    let mut tree = Tree::default();
    while let Some(part) = parts.next_field().await.map_err(|error| broken(&error))? {
        let Some(name) = part.name().map(str::to_owned) else { continue };
        let is_file = part.file_name().is_some();
        let content_type = part.content_type().unwrap_or_default().to_owned();
        let bytes = part.bytes().await.map_err(|error| broken(&error))?;
        if is_file {
            if !bytes.is_empty() {
                tree.insert(&name, Value::File(File { content_type, bytes: bytes.to_vec() }))?;
            }
            continue;
        }
        let text = String::from_utf8(bytes.to_vec());
        let text = text.map_err(|_| Problem::unreadable("The parameters of this request are not valid UTF-8."))?;
        tree.insert(&name, Value::plain(text))?;
    }
    Ok(tree)
}

fn broken(error: &MultipartError) -> Problem {
    refuse(error.status(), &error.body_text())
}
