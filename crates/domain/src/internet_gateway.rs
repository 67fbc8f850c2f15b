//! Internet gateways of a network, for global public addresses.
