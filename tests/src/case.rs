//! Golden cases: text files of requests and expected answers. The format is described in `tests/golden/README.md`.

use std::path::{Path, PathBuf};

use jiff::SignedDuration;
use serde_json::Value;

use crate::pattern::{self, fill, same_text};
use crate::world::{Actor, Ask, Side, World};

/// One case.
#[derive(Clone, Debug, Default)]
pub struct Case {
    /// Where it stands.
    pub path: PathBuf,
    /// The catalogue row that its last answer proves.
    pub row: Option<String>,
    /// Steps in order.
    pub steps: Vec<Step>,
}

/// One step.
#[derive(Clone, Debug, Default)]
pub struct Step {
    /// First line after `> `.
    pub line: String,
    /// Headers to send, and `as`.
    pub headers: Vec<(String, String)>,
    /// Body to send.
    pub body: String,
    /// Expected status.
    pub status: Option<u16>,
    /// Expected headers.
    pub want_headers: Vec<(String, String)>,
    /// Expected body.
    pub want_body: String,
}

/// Is shown each request of a case before it is sent, and may send others first.
pub type Before<'a> = dyn FnMut(&mut World, Side, Option<&Actor>, &Ask) + 'a;

/// All case files below a folder, in order.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let Ok(entries) = std::fs::read_dir(folder) else {
        return found;
    };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|it| it == "http") {
            found.push(path);
        }
    }
    found.sort();
    found
}

impl Case {
    /// Reads a case.
    pub fn read(path: &Path) -> Result<Case, String> {
        let text = std::fs::read_to_string(path).map_err(|error| error.to_string())?;
        Case::parse(path, &text)
    }

    /// Parses a case.
    pub fn parse(path: &Path, text: &str) -> Result<Case, String> {
        let mut case = Case {
            path: path.to_owned(),
            ..Case::default()
        };
        let mut lines = text
            .lines()
            .filter(|line| !line.starts_with('#'))
            .peekable();
        while let Some(line) = lines.next_if(|line| !line.starts_with('>')) {
            if let Some(row) = line.strip_prefix("row:") {
                case.row = Some(row.trim().to_owned());
            }
        }
        let mut expecting = false;
        for line in lines {
            let header = |rest: &str| {
                let (name, value) = rest.split_once(':')?;
                Some((name.trim().to_owned(), value.trim().to_owned()))
            };
            if let Some(rest) = line.strip_prefix("> ") {
                let fresh = expecting || case.steps.last().is_none_or(|step| !step.body.is_empty());
                let first = fresh || !is_header(rest) || is_command(&case.steps);
                if first {
                    case.steps.push(Step {
                        line: rest.trim().to_owned(),
                        ..Step::default()
                    });
                    expecting = false;
                } else if let (Some(step), Some(header)) = (case.steps.last_mut(), header(rest)) {
                    step.headers.push(header);
                }
            } else if let Some(rest) = line.strip_prefix("< ") {
                let Some(step) = case.steps.last_mut() else {
                    return Err("an answer before any request".into());
                };
                match rest.trim().parse::<u16>() {
                    Ok(status) => step.status = Some(status),
                    Err(_) => step
                        .want_headers
                        .push(header(rest).ok_or("an expected header has no colon")?),
                }
                expecting = true;
            } else if let Some(step) = case.steps.last_mut() {
                let into = if expecting {
                    &mut step.want_body
                } else {
                    &mut step.body
                };
                if !line.trim().is_empty() {
                    into.push_str(line);
                    into.push('\n');
                }
            }
        }
        if case.steps.is_empty() {
            Err("no step".into())
        } else {
            Ok(case)
        }
    }

    /// Plays the case in a world; what went wrong, if anything did.
    pub fn play(&self, world: &mut World, side: Side) -> Result<(), String> {
        self.play_with(world, side, &mut |_, _, _, _| {})
    }

    /// Plays the case and shows each request before it is sent.
    pub fn play_with(
        &self,
        world: &mut World,
        side: Side,
        before: &mut Before<'_>,
    ) -> Result<(), String> {
        let mut hold = false;
        for (at, step) in self.steps.iter().enumerate() {
            match step.line.as_str() {
                "hold" => hold = true,
                "settle" => world.settle(),
                line if line.starts_with("clock ") => {
                    let seconds: i64 = line["clock ".len()..]
                        .trim()
                        .parse()
                        .map_err(|_| "clock needs seconds")?;
                    world
                        .cloud
                        .clock
                        .adjust(None, SignedDuration::from_secs(seconds), None);
                }
                _ => step
                    .play(world, side, before)
                    .map_err(|error| format!("step {} ({}): {error}", at + 1, step.line))?,
            }
            if !hold {
                world.settle();
            }
        }
        Ok(())
    }
}

fn is_header(rest: &str) -> bool {
    let name = rest.split(':').next().unwrap_or_default();
    rest.contains(": ") && !name.contains(' ') && !name.contains('/')
}

fn is_command(steps: &[Step]) -> bool {
    steps.last().is_none_or(|step| {
        matches!(step.line.as_str(), "hold" | "settle") || step.line.starts_with("clock ")
    })
}

impl Step {
    fn play(&self, world: &mut World, side: Side, before: &mut Before<'_>) -> Result<(), String> {
        let line = fill(&self.line, &world.names);
        let (side, line) = match line.strip_prefix("admin ") {
            Some(rest) => (Side::Admin, rest.to_owned()),
            None => (side, line),
        };
        let (method, path) = line
            .split_once(' ')
            .ok_or("a request line is METHOD PATH")?;
        let actor = self.actor(world)?;
        let headers = self.headers.iter().filter(|(name, _)| name != "as");
        let ask = Ask {
            method: method.to_owned(),
            path: path.trim().to_owned(),
            headers: headers
                .map(|(name, value)| (name.clone(), fill(value, &world.names)))
                .collect(),
            body: fill(self.body.trim_end(), &world.names),
        };
        before(world, side, actor.as_ref(), &ask);
        let reply = world.send(side, actor.as_ref(), &ask);
        let shown = reply
            .body
            .as_ref()
            .map(Value::to_string)
            .unwrap_or_default();
        if let Some(status) = self.status
            && status != reply.status
        {
            return Err(format!(
                "status {} instead of {status}: {shown}",
                reply.status
            ));
        }
        for (name, want) in &self.want_headers {
            let have = reply
                .headers
                .iter()
                .find(|(known, _)| known.eq_ignore_ascii_case(name));
            let (_, have) = have.ok_or_else(|| format!("no header {name}"))?;
            same_text(want, have, &mut world.names, name)?;
        }
        if self.want_body.trim().is_empty() {
            return Ok(());
        }
        let want: Value = serde_json::from_str(&self.want_body)
            .map_err(|error| format!("expectation: {error}"))?;
        let have = reply.body.unwrap_or(Value::Null);
        pattern::compare(&want, &have, &mut world.names, "$")
            .map_err(|error| format!("{error}\n    in {shown}"))
    }

    fn actor(&self, world: &World) -> Result<Option<Actor>, String> {
        let named = self
            .headers
            .iter()
            .find(|(name, _)| name == "as")
            .map(|(_, value)| value.as_str());
        Ok(match named {
            None | Some("me") => Some(world.me.clone()),
            Some("other") => Some(world.other.clone()),
            Some("readonly") => Some(world.reader.clone()),
            Some("none" | "raw") => None,
            Some(unknown) => return Err(format!("nobody is called {unknown}")),
        })
    }
}
