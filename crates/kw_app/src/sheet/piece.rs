//! What an edge made of a sheet, ready to be sent again.

use std::sync::{Arc, Mutex};

/// Text that was made once, with what it was made from beside it: asked for with anything else, it is made anew.
#[derive(Debug)]
pub struct Piece<F>(Mutex<Option<Made<F>>>);

#[derive(Debug)]
struct Made<F> {
    from: F,
    text: Arc<str>,
}

impl<F> Default for Piece<F> {
    fn default() -> Self {
        Self(Mutex::new(None))
    }
}

impl<F> Piece<F> {
    /// The text that was made from the same, or what `make` makes now. `is_same` tells whether what it was made from is
    /// what it would be made from now.
    pub(crate) fn find_or_make(
        &self,
        is_same: impl FnOnce(&F) -> bool,
        make: impl FnOnce() -> (F, String),
    ) -> Arc<str> {
        let mut made = self.0.lock().expect("no holder of this lock panics");
        if let Some(made) = made.as_ref().filter(|made| is_same(&made.from)) {
            return made.text.clone();
        }
        let (from, text) = make();
        let text: Arc<str> = text.into();
        *made = Some(Made { from, text: text.clone() });
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_piece_is_made_once_and_again_from_something_else() {
        let piece = Piece::default();
        let of = |from: u8| piece.find_or_make(|made| *made == from, || (from, format!("{from}")));
        let first = of(1);
        assert!(Arc::ptr_eq(&first, &of(1)), "it was not made again");
        assert_eq!((&*of(2), &*of(1)), ("2", "1"));
    }
}
