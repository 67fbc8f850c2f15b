//! Words that the native API shares: pages, links, times.
