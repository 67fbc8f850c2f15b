//! Both clouds held against what the contract data says of every field (`contracts/README.md`): requests that are wrong in
//! one field get a row, those at a limit are taken, answers have the fields and types that are told. What requests can be
//! made of, and how lists, pages, flags and tokens go, is each cloud's own.

#[path = "shapes/baidu.rs"]
mod baidu;
#[path = "shapes/huawei.rs"]
mod huawei;
