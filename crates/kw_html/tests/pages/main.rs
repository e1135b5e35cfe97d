//! Every page in every form and language: is it sound, can everybody use it, does it say everything in words?

mod markup;
mod words;
