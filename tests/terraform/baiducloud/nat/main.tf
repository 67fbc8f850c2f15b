# NAT gateways of both sorts, with source rules.

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

resource "baiducloud_eip" "out" {
  count             = 2
  name              = "out-${count.index}"
  bandwidth_in_mbps = 10
  payment_timing    = "Postpaid"
  billing_method    = "ByTraffic"
}

resource "baiducloud_nat_gateway" "plain" {
  name      = "plain"
  vpc_id    = baiducloud_vpc.net.id
  spec      = "small"
  snat_eips = [baiducloud_eip.out[0].eip]
  billing = {
    payment_timing = "Postpaid"
  }
  depends_on = [baiducloud_subnet.a]
}

resource "baiducloud_nat_snat_rule" "out" {
  nat_id             = baiducloud_nat_gateway.plain.id
  rule_name          = "out"
  public_ips_address = [baiducloud_eip.out[0].eip]
  source_cidr        = "192.168.1.0/24"
}

data "baiducloud_nat_gateways" "net" {
  vpc_id     = baiducloud_vpc.net.id
  depends_on = [baiducloud_nat_gateway.plain]

  lifecycle {
    postcondition {
      condition     = length(self.nat_gateways) == 1 && self.nat_gateways[0].status == "active"
      error_message = "the gateway is not listed"
    }
  }
}

data "baiducloud_nat_snat_rules" "out" {
  nat_id     = baiducloud_nat_gateway.plain.id
  depends_on = [baiducloud_nat_snat_rule.out]

  lifecycle {
    postcondition {
      condition     = length(self.nat_snat_rules) == 1 && self.nat_snat_rules[0].source_cidr == "192.168.1.0/24"
      error_message = "the rule is not listed"
    }
  }
}
