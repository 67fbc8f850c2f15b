//! Tables from `contracts/huawei`, written by `cargo xtask codegen`.

pub mod errors;
pub mod limits;
pub mod operations;
