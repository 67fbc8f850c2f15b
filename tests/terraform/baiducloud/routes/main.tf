# Rules of a VPC's route table, over a peering.

resource "baiducloud_vpc" "net" {
  name = "net"
  cidr = "192.168.0.0/16"
}

resource "baiducloud_vpc" "other" {
  name = "other"
  cidr = "172.16.0.0/16"
}

resource "baiducloud_subnet" "a" {
  name      = "a"
  zone_name = "cn-bj-a"
  cidr      = "192.168.1.0/24"
  vpc_id    = baiducloud_vpc.net.id
}

resource "baiducloud_peer_conn" "both" {
  bandwidth_in_mbps = 20
  local_vpc_id      = baiducloud_vpc.net.id
  peer_vpc_id       = baiducloud_vpc.other.id
  peer_region       = "bj"
  billing = {
    payment_timing = "Postpaid"
  }
}

resource "baiducloud_route_rule" "all" {
  route_table_id      = baiducloud_vpc.net.route_table_id
  source_address      = "0.0.0.0/0"
  destination_address = "172.16.0.0/16"
  next_hop_id         = baiducloud_peer_conn.both.local_if_id
  next_hop_type       = "peerConn"
  description         = "to the other"
}

resource "baiducloud_route_rule" "subnet" {
  route_table_id      = baiducloud_vpc.net.route_table_id
  source_address      = baiducloud_subnet.a.cidr
  destination_address = "172.17.0.0/16"
  next_hop_id         = baiducloud_peer_conn.both.local_if_id
  next_hop_type       = "peerConn"
  description         = ""
}

data "baiducloud_route_rules" "net" {
  vpc_id     = baiducloud_vpc.net.id
  depends_on = [baiducloud_route_rule.all, baiducloud_route_rule.subnet]

  lifecycle {
    postcondition {
      condition     = length([for it in self.route_rules : it if it.next_hop_type == "peerConn"]) == 2
      error_message = "the rules are not listed"
    }
  }
}
