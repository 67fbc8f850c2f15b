# A peering of two networks, older routes to it, and a route table of a subnet's own.

resource "opentelekomcloud_vpc_v1" "net" {
  name = "net"
  cidr = "10.0.0.0/16"
}

resource "opentelekomcloud_vpc_v1" "peer" {
  name = "peer"
  cidr = "10.1.0.0/16"
}

resource "opentelekomcloud_vpc_subnet_v1" "a" {
  name       = "a"
  cidr       = "10.0.1.0/24"
  gateway_ip = "10.0.1.1"
  vpc_id     = opentelekomcloud_vpc_v1.net.id
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

resource "opentelekomcloud_vpc_route_v2" "back" {
  type        = "peering"
  nexthop     = opentelekomcloud_vpc_peering_connection_v2.both.id
  destination = "10.0.0.0/16"
  vpc_id      = opentelekomcloud_vpc_v1.peer.id
}

resource "opentelekomcloud_vpc_route_table_v1" "own" {
  name        = "own"
  description = "of subnet a"
  vpc_id      = opentelekomcloud_vpc_v1.net.id
  subnets     = [opentelekomcloud_vpc_subnet_v1.a.id]

  route {
    destination = "10.1.0.0/16"
    type        = "peering"
    nexthop     = opentelekomcloud_vpc_peering_connection_v2.both.id
    description = "to the peer"
  }
}

data "opentelekomcloud_vpc_route_ids_v2" "there" {
  vpc_id     = opentelekomcloud_vpc_v1.net.id
  depends_on = [opentelekomcloud_vpc_route_v2.there]
}

data "opentelekomcloud_vpc_peering_connection_v2" "both" {
  id         = opentelekomcloud_vpc_peering_connection_v2.both.id
  depends_on = [opentelekomcloud_vpc_peering_connection_v2.both]
}
