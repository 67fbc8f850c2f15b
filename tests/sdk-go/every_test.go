package sdkgo

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/baidubce/bce-sdk-go/bce"
	"github.com/baidubce/bce-sdk-go/services/bcc"
	"github.com/baidubce/bce-sdk-go/services/eip"
	"github.com/baidubce/bce-sdk-go/services/eni"
	"github.com/baidubce/bce-sdk-go/services/esg"
	"github.com/baidubce/bce-sdk-go/services/havip"
	"github.com/baidubce/bce-sdk-go/services/vpc"
)

// elsewhere is what the SDK has and the contract of the VPC does not, by words of the names.
var elsewhere = map[string][]string{
	"vpc": {
		"Probe", // of the contract, not served yet
	},
	"eip": {
		"Ddos", "RecycleEip", "AutoRenew", "EipCluster", "DirectEip", "UnDirectEip", "RefundEip", "EipTp",
		"EipPostpayToPrepay", "EipTransfer", "EipBp", "EipGroup",
	},
	"bcc": {"BindSecurityGroup", "UnBindSecurityGroup", "InstanceReplaceSecurityGroup", "InstanceUnbindSecurityGroup"}, // servers
}

// TestEveryOperation fails on an operation of the SDK that no test here calls.
func TestEveryOperation(t *testing.T) {
	called := calls(t)
	for service, client := range map[string]any{
		"vpc": &vpc.Client{}, "eip": &eip.Client{}, "eni": &eni.Client{}, "esg": &esg.Client{}, "havip": &havip.Client{}, "bcc": &bcc.Client{},
	} {
		shared := reflect.TypeOf(&bce.BceClient{})
		kind := reflect.TypeOf(client)
		for number := 0; number < kind.NumMethod(); number++ {
			name := kind.Method(number).Name
			_, inherited := shared.MethodByName(name)
			if inherited || called[name] || isElsewhere(service, name) {
				continue
			}
			t.Errorf("%s.%s is never called", service, name)
		}
	}
}

func isElsewhere(service, name string) bool {
	// Of the compute service only the groups belong here.
	if service == "bcc" && !strings.Contains(name, "SecurityGroup") {
		return true
	}
	for _, word := range elsewhere[service] {
		if strings.Contains(name, word) {
			return true
		}
	}
	return false
}

// calls are the names of all methods that the tests of this folder call.
func calls(t *testing.T) map[string]bool {
	t.Helper()
	files, err := filepath.Glob("*_test.go")
	must(t, err)
	found := map[string]bool{}
	for _, name := range files {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		must(t, err)
		ast.Inspect(file, func(node ast.Node) bool {
			if call, ok := node.(*ast.CallExpr); ok {
				if method, ok := call.Fun.(*ast.SelectorExpr); ok {
					found[method.Sel.Name] = true
				}
			}
			return true
		})
	}
	return found
}
