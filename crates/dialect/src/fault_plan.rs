//! The fault plan: the next n calls of an operation answer a row of the catalogue.

use std::collections::VecDeque;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde::{Deserialize, Serialize};

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

    fn lock(&self) -> std::sync::MutexGuard<'_, VecDeque<Planned>> {
        self.planned
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}
