# A network with further blocks, a subnet in one of them, and blocks of a subnet that are kept back.

resource "huaweicloud_vpc" "net" {
  name            = "net"
  cidr            = "10.0.0.0/16"
  secondary_cidrs = ["23.8.0.0/16", "23.9.0.0/16"]
}

resource "huaweicloud_vpc_subnet" "far" {
  name       = "far"
  cidr       = "23.8.1.0/24"
  gateway_ip = "23.8.1.1"
  vpc_id     = huaweicloud_vpc.net.id
}

resource "huaweicloud_vpc_subnet_cidr_reservation" "first" {
  subnet_id   = huaweicloud_vpc_subnet.far.id
  ip_version  = 4
  cidr        = "23.8.1.0/28"
  name        = "first"
  description = "for what is asked by name"
}

resource "huaweicloud_vpc_subnet_cidr_reservation" "any" {
  subnet_id  = huaweicloud_vpc_subnet.far.id
  ip_version = 4
  mask       = 27
  depends_on = [huaweicloud_vpc_subnet_cidr_reservation.first]
}

data "huaweicloud_vpc_subnet_cidr_reservations" "all" {
  subnet_id  = [huaweicloud_vpc_subnet.far.id]
  depends_on = [huaweicloud_vpc_subnet_cidr_reservation.any]
}
