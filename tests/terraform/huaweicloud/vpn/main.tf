# Site-to-site VPN: a gateway, the far end, a connection with its health check, and what can be asked about them.

variable "stage" {
  type = number
}

locals {
  later = var.stage == 2
}

resource "huaweicloud_vpc" "net" {
  name = "net"
  cidr = "10.0.0.0/16"
}

resource "huaweicloud_vpc_subnet" "a" {
  name       = "a"
  cidr       = "10.0.1.0/24"
  gateway_ip = "10.0.1.1"
  vpc_id     = huaweicloud_vpc.net.id
}

data "huaweicloud_vpn_gateway_availability_zones" "all" {
  flavor          = "professional1"
  attachment_type = "vpc"
}

resource "huaweicloud_vpn_gateway" "edge" {
  name               = local.later ? "border" : "edge"
  flavor             = local.later ? "Professional2" : "Professional1"
  vpc_id             = huaweicloud_vpc.net.id
  local_subnets      = local.later ? ["10.0.1.0/24", "10.0.2.0/24"] : ["10.0.1.0/24"]
  connect_subnet     = huaweicloud_vpc_subnet.a.id
  availability_zones = slice(data.huaweicloud_vpn_gateway_availability_zones.all.names, 0, 2)

  eip1 {
    bandwidth_name = "first"
    type           = "5_bgp"
    bandwidth_size = 5
    charge_mode    = "traffic"
  }

  eip2 {
    bandwidth_name = "second"
    type           = "5_bgp"
    bandwidth_size = 5
    charge_mode    = "traffic"
  }

  tags = local.later ? { team = "b", stage = "second" } : { team = "a" }
}

resource "huaweicloud_vpn_customer_gateway" "branch" {
  name     = local.later ? "office" : "branch"
  id_value = "198.51.100.7"
  tags     = local.later ? { city = "Bonn" } : { city = "Ulm", floor = "2" }
}

resource "huaweicloud_vpn_customer_gateway" "other" {
  name     = "other"
  id_value = "198.51.100.17"
}

resource "huaweicloud_vpn_connection" "branch" {
  name                 = local.later ? "office" : "branch"
  gateway_id           = huaweicloud_vpn_gateway.edge.id
  gateway_ip           = huaweicloud_vpn_gateway.edge.eip1[0].id
  customer_gateway_id  = huaweicloud_vpn_customer_gateway.branch.id
  peer_subnets         = local.later ? ["192.168.0.0/24", "192.168.1.0/24"] : ["192.168.0.0/24"]
  vpn_type             = "static"
  psk                  = local.later ? "Terraform-Key-2" : "Terraform-Key-1"
  enable_nqa           = true
  tunnel_local_address = "169.254.56.225/30"
  tunnel_peer_address  = "169.254.56.226/30"
  tags                 = local.later ? {} : { tunnel = "first" }

  ikepolicy {
    authentication_algorithm = local.later ? "sha2-512" : "sha2-256"
    encryption_algorithm     = local.later ? "aes-256-gcm-16" : "aes-128"
    ike_version              = "v2"
    lifetime_seconds         = local.later ? 43200 : 86400
    local_id_type            = "ip"
    peer_id_type             = local.later ? "fqdn" : "ip"
    peer_id                  = local.later ? "office.example.com" : null
    dh_group                 = local.later ? "group20" : "group14"

    dpd {
      timeout  = 15
      interval = local.later ? 60 : 30
      msg      = "seq-hash-notify"
    }
  }

  ipsecpolicy {
    authentication_algorithm = local.later ? "sha2-512" : "sha2-256"
    encryption_algorithm     = local.later ? "aes-256" : "aes-128"
    pfs                      = local.later ? "disable" : "group14"
    lifetime_seconds         = local.later ? 7200 : 3600
    transform_protocol       = "esp"
    encapsulation_mode       = "tunnel"
  }
}

# Everything left to its default, and another far end later.
resource "huaweicloud_vpn_connection" "plain" {
  name                = "plain"
  gateway_id          = huaweicloud_vpn_gateway.edge.id
  gateway_ip          = huaweicloud_vpn_gateway.edge.eip2[0].id
  customer_gateway_id = local.later ? huaweicloud_vpn_customer_gateway.other.id : huaweicloud_vpn_customer_gateway.branch.id
  peer_subnets        = ["192.168.0.0/24", "192.168.1.0/24"]
  vpn_type            = "static"
  psk                 = "Terraform-Key-1"
  depends_on          = [huaweicloud_vpn_customer_gateway.branch]
}

resource "huaweicloud_vpn_connection_health_check" "branch" {
  connection_id = huaweicloud_vpn_connection.branch.id
}

data "huaweicloud_vpn_gateways" "all" {
  depends_on = [huaweicloud_vpn_gateway.edge]
}

data "huaweicloud_vpn_customer_gateways" "all" {
  depends_on = [huaweicloud_vpn_customer_gateway.branch]
}

data "huaweicloud_vpn_connections" "all" {
  depends_on = [huaweicloud_vpn_connection.branch]
}

data "huaweicloud_vpn_connection_health_checks" "all" {
  depends_on = [huaweicloud_vpn_connection_health_check.branch]
}

data "huaweicloud_vpn_connection_logs" "branch" {
  vpn_connection_id = huaweicloud_vpn_connection.branch.id
}

data "huaweicloud_vpn_connection_ipsec_sa" "branch" {
  vpn_connection_id = huaweicloud_vpn_connection.branch.id
}

data "huaweicloud_vpn_peer_configuration_supported_devices" "all" {}

data "huaweicloud_vpn_connection_peer_configuration_export" "branch" {
  vpn_connection_id = huaweicloud_vpn_connection.branch.id
  vendor            = "strongSwan"
  type              = "Linux"
  model             = "swanctl"
  version           = "5.9"
}

data "huaweicloud_vpn_gateway_certificates" "all" {}

data "huaweicloud_vpn_gateway_jobs" "all" {}

data "huaweicloud_vpn_gateway_route_tables" "edge" {
  vgw_id     = huaweicloud_vpn_gateway.edge.id
  depends_on = [huaweicloud_vpn_connection.branch]
}

data "huaweicloud_vpn_quotas" "all" {}

data "huaweicloud_vpn_tags" "gateways" {
  resource_type = "vpn-gateway"
  depends_on    = [huaweicloud_vpn_gateway.edge]
}

data "huaweicloud_vpn_resource_instances" "gateways" {
  resource_type = "vpn-gateway"
  depends_on    = [huaweicloud_vpn_gateway.edge]

  tags {
    key    = "team"
    values = ["a", "b"]
  }

  matches {
    key   = "resource_name"
    value = huaweicloud_vpn_gateway.edge.name
  }
}

data "huaweicloud_vpnv51_gateway_availability_zones" "all" {}
