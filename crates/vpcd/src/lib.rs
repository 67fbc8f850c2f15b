//! The binary's parts: configuration, listeners, wiring, the operator's API and commands.

pub mod admin;
pub mod bootstrap;
pub mod cli;
pub mod cloud;
pub mod front;
pub mod http;
pub mod issue;
pub mod logging;
pub mod metrics;
pub mod serve;
pub mod vault;
