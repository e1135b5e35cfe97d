//! Pages as a browser sees them: the whole router over the model store, cookies, forms with their tokens.

mod absent;
mod colleague;
mod desk;
mod desk_doors;
mod door;
mod owner;
mod read;
mod rename;
mod roster;
mod safe;
mod sign;
mod staff;
mod step_up;
mod street;
mod surfaces;
mod world;
mod write;
