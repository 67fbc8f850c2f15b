# Elastic addresses, one of them of a NAT gateway.

resource "baiducloud_vpc" "net" {
  name = "net"
  cidr = "192.168.0.0/16"
}

resource "baiducloud_subnet" "a" {
  name      = "a"
  zone_name = "cn-bj-a"
  cidr      = "192.168.1.0/24"
  vpc_id    = baiducloud_vpc.net.id
}

resource "baiducloud_eip" "free" {
  name              = "free"
  bandwidth_in_mbps = 10
  payment_timing    = "Postpaid"
  billing_method    = "ByTraffic"
  tags = {
    team = "net"
  }
}

resource "baiducloud_eip" "bound" {
  name              = "bound"
  bandwidth_in_mbps = 1
  payment_timing    = "Postpaid"
  billing_method    = "ByBandwidth"
}

resource "baiducloud_nat_gateway" "out" {
  name   = "out"
  vpc_id = baiducloud_vpc.net.id
  spec   = "small"
  billing = {
    payment_timing = "Postpaid"
  }
  depends_on = [baiducloud_subnet.a]

  lifecycle {
    ignore_changes = [snat_eips]
  }
}

resource "baiducloud_eip_association" "out" {
  eip           = baiducloud_eip.bound.id
  instance_type = "NAT"
  instance_id   = baiducloud_nat_gateway.out.id
}

data "baiducloud_eips" "bound" {
  instance_type = "NAT"
  instance_id   = baiducloud_nat_gateway.out.id
  depends_on    = [baiducloud_eip_association.out]

  lifecycle {
    postcondition {
      condition     = length(self.eips) == 1 && self.eips[0].eip == baiducloud_eip.bound.eip
      error_message = "the bound address is not listed"
    }
  }
}

data "baiducloud_eips" "free" {
  eip = baiducloud_eip.free.eip

  lifecycle {
    postcondition {
      condition     = length(self.eips) == 1 && self.eips[0].status == "available"
      error_message = "the free address is not listed"
    }
  }
}
