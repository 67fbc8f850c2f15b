# A peering that another account accepts.

variable "stage" {
  type = number
}
variable "endpoint" {}
variable "region" {}
variable "far_project" {}
variable "far_ak" {}
variable "far_sk" {}

provider "opentelekomcloud" {
  alias       = "far"
  auth_url    = "${var.endpoint}/v3"
  region      = var.region
  access_key  = var.far_ak
  secret_key  = var.far_sk
  tenant_id   = var.far_project
  tenant_name = var.region
  insecure    = true
}

resource "opentelekomcloud_vpc_v1" "near" {
  name = "near"
  cidr = "10.0.0.0/16"
}

resource "opentelekomcloud_vpc_v1" "far" {
  provider = opentelekomcloud.far
  name     = "far"
  cidr     = "10.1.0.0/16"
}

resource "opentelekomcloud_vpc_peering_connection_v2" "both" {
  name           = var.stage == 2 ? "together" : "both"
  vpc_id         = opentelekomcloud_vpc_v1.near.id
  peer_vpc_id    = opentelekomcloud_vpc_v1.far.id
  peer_tenant_id = var.far_project
}

data "opentelekomcloud_vpc_peering_connection_v2" "both" {
  id         = opentelekomcloud_vpc_peering_connection_v2.both.id
  depends_on = [opentelekomcloud_vpc_peering_connection_accepter_v2.far]
}

resource "opentelekomcloud_vpc_peering_connection_accepter_v2" "far" {
  provider                  = opentelekomcloud.far
  vpc_peering_connection_id = opentelekomcloud_vpc_peering_connection_v2.both.id
  accept                    = true
}
