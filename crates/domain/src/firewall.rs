//! Firewalls (network ACLs): ordered rules that judge the packets of whole subnets.
