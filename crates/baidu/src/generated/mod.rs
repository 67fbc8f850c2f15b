//! Tables from `contracts/baidu`, written by `cargo xtask codegen`.

pub mod errors;
pub mod limits;
pub mod operations;
