//! The fault plan: the next n calls of an operation answer a row of the catalogue.

use std::collections::VecDeque;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde::{Deserialize, Serialize};

use crate::contract::Row;
use crate::refusal::Refusal;

/// One planned fault.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Planned {
    /// Operation such as `huawei.create_vpc`.
    pub operation: String,
    /// Row id such as `huawei/vpc/create_vpc/VPC.0101`.
    pub row: String,
    /// How many calls are left.
    pub count: u32,
}

/// Faults that the operator planned for the next calls.
#[derive(Default)]
pub struct FaultPlan {
    planned: Mutex<VecDeque<Planned>>,
    left: AtomicUsize,
}

impl FaultPlan {
    /// Adds a fault behind those already planned.
    pub fn add(&self, planned: Planned) {
        let mut list = self.lock();
        list.push_back(planned);
        self.left.store(list.len(), Ordering::Relaxed);
    }

    /// What is planned.
    pub fn list(&self) -> Vec<Planned> {
        self.lock().iter().cloned().collect()
    }

    /// Forgets everything.
    pub fn clear(&self) {
        self.lock().clear();
        self.left.store(0, Ordering::Relaxed);
    }

    /// The row that this call shall answer, and one call less is left of it.
    pub fn take(&self, operation: &str) -> Option<String> {
        if self.left.load(Ordering::Relaxed) == 0 {
            return None;
        }
        let mut list = self.lock();
        let at = list
            .iter()
            .position(|planned| planned.operation == operation)?;
        let row = list[at].row.clone();
        list[at].count = list[at].count.saturating_sub(1);
        if list[at].count == 0 {
            list.remove(at);
        }
        self.left.store(list.len(), Ordering::Relaxed);
        Some(row)
    }

    /// The refusal that this call shall answer: its planned row, when the catalogue has it.
    pub fn refusal(&self, operation: &str, catalogue: &'static [Row]) -> Option<Refusal> {
        let id = self.take(operation)?;
        let row = catalogue.iter().find(|row| row.id == id)?;
        Some(Refusal::new(row).because("the fault plan of the operator"))
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, VecDeque<Planned>> {
        self.planned
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static CATALOGUE: [Row; 1] = [Row {
        id: "t/1",
        service: "t",
        group: "t",
        status: &[400],
        code: "T.1",
        template: "no",
        message: "no",
        when: "",
        fix: "",
        extra: true,
    }];

    #[test]
    fn a_planned_row_is_answered_as_often_as_planned_and_another_clouds_row_never() {
        let plan = FaultPlan::default();
        for (row, count) in [("t/1", 2), ("other/1", 1)] {
            plan.add(Planned {
                operation: "t.do".to_owned(),
                row: row.to_owned(),
                count,
            });
        }
        let answered = || plan.refusal("t.do", &CATALOGUE).map(|it| it.row.code);
        assert_eq!(plan.refusal("t.other", &CATALOGUE), None);
        assert_eq!([answered(), answered()], [Some("T.1"), Some("T.1")]);
        assert_eq!([answered(), answered()], [None, None]);
        assert!(plan.list().is_empty());
    }
}
