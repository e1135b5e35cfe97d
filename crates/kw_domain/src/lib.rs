//! kw_domain
