//! Whether a recorded history is one that a single caller could have seen: Wing and Gong's search with the memory of
//! states already tried (Lowe, "Testing for linearizability", 2017).

use std::collections::HashSet;
use std::hash::Hash;

/// One call of a history: when it began and ended, and what it was with its answer.
#[derive(Clone, Debug)]
pub struct Call<O> {
    /// When it was sent, in any unit.
    pub begin: u64,
    /// When its answer was read.
    pub end: u64,
    /// What was asked and answered.
    pub op: O,
}

/// One end of a call in the list of events.
struct Event {
    call: usize,
    /// Place of the call's end, when this is its begin.
    end: Option<usize>,
    before: usize,
    after: usize,
}

/// Whether some order of the calls, in which none comes before one that had ended when it began, explains every
/// answer. `step` gives the state after a call, or nothing when its answer is impossible in that state.
pub fn explains<O, S: Clone + Eq + Hash>(
    calls: &[Call<O>],
    state: S,
    step: impl Fn(&S, &O) -> Option<S>,
) -> bool {
    let mut list = events(calls);
    let mut state = state;
    let mut done = vec![0_u64; calls.len().div_ceil(64)];
    let mut tried: HashSet<(Vec<u64>, S)> = HashSet::new();
    let mut path: Vec<(usize, S, bool)> = Vec::new();
    let mut at = list[0].after;
    while list[0].after != list.len() - 1 {
        let Some(end) = list[at].end else {
            // A call ended that could not be placed: take back the last choice, and what followed from it.
            loop {
                let Some((last, old, chosen)) = path.pop() else {
                    return false;
                };
                state = old;
                done[list[last].call / 64] &= !(1 << (list[last].call % 64));
                restore(&mut list, last);
                at = list[last].after;
                if chosen {
                    break;
                }
            }
            continue;
        };
        let call = list[at].call;
        let mut with = done.clone();
        with[call / 64] |= 1 << (call % 64);
        match step(&state, &calls[call].op) {
            // What changes nothing and is possible now is best placed now: no other order has to be tried.
            Some(next) if next == state || tried.insert((with.clone(), next.clone())) => {
                let chosen = next != state;
                path.push((at, std::mem::replace(&mut state, next), chosen));
                done = with;
                remove(&mut list, at, end);
                at = list[0].after;
            }
            _ => at = list[at].after,
        }
    }
    true
}

/// Begins and ends in the order of time, linked both ways between a head and a tail that stand for no call.
fn events<O>(calls: &[Call<O>]) -> Vec<Event> {
    let mut order: Vec<(u64, bool, usize)> = Vec::new();
    for (n, call) in calls.iter().enumerate() {
        // At one instant begins come first: such calls overlap.
        order.extend([(call.begin, false, n), (call.end, true, n)]);
    }
    order.sort_unstable();
    let mut ends = vec![None; calls.len()];
    for (at, (_, is_end, call)) in order.iter().enumerate() {
        if *is_end {
            ends[*call] = Some(at);
        }
    }
    let link = |call: usize, end, n: usize| Event {
        call,
        end,
        before: n.saturating_sub(1),
        after: n + 1,
    };
    let inner = order.iter().enumerate().map(|(n, (_, is_end, call))| {
        let end = ends[*call].filter(|_| !is_end).map(|at| at + 1);
        link(*call, end, n + 1)
    });
    let mut list = vec![link(0, None, 0)];
    list.extend(inner);
    list.push(link(0, None, order.len() + 1));
    list
}

fn remove(list: &mut [Event], begin: usize, end: usize) {
    for at in [begin, end] {
        let (before, after) = (list[at].before, list[at].after);
        list[before].after = after;
        list[after].before = before;
    }
}

fn restore(list: &mut [Event], begin: usize) {
    for at in [list[begin].end.unwrap_or(begin), begin] {
        let (before, after) = (list[at].before, list[at].after);
        list[before].after = at;
        list[after].before = at;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A register: `Ok` writes, `Err` reads.
    fn register(state: &u8, op: &Result<u8, u8>) -> Option<u8> {
        match op {
            Ok(written) => Some(*written),
            Err(read) => (read == state).then_some(*state),
        }
    }

    fn call(begin: u64, end: u64, op: Result<u8, u8>) -> Call<Result<u8, u8>> {
        Call { begin, end, op }
    }

    #[test]
    fn overlapping_calls_may_take_effect_in_either_order() {
        let history = [call(0, 9, Ok(1)), call(1, 8, Ok(2)), call(10, 11, Err(1))];
        assert!(explains(&history, 0, register));
        let history = [call(0, 9, Ok(1)), call(1, 8, Err(0)), call(10, 11, Err(1))];
        assert!(explains(&history, 0, register));
    }

    #[test]
    fn what_had_ended_cannot_come_later() {
        let history = [call(0, 1, Ok(1)), call(2, 3, Ok(2)), call(4, 5, Err(1))];
        assert!(!explains(&history, 0, register));
        let history = [call(0, 1, Ok(1)), call(2, 3, Err(0))];
        assert!(!explains(&history, 0, register));
    }
}
