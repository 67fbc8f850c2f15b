//! Jobs: what a batch or prepaid operation did, to be asked for later.
