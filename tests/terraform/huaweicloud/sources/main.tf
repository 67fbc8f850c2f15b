# What can be asked about networks, subnets, ports, addresses, groups, lists and mirrors.

variable "stage" {
  type = number
}

locals {
  later = var.stage == 2
  tags  = local.later ? { team = "b" } : { team = "a" }
}

resource "huaweicloud_vpc" "net" {
  name        = local.later ? "web" : "net"
  description = local.later ? "" : "a network"
  cidr        = "10.0.0.0/16"
  tags        = local.tags
}

resource "huaweicloud_vpc" "peer" {
  name = "peer"
  cidr = "10.1.0.0/16"
}

resource "huaweicloud_vpc_subnet" "a" {
  name        = local.later ? "b" : "a"
  description = local.later ? "back" : "front"
  cidr        = "10.0.1.0/24"
  gateway_ip  = "10.0.1.1"
  vpc_id      = huaweicloud_vpc.net.id
  tags        = local.tags
}

resource "huaweicloud_vpc_peering_connection" "both" {
  name        = local.later ? "together" : "both"
  vpc_id      = huaweicloud_vpc.net.id
  peer_vpc_id = huaweicloud_vpc.peer.id
}

resource "huaweicloud_vpc_route" "there" {
  vpc_id      = huaweicloud_vpc.net.id
  destination = "10.1.0.0/16"
  type        = "peering"
  nexthop     = huaweicloud_vpc_peering_connection.both.id
  description = local.later ? "to the peer" : "there"
}

resource "huaweicloud_vpc_network_interface" "nic" {
  subnet_id = huaweicloud_vpc_subnet.a.id
  name      = local.later ? "eth0" : "nic"
  tags      = local.tags
}

resource "huaweicloud_vpc_eip" "own" {
  name = local.later ? "door" : "own"
  tags = local.tags

  publicip {
    type = "5_bgp"
  }

  bandwidth {
    name        = "own"
    size        = local.later ? 10 : 5
    share_type  = "PER"
    charge_mode = "traffic"
  }
}

resource "huaweicloud_networking_secgroup" "web" {
  name        = local.later ? "https" : "web"
  description = local.later ? "" : "to the front"
  tags        = local.tags
}

resource "huaweicloud_vpc_address_group" "office" {
  name      = local.later ? "offices" : "office"
  addresses = local.later ? ["198.51.100.0/24", "203.0.113.0/24"] : ["198.51.100.0/24"]
}

resource "huaweicloud_networking_secgroup_rule" "office" {
  security_group_id       = huaweicloud_networking_secgroup.web.id
  direction               = "ingress"
  ethertype               = "IPv4"
  protocol                = "tcp"
  ports                   = "443"
  remote_address_group_id = huaweicloud_vpc_address_group.office.id
}

resource "huaweicloud_vpc_network_acl" "edge" {
  name = local.later ? "border" : "edge"
  tags = local.tags
}

resource "huaweicloud_vpc_traffic_mirror_filter" "dns" {
  name = local.later ? "names" : "dns"
}

resource "huaweicloud_vpc_traffic_mirror_filter_rule" "dns" {
  traffic_mirror_filter_id = huaweicloud_vpc_traffic_mirror_filter.dns.id
  direction                = "egress"
  protocol                 = "udp"
  ethertype                = "IPv4"
  action                   = "accept"
  priority                 = local.later ? 20 : 10
  destination_port_range   = "53-53"
}

data "huaweicloud_vpc" "net" {
  id = huaweicloud_vpc.net.id
}

data "huaweicloud_vpc_ids" "all" {
  depends_on = [huaweicloud_vpc.net]
}

data "huaweicloud_vpc_quotas" "all" {}

data "huaweicloud_vpcs_by_tags" "team" {
  action     = "filter"
  depends_on = [huaweicloud_vpc.net]

  tags {
    key    = "team"
    values = ["a", "b"]
  }
}

data "huaweicloud_vpc_subnet" "a" {
  id = huaweicloud_vpc_subnet.a.id
}

data "huaweicloud_vpc_subnet_ids" "all" {
  vpc_id     = huaweicloud_vpc.net.id
  depends_on = [huaweicloud_vpc_subnet.a]
}

data "huaweicloud_vpc_subnet_private_ips" "a" {
  subnet_id  = huaweicloud_vpc_subnet.a.id
  depends_on = [huaweicloud_vpc_network_interface.nic]
}

data "huaweicloud_vpc_subnet_tags" "all" {
  depends_on = [huaweicloud_vpc_subnet.a]
}

data "huaweicloud_vpc_subnets_by_tags" "team" {
  action     = "filter"
  depends_on = [huaweicloud_vpc_subnet.a]

  tags {
    key    = "team"
    values = ["a", "b"]
  }
}

data "huaweicloud_vpc_peering_connections" "all" {
  depends_on = [huaweicloud_vpc_peering_connection.both]
}

data "huaweicloud_vpc_routes" "all" {
  vpc_id     = huaweicloud_vpc.net.id
  depends_on = [huaweicloud_vpc_route.there]
}

data "huaweicloud_vpc_network_interfaces" "all" {
  network_id = huaweicloud_vpc_subnet.a.id
  depends_on = [huaweicloud_vpc_network_interface.nic]
}

data "huaweicloud_vpc_network_interface_tags" "all" {
  depends_on = [huaweicloud_vpc_network_interface.nic]
}

data "huaweicloud_vpc_network_interfaces_by_tags" "team" {
  depends_on = [huaweicloud_vpc_network_interface.nic]

  tags {
    key    = "team"
    values = ["a", "b"]
  }
}

data "huaweicloud_vpc_eip" "own" {
  public_ip = huaweicloud_vpc_eip.own.address
}

data "huaweicloud_vpc_eip_tags" "all" {
  depends_on = [huaweicloud_vpc_eip.own]
}

data "huaweicloud_eip_publicips_by_tags" "team" {
  action     = "filter"
  depends_on = [huaweicloud_vpc_eip.own]

  tags {
    key    = "team"
    values = ["a", "b"]
  }
}

data "huaweicloud_networking_secgroups" "all" {
  depends_on = [huaweicloud_networking_secgroup.web]
}

data "huaweicloud_networking_secgroup_tags" "all" {
  depends_on = [huaweicloud_networking_secgroup.web]
}

data "huaweicloud_networking_secgroups_by_tags" "team" {
  action     = "filter"
  depends_on = [huaweicloud_networking_secgroup.web]

  tags {
    key    = "team"
    values = ["a", "b"]
  }
}

data "huaweicloud_vpc_address_group_associated_resources" "office" {
  ip_address_group_id = huaweicloud_vpc_address_group.office.id
  depends_on          = [huaweicloud_networking_secgroup_rule.office]
}

data "huaweicloud_vpc_network_acl_tags" "all" {
  depends_on = [huaweicloud_vpc_network_acl.edge]
}

data "huaweicloud_vpc_network_acls_by_tags" "team" {
  depends_on = [huaweicloud_vpc_network_acl.edge]

  tags {
    key    = "team"
    values = ["a", "b"]
  }
}

data "huaweicloud_vpc_traffic_mirror_filters" "all" {
  depends_on = [huaweicloud_vpc_traffic_mirror_filter.dns]
}

data "huaweicloud_vpc_traffic_mirror_filter_rules" "all" {
  traffic_mirror_filter_id = huaweicloud_vpc_traffic_mirror_filter.dns.id
  depends_on               = [huaweicloud_vpc_traffic_mirror_filter_rule.dns]
}
