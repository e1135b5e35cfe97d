//! The rules, tried: case by case, exhaustively for one action, at random for many, and with real signatures.

mod attacks;
mod attempts;
mod explore;
mod house;
mod lone;
mod long_runs;
mod quorum;
mod rename;
mod signed;
mod world;
