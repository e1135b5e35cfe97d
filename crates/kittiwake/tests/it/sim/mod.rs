//! The simulation: several nodes over one faulty store, from one seed.
