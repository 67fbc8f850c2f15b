module vpcd/sdk-go

go 1.21

require github.com/baidubce/bce-sdk-go v0.9.277
