//! Address groups: named sets of blocks that rules refer to.
