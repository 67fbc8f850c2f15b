# A peering of two networks of one account: both ends, with names resolved from one of them.

resource "baiducloud_vpc" "net" {
  name = "net"
  cidr = "192.168.0.0/16"
}

resource "baiducloud_vpc" "other" {
  name = "other"
  cidr = "172.16.0.0/16"
}

resource "baiducloud_peer_conn" "both" {
  bandwidth_in_mbps = 20
  description       = "both"
  local_if_name     = "here"
  peer_if_name      = "there"
  local_vpc_id      = baiducloud_vpc.net.id
  peer_vpc_id       = baiducloud_vpc.other.id
  peer_region       = "bj"
  dns_sync          = true
  billing = {
    payment_timing = "Postpaid"
  }
}

resource "baiducloud_peer_conn_acceptor" "both" {
  peer_conn_id = baiducloud_peer_conn.both.id
  auto_accept  = true
}

data "baiducloud_peer_conns" "net" {
  vpc_id     = baiducloud_vpc.net.id
  depends_on = [baiducloud_peer_conn_acceptor.both]

  lifecycle {
    postcondition {
      condition     = length(self.peer_conns) == 1 && self.peer_conns[0].status == "active"
      error_message = "the peering is not listed"
    }
  }
}

data "baiducloud_peer_conn_acceptors" "other" {
  peer_conn_id = baiducloud_peer_conn_acceptor.both.id

  lifecycle {
    postcondition {
      condition     = length(self.peer_conns) == 1 && self.peer_conns[0].role == "acceptor"
      error_message = "the other end is not listed"
    }
  }
}
