//! Networks without a subnet yet, as the native API creates them.
