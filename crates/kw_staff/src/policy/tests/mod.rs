//! What the policy answers: case by case, by enumeration, and by proof.

mod enumeration;
mod floor_rules;
mod matrix;
mod proof;
mod reading;
mod searching;
mod staff;
mod table;
