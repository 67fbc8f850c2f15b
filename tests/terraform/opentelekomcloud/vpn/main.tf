# Site-to-site VPN: a gateway, the far end, a connection and its monitor.

variable "stage" {
  type = number
}

locals {
  later = var.stage == 2
}

resource "opentelekomcloud_vpc_v1" "net" {
  name = "net"
  cidr = "10.0.0.0/16"
}

resource "opentelekomcloud_vpc_subnet_v1" "a" {
  name       = "a"
  cidr       = "10.0.1.0/24"
  gateway_ip = "10.0.1.1"
  vpc_id     = opentelekomcloud_vpc_v1.net.id
}

resource "opentelekomcloud_enterprise_vpn_gateway_v5" "edge" {
  name               = local.later ? "border" : "edge"
  vpc_id             = opentelekomcloud_vpc_v1.net.id
  local_subnets      = local.later ? ["10.0.1.0/24", "10.0.2.0/24"] : ["10.0.1.0/24"]
  connect_subnet     = opentelekomcloud_vpc_subnet_v1.a.id
  availability_zones = ["vpcd-1a", "vpcd-1b"]

  eip1 {
    bandwidth_name = "first"
    type           = "5_bgp"
    bandwidth_size = 5
    charge_mode    = "bandwidth"
  }

  eip2 {
    bandwidth_name = "second"
    type           = "5_bgp"
    bandwidth_size = 5
    charge_mode    = "bandwidth"
  }

  tags = local.later ? { team = "b", stage = "second" } : { team = "a" }
}

resource "opentelekomcloud_enterprise_vpn_customer_gateway_v5" "branch" {
  name     = local.later ? "office" : "branch"
  id_value = "198.51.100.7"
  tags     = local.later ? { city = "Bonn" } : { city = "Ulm", floor = "2" }
}

resource "opentelekomcloud_enterprise_vpn_customer_gateway_v5" "other" {
  name     = "other"
  id_value = "198.51.100.17"
  asn      = 65020
}

resource "opentelekomcloud_enterprise_vpn_connection_v5" "branch" {
  name                = local.later ? "office" : "branch"
  gateway_id          = opentelekomcloud_enterprise_vpn_gateway_v5.edge.id
  gateway_ip          = opentelekomcloud_enterprise_vpn_gateway_v5.edge.eip1[0].id
  customer_gateway_id = opentelekomcloud_enterprise_vpn_customer_gateway_v5.branch.id
  peer_subnets        = local.later ? ["192.168.0.0/24", "192.168.1.0/24"] : ["192.168.0.0/24"]
  vpn_type            = "static"
  psk                 = local.later ? "Terraform-Key-2" : "Terraform-Key-1"
  enable_nqa          = true
  tags                = local.later ? {} : { tunnel = "first" }

  ikepolicy {
    authentication_algorithm = local.later ? "sha2-512" : "sha2-256"
    encryption_algorithm     = local.later ? "aes-256-gcm-16" : "aes-128"
    ike_version              = "v2"
    lifetime_seconds         = local.later ? 43200 : 86400
    dh_group                 = local.later ? "group20" : "group14"
  }

  ipsecpolicy {
    authentication_algorithm = local.later ? "sha2-512" : "sha2-256"
    encryption_algorithm     = local.later ? "aes-256" : "aes-128"
    pfs                      = local.later ? "disable" : "group14"
    lifetime_seconds         = local.later ? 7200 : 3600
  }
}

resource "opentelekomcloud_enterprise_vpn_connection_v5" "policy" {
  name                = local.later ? "rules" : "policy"
  gateway_id          = opentelekomcloud_enterprise_vpn_gateway_v5.edge.id
  gateway_ip          = opentelekomcloud_enterprise_vpn_gateway_v5.edge.eip2[0].id
  customer_gateway_id = opentelekomcloud_enterprise_vpn_customer_gateway_v5.other.id
  peer_subnets        = ["192.168.8.0/24", "192.168.9.0/24"]
  vpn_type            = "policy"
  psk                 = "Terraform-Key-1"

  policy_rules {
    rule_index  = 1
    source      = "10.0.1.0/24"
    destination = local.later ? ["192.168.8.0/24", "192.168.9.0/24"] : ["192.168.8.0/24"]
  }
}

# A gateway with private addresses and a connection by BGP.
resource "opentelekomcloud_enterprise_vpn_gateway_v5" "inner" {
  name               = local.later ? "inside" : "inner"
  vpc_id             = opentelekomcloud_vpc_v1.net.id
  network_type       = "private"
  local_subnets      = ["10.0.1.0/24"]
  connect_subnet     = opentelekomcloud_vpc_subnet_v1.a.id
  availability_zones = ["vpcd-1a", "vpcd-1b"]
  ha_mode            = "active-standby"
  asn                = 65010
}

resource "opentelekomcloud_enterprise_vpn_connection_v5" "bgp" {
  name                 = local.later ? "border" : "bgp"
  gateway_id           = opentelekomcloud_enterprise_vpn_gateway_v5.inner.id
  gateway_ip           = opentelekomcloud_enterprise_vpn_gateway_v5.inner.access_private_ip_1
  customer_gateway_id  = opentelekomcloud_enterprise_vpn_customer_gateway_v5.other.id
  peer_subnets         = ["192.168.16.0/24"]
  vpn_type             = "bgp"
  psk                  = "Terraform-Key-1"
  tunnel_local_address = local.later ? "169.254.70.5/30" : "169.254.70.1/30"
  tunnel_peer_address  = local.later ? "169.254.70.6/30" : "169.254.70.2/30"
}

resource "opentelekomcloud_enterprise_vpn_connection_monitor_v5" "branch" {
  connection_id = opentelekomcloud_enterprise_vpn_connection_v5.branch.id
}
