# Site-to-site VPN: a gateway, the far end, a connection and its monitor.

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
  name               = "edge"
  vpc_id             = opentelekomcloud_vpc_v1.net.id
  local_subnets      = ["10.0.1.0/24"]
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

  tags = {
    team = "a"
  }
}

resource "opentelekomcloud_enterprise_vpn_customer_gateway_v5" "branch" {
  name     = "branch"
  id_value = "198.51.100.7"
}

resource "opentelekomcloud_enterprise_vpn_connection_v5" "branch" {
  name                = "branch"
  gateway_id          = opentelekomcloud_enterprise_vpn_gateway_v5.edge.id
  gateway_ip          = opentelekomcloud_enterprise_vpn_gateway_v5.edge.eip1[0].id
  customer_gateway_id = opentelekomcloud_enterprise_vpn_customer_gateway_v5.branch.id
  peer_subnets        = ["192.168.0.0/24"]
  vpn_type            = "static"
  psk                 = "Terraform-Key-1"
}

resource "opentelekomcloud_enterprise_vpn_connection_monitor_v5" "branch" {
  connection_id = opentelekomcloud_enterprise_vpn_connection_v5.branch.id
}
