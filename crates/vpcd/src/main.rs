//! `vpcd`: your own virtual-network cloud in one binary.

use std::process::ExitCode;

use clap::Parser;
use vpcd::cli::{self, Commands, Program};
use vpcd::serve;

fn main() -> ExitCode {
    let program = Program::parse();
    match program.command {
        Commands::Serve(args) => serve::run(*args),
        Commands::Operator(command) => cli::run(command, &program.options),
    }
}
