//! Sets of port numbers as rules write them: `22,80-90`.

use std::fmt;
use std::ops::RangeInclusive;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Most ranges of one set.
pub const MOST: usize = 20;

/// Ranges of ports 1..=65535 in the order in which they were written; none at all means every port.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Ports(Vec<(u16, u16)>);

/// A text is no set of ports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PortsError;

impl fmt::Display for PortsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a list of ports and ranges")
    }
}

impl std::error::Error for PortsError {}

impl Ports {
    /// The ports from the first to the last, both included; `None` when they are out of order or 0.
    pub fn range(first: u16, last: u16) -> Option<Ports> {
        (1..=last)
            .contains(&first)
            .then(|| Ports(vec![(first, last)]))
    }

    /// Whether it stands for every port.
    pub fn is_all(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a port is in it.
    pub fn has(&self, port: u16) -> bool {
        self.is_all() || self.ranges().any(|range| range.contains(&port))
    }

    /// Its ranges; none when it stands for every port.
    pub fn ranges(&self) -> impl Iterator<Item = RangeInclusive<u16>> {
        self.0.iter().map(|(first, last)| *first..=*last)
    }

    /// Its first and last port, when it is a single range.
    pub fn only(&self) -> Option<(u16, u16)> {
        match self.0.as_slice() {
            [only] => Some(*only),
            _ => None,
        }
    }

    /// The same ports in ascending ranges that do not touch: equal sets have equal ones.
    #[must_use]
    pub fn normal(&self) -> Ports {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        let mut merged: Vec<(u16, u16)> = Vec::with_capacity(sorted.len());
        for (first, last) in sorted {
            match merged.last_mut() {
                Some(before) if first <= before.1.saturating_add(1) => {
                    before.1 = before.1.max(last)
                }
                _ => merged.push((first, last)),
            }
        }
        Ports(merged)
    }
}

impl fmt::Display for Ports {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, (first, last)) in self.0.iter().enumerate() {
            let comma = if at == 0 { "" } else { "," };
            match first == last {
                true => write!(f, "{comma}{first}")?,
                false => write!(f, "{comma}{first}-{last}")?,
            }
        }
        Ok(())
    }
}

impl FromStr for Ports {
    type Err = PortsError;

    fn from_str(text: &str) -> Result<Ports, PortsError> {
        if text.is_empty() {
            return Ok(Ports::default());
        }
        let number = |text: &str| match text.bytes().all(|b| b.is_ascii_digit()) {
            true => text.parse::<u16>().map_err(|_| PortsError),
            false => Err(PortsError),
        };
        let mut ranges = Vec::new();
        for part in text.split(',').map(str::trim) {
            let (first, last) = part.split_once('-').unwrap_or((part, part));
            let (first, last) = (number(first.trim())?, number(last.trim())?);
            if first == 0 || first > last || ranges.len() == MOST {
                return Err(PortsError);
            }
            ranges.push((first, last));
        }
        Ok(Ports(ranges))
    }
}

impl TryFrom<String> for Ports {
    type Error = PortsError;

    fn try_from(text: String) -> Result<Ports, PortsError> {
        text.parse()
    }
}

impl From<Ports> for String {
    fn from(ports: Ports) -> String {
        ports.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_become_ranges_and_back() {
        for (text, shown) in [
            ("22", "22"),
            ("22, 3389,80", "22,3389,80"),
            ("1-65535", "1-65535"),
            ("80-80", "80"),
            ("", ""),
        ] {
            assert_eq!(text.parse::<Ports>().unwrap().to_string(), shown);
        }
        let many = vec!["1"; MOST + 1].join(",");
        for text in ["0", "65536", "9-8", "a", "1,", "+1", "1--2", many.as_str()] {
            assert_eq!(text.parse::<Ports>(), Err(PortsError), "{text}");
        }
    }

    #[test]
    fn equal_sets_are_equal_when_normal() {
        let normal = |text: &str| text.parse::<Ports>().unwrap().normal().to_string();
        assert_eq!(normal("81-90,22,80,85"), "22,80-90");
        assert_eq!(normal("22,80-90"), "22,80-90");
        assert_eq!(normal("1-65535,5"), "1-65535");
    }

    #[test]
    fn no_range_is_every_port() {
        let ports: Ports = "22,80-90".parse().unwrap();
        assert!(ports.has(22) && ports.has(85) && !ports.has(23));
        assert!(Ports::default().has(1) && Ports::default().is_all());
        assert_eq!(Ports::range(80, 90).unwrap().only(), Some((80, 90)));
        assert!(ports.only().is_none() && Ports::range(2, 1).is_none());
    }
}
