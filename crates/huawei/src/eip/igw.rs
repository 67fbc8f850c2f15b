//! Internet gateways for global public addresses, v3.
