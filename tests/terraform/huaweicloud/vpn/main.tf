# Site-to-site VPN: a gateway, the far end, a connection with its health check, and what can be asked about them.

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
  name               = "edge"
  vpc_id             = huaweicloud_vpc.net.id
  local_subnets      = ["10.0.1.0/24"]
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

  tags = {
    team = "a"
  }
}

resource "huaweicloud_vpn_customer_gateway" "branch" {
  name     = "branch"
  id_value = "198.51.100.7"
}

resource "huaweicloud_vpn_connection" "branch" {
  name                = "branch"
  gateway_id          = huaweicloud_vpn_gateway.edge.id
  gateway_ip          = huaweicloud_vpn_gateway.edge.eip1[0].id
  customer_gateway_id = huaweicloud_vpn_customer_gateway.branch.id
  peer_subnets        = ["192.168.0.0/24"]
  vpn_type            = "static"
  psk                 = "Terraform-Key-1"
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
