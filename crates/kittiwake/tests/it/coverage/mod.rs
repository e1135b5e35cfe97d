//! What must hold of every route: found by walking the table of routes, not by remembering.

mod routes;
