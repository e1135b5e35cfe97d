//! Pages as a browser sees them: the whole router over the model store, cookies, forms with their tokens.

mod absent;
mod read;
mod safe;
mod sign;
mod world;
mod write;
