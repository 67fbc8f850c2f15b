# An interface in a network that was made through the other cloud, attached to an instance that the operator registered.

variable "instance" {}

data "baiducloud_vpcs" "before" {
  name = "before"
}

data "baiducloud_subnets" "before" {
  vpc_id = data.baiducloud_vpcs.before.vpcs[0].vpc_id
}

resource "baiducloud_security_group" "web" {
  name   = "web"
  vpc_id = data.baiducloud_vpcs.before.vpcs[0].vpc_id
}

resource "baiducloud_eni" "nic" {
  name               = "nic"
  subnet_id          = data.baiducloud_subnets.before.subnets[0].subnet_id
  security_group_ids = [baiducloud_security_group.web.id]

  private_ip {
    primary            = true
    private_ip_address = "10.0.1.10"
  }
}

resource "baiducloud_eni_attachment" "nic" {
  eni_id      = baiducloud_eni.nic.id
  instance_id = var.instance
}

data "baiducloud_enis" "attached" {
  vpc_id      = data.baiducloud_vpcs.before.vpcs[0].vpc_id
  instance_id = var.instance
  depends_on  = [baiducloud_eni_attachment.nic]

  lifecycle {
    postcondition {
      condition     = toset(self.enis[*].name) == toset(["nic"])
      error_message = "the interface of the instance is not listed"
    }
  }
}
