//! `vpcd`: your own virtual-network cloud in one binary.

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use vpcd::{cli, serve};

/// Your own virtual-network cloud: Huawei Cloud / Open Telekom Cloud and Baidu AI Cloud APIs in one binary
#[derive(Parser)]
#[command(version, about, disable_help_subcommand = true)]
struct Arguments {
    #[command(flatten)]
    options: cli::Options,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run the server
    Serve(Box<serve::ServeArgs>),
    #[command(flatten)]
    Operator(cli::Command),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match arguments.command {
        Command::Serve(args) => serve::run(*args),
        Command::Operator(command) => cli::run(command, &arguments.options),
    }
}
