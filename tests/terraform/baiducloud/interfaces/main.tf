# Elastic network interfaces with several addresses, under groups of either sort.

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

resource "baiducloud_security_group" "web" {
  name   = "web"
  vpc_id = baiducloud_vpc.net.id
}

resource "baiducloud_eni" "two" {
  name               = "two"
  description        = "two addresses"
  subnet_id          = baiducloud_subnet.a.id
  security_group_ids = [baiducloud_security_group.web.id]

  private_ip {
    primary            = true
    private_ip_address = "192.168.1.10"
  }
  private_ip {
    primary            = false
    private_ip_address = "192.168.1.11"
  }
}

resource "baiducloud_eni" "any" {
  name               = "any"
  subnet_id          = baiducloud_subnet.a.id
  security_group_ids = [baiducloud_security_group.web.id]

  private_ip {
    primary = true
  }
}

data "baiducloud_enis" "net" {
  vpc_id     = baiducloud_vpc.net.id
  depends_on = [baiducloud_eni.two, baiducloud_eni.any]

  lifecycle {
    postcondition {
      condition     = toset(self.enis[*].name) == toset(["two", "any"])
      error_message = "the interfaces are not listed"
    }
  }
}
