# Everything that holds an address of a subnet.

resource "huaweicloud_vpc" "net" {
  name = "net"
  cidr = "10.0.0.0/16"
}

resource "huaweicloud_vpc_subnet" "a" {
  name       = "a"
  cidr       = "10.0.1.0/24"
  gateway_ip = "10.0.1.1"
  vpc_id     = huaweicloud_vpc.net.id
}

resource "huaweicloud_networking_secgroup" "web" {
  name = "web"
}

resource "huaweicloud_networking_vip" "shared" {
  network_id = huaweicloud_vpc_subnet.a.id
  name       = "shared"
  ip_address = "10.0.1.100"
}

resource "huaweicloud_vpc_network_interface" "one" {
  subnet_id          = huaweicloud_vpc_subnet.a.id
  name               = "one"
  fixed_ip_v4        = "10.0.1.10"
  security_group_ids = [huaweicloud_networking_secgroup.web.id]
  allowed_addresses  = ["10.0.1.100"]
  tags = {
    of = "one"
  }
}

resource "huaweicloud_vpc_network_interface" "two" {
  subnet_id = huaweicloud_vpc_subnet.a.id
}

resource "huaweicloud_vpc_sub_network_interface" "vlan" {
  subnet_id          = huaweicloud_vpc_subnet.a.id
  parent_id          = huaweicloud_vpc_network_interface.two.id
  security_group_ids = [huaweicloud_networking_secgroup.web.id]
  vlan_id            = "100"
  ip_address         = "10.0.1.30"
  description        = "behind two"
}

resource "huaweicloud_vpc_subnet_private_ip" "kept" {
  subnet_id  = huaweicloud_vpc_subnet.a.id
  ip_address = "10.0.1.40"
}

resource "huaweicloud_vpc_subnet_cidr_reservation" "later" {
  subnet_id   = huaweicloud_vpc_subnet.a.id
  ip_version  = 4
  cidr        = "10.0.1.128/28"
  name        = "later"
  description = "for what comes"
}

data "huaweicloud_networking_port" "one" {
  port_id = huaweicloud_vpc_network_interface.one.id
}

data "huaweicloud_vpc_sub_network_interfaces" "all" {
  parent_id  = huaweicloud_vpc_network_interface.two.id
  depends_on = [huaweicloud_vpc_sub_network_interface.vlan]
}

data "huaweicloud_vpc_subnet_ip_availabilities" "a" {
  network_id = huaweicloud_vpc_subnet.a.id
  depends_on = [huaweicloud_vpc_subnet_private_ip.kept]
}
