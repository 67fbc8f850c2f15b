//! `vpcd completion SHELL`: the script that a shell completes the commands with.

use clap::CommandFactory;
use clap_complete::Shell;

use super::Program;

/// Which shell.
#[derive(Debug, clap::Args)]
pub struct Completion {
    /// The shell
    shell: Shell,
}

impl Completion {
    /// The script.
    pub(super) fn script(&self) -> String {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Program::command(), "vpcd", &mut script);
        String::from_utf8_lossy(&script).into_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::{Parser, ValueEnum};

    #[test]
    fn the_commands_are_sound_and_every_shell_has_a_script() {
        Program::command().debug_assert();
        for shell in Shell::value_variants() {
            let script = Completion { shell: *shell }.script();
            for word in ["serve", "snapshots", "completion", "border-group"] {
                assert!(script.contains(word), "{shell}: {word}");
            }
        }
    }

    /// `serve` has an `--admin` of its own, for an address to listen at.
    #[test]
    fn the_two_meanings_of_admin_do_not_meet() {
        for line in [
            "vpcd --admin http://a --json accounts",
            "vpcd accounts --admin http://a list --json",
            "vpcd accounts create x --token t",
            "vpcd serve --ephemeral --admin 127.0.0.1:0",
            "vpcd clock step -60",
            "vpcd errors VPN.0001 --json",
        ] {
            assert!(Program::try_parse_from(line.split(' ')).is_ok(), "{line}");
        }
        assert!(Program::try_parse_from(["vpcd", "serve", "--admin", "http://a"]).is_err());
    }
}
