//! The pages, as browsers without scripts use them.
