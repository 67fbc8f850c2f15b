# Flow logs, groups of a port that exists already, an address at a port, and what can be asked.

variable "stage" {
  type = number
}

locals {
  later = var.stage == 2
}

resource "opentelekomcloud_vpc_v1" "net" {
  name        = local.later ? "web" : "net"
  cidr        = "10.0.0.0/16"
  description = local.later ? "" : "a network"
  tags        = local.later ? { team = "b" } : { team = "a" }
}

resource "opentelekomcloud_vpc_subnet_v1" "a" {
  name       = local.later ? "b" : "a"
  cidr       = "10.0.1.0/24"
  gateway_ip = "10.0.1.1"
  vpc_id     = opentelekomcloud_vpc_v1.net.id
}

resource "opentelekomcloud_vpc_flow_log_v1" "all" {
  name          = local.later ? "everything" : "all"
  description   = local.later ? "of everything" : "of the network"
  resource_type = "vpc"
  resource_id   = opentelekomcloud_vpc_v1.net.id
  traffic_type  = "all"
  log_group_id  = "5a2b3c4d-0000-4000-8000-000000000001"
  log_topic_id  = "5a2b3c4d-0000-4000-8000-000000000002"
}

resource "opentelekomcloud_networking_secgroup_v2" "one" {
  name        = local.later ? "first" : "one"
  description = "of a port"
}

resource "opentelekomcloud_networking_secgroup_v2" "two" {
  name = "two"
}

resource "opentelekomcloud_networking_secgroup_rule_v2" "web" {
  security_group_id = opentelekomcloud_networking_secgroup_v2.one.id
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 443
  port_range_max    = 443
  remote_ip_prefix  = "0.0.0.0/0"
}

resource "opentelekomcloud_networking_port_v2" "nic" {
  name           = "nic"
  network_id     = opentelekomcloud_vpc_subnet_v1.a.network_id
  admin_state_up = true

  # The association says which groups the port has.
  lifecycle {
    ignore_changes = [security_group_ids]
  }
}

resource "opentelekomcloud_networking_port_secgroup_associate_v2" "nic" {
  port_id            = opentelekomcloud_networking_port_v2.nic.id
  force              = true
  security_group_ids = local.later ? [opentelekomcloud_networking_secgroup_v2.one.id, opentelekomcloud_networking_secgroup_v2.two.id] : [opentelekomcloud_networking_secgroup_v2.one.id]
}

resource "opentelekomcloud_vpc_eip_v1" "own" {
  publicip {
    type = "5_bgp"
    name = "own"
  }

  bandwidth {
    name        = "own"
    size        = local.later ? 10 : 5
    share_type  = "PER"
    charge_mode = "traffic"
  }
}

resource "opentelekomcloud_vpc_bandwidth_v2" "line" {
  name = local.later ? "wire" : "line"
  size = local.later ? 20 : 10
}

resource "opentelekomcloud_networking_floatingip_v2" "door" {
  pool = "admin_external_net"
}

resource "opentelekomcloud_networking_floatingip_associate_v2" "door" {
  floating_ip = opentelekomcloud_networking_floatingip_v2.door.address
  port_id     = opentelekomcloud_networking_port_v2.nic.id
}

resource "opentelekomcloud_vpc_v1" "peer" {
  name = "peer"
  cidr = "10.1.0.0/16"
}

resource "opentelekomcloud_vpc_peering_connection_v2" "both" {
  name        = "both"
  vpc_id      = opentelekomcloud_vpc_v1.net.id
  peer_vpc_id = opentelekomcloud_vpc_v1.peer.id
}

resource "opentelekomcloud_vpc_route_v2" "there" {
  type        = "peering"
  nexthop     = opentelekomcloud_vpc_peering_connection_v2.both.id
  destination = "10.1.0.0/16"
  vpc_id      = opentelekomcloud_vpc_v1.net.id
}

resource "opentelekomcloud_vpc_route_table_v1" "table" {
  name        = local.later ? "paths" : "table"
  vpc_id      = opentelekomcloud_vpc_v1.net.id
  description = "of its own"
}

data "opentelekomcloud_networking_port_ids_v2" "all" {
  network_id = opentelekomcloud_vpc_subnet_v1.a.network_id
  depends_on = [opentelekomcloud_networking_port_v2.nic]
}

data "opentelekomcloud_networking_secgroup_rule_ids_v2" "one" {
  security_group_id = opentelekomcloud_networking_secgroup_v2.one.id
  depends_on        = [opentelekomcloud_networking_secgroup_rule_v2.web]
}

data "opentelekomcloud_vpc_eip_v1" "own" {
  id = opentelekomcloud_vpc_eip_v1.own.id
}

data "opentelekomcloud_vpc_bandwidth" "line" {
  name = opentelekomcloud_vpc_bandwidth_v2.line.name
}

data "opentelekomcloud_vpc_route_v2" "there" {
  id = opentelekomcloud_vpc_route_v2.there.id
}

data "opentelekomcloud_vpc_route_table_v1" "table" {
  vpc_id     = opentelekomcloud_vpc_v1.net.id
  name       = opentelekomcloud_vpc_route_table_v1.table.name
  depends_on = [opentelekomcloud_vpc_route_table_v1.table]
}

data "opentelekomcloud_vpc_route_tables_v1" "all" {
  vpc_id     = opentelekomcloud_vpc_v1.net.id
  depends_on = [opentelekomcloud_vpc_route_table_v1.table]
}

data "opentelekomcloud_vpc_subnet_v1" "a" {
  id = opentelekomcloud_vpc_subnet_v1.a.id
}

data "opentelekomcloud_vpc_subnet_ids_v1" "all" {
  vpc_id     = opentelekomcloud_vpc_v1.net.id
  depends_on = [opentelekomcloud_vpc_subnet_v1.a]
}
