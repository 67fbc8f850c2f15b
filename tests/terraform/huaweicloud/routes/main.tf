# Route tables with next hops of several sorts, and routes of the default table.

resource "huaweicloud_vpc" "net" {
  name = "net"
  cidr = "10.0.0.0/16"
}

resource "huaweicloud_vpc" "peer" {
  name = "peer"
  cidr = "10.1.0.0/16"
}

resource "huaweicloud_vpc_subnet" "a" {
  name       = "a"
  cidr       = "10.0.1.0/24"
  gateway_ip = "10.0.1.1"
  vpc_id     = huaweicloud_vpc.net.id
}

resource "huaweicloud_vpc_subnet" "b" {
  name       = "b"
  cidr       = "10.0.2.0/24"
  gateway_ip = "10.0.2.1"
  vpc_id     = huaweicloud_vpc.net.id
}

resource "huaweicloud_networking_vip" "router" {
  network_id = huaweicloud_vpc_subnet.a.id
  name       = "router"
}

resource "huaweicloud_vpc_peering_connection" "both" {
  name        = "both"
  description = "two of mine"
  vpc_id      = huaweicloud_vpc.net.id
  peer_vpc_id = huaweicloud_vpc.peer.id
}

resource "huaweicloud_vpc_route_table" "custom" {
  name        = "custom"
  description = "for subnet b"
  vpc_id      = huaweicloud_vpc.net.id
  subnets     = [huaweicloud_vpc_subnet.b.id]

  route {
    destination = "10.1.0.0/16"
    type        = "peering"
    nexthop     = huaweicloud_vpc_peering_connection.both.id
    description = "to the peer"
  }
  route {
    destination = "172.16.0.0/12"
    type        = "vip"
    nexthop     = huaweicloud_networking_vip.router.ip_address
  }
}

resource "huaweicloud_vpc_route" "there" {
  vpc_id      = huaweicloud_vpc.net.id
  destination = "10.1.0.0/16"
  type        = "peering"
  nexthop     = huaweicloud_vpc_peering_connection.both.id
}

resource "huaweicloud_vpc_route" "back" {
  vpc_id      = huaweicloud_vpc.peer.id
  destination = "10.0.0.0/16"
  type        = "peering"
  nexthop     = huaweicloud_vpc_peering_connection.both.id
  description = "and back"
}

data "huaweicloud_vpc_route_table" "default" {
  vpc_id     = huaweicloud_vpc.net.id
  depends_on = [huaweicloud_vpc_route.there]
}

data "huaweicloud_vpc_peering_connection" "both" {
  name       = huaweicloud_vpc_peering_connection.both.name
  depends_on = [huaweicloud_vpc_peering_connection.both]
}
