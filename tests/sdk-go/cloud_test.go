// Package sdkgo drives a running vpcd with Baidu's own Go SDK, unchanged: run.sh starts the server.
package sdkgo

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/baidubce/bce-sdk-go/bce"
	"github.com/baidubce/bce-sdk-go/services/bcc"
	"github.com/baidubce/bce-sdk-go/services/eip"
	"github.com/baidubce/bce-sdk-go/services/eni"
	"github.com/baidubce/bce-sdk-go/services/esg"
	"github.com/baidubce/bce-sdk-go/services/havip"
	"github.com/baidubce/bce-sdk-go/services/vpc"
	"github.com/baidubce/bce-sdk-go/util/log"
)

const zone = "cn-bj-a"

// tenant is an account of its own with one key pair, and the SDK's clients that use it.
type tenant struct {
	account string
	project string
	vpc     *vpc.Client
	bcc     *bcc.Client
	esg     *esg.Client
	eip     *eip.Client
	eni     *eni.Client
	havip   *havip.Client
}

func TestMain(m *testing.M) {
	log.SetLogHandler(log.NONE)
	if os.Getenv("VPCD_BAIDU_ENDPOINT") == "" {
		fmt.Fprintln(os.Stderr, "no server: start these tests with tests/sdk-go/run.sh")
		os.Exit(2)
	}
	os.Exit(m.Run())
}

// fresh is a name that no other test uses.
func fresh(prefix string) string {
	random := make([]byte, 4)
	if _, err := rand.Read(random); err != nil {
		panic(err)
	}
	return prefix + "-" + hex.EncodeToString(random)
}

// operator makes one call of the operator's API and decodes the answer.
func operator(t *testing.T, method, path string, body any) map[string]any {
	t.Helper()
	text, err := json.Marshal(body)
	must(t, err)
	url := strings.TrimRight(os.Getenv("VPCD_ADMIN_ENDPOINT"), "/") + "/admin/v1/" + path
	request, err := http.NewRequest(method, url, bytes.NewReader(text))
	must(t, err)
	request.Header.Set("Authorization", "Bearer "+os.Getenv("VPCD_ADMIN_TOKEN"))
	request.Header.Set("Content-Type", "application/json")
	answer, err := http.DefaultClient.Do(request)
	must(t, err)
	defer answer.Body.Close()
	text, err = io.ReadAll(answer.Body)
	must(t, err)
	if answer.StatusCode >= 300 {
		t.Fatalf("operator %s %s: %d %s", method, path, answer.StatusCode, text)
	}
	found := map[string]any{}
	if len(text) > 0 {
		must(t, json.Unmarshal(text, &found))
	}
	// Whatever stands alone under one name is the object itself.
	if inner, ok := onlyObject(found); ok {
		return inner
	}
	return found
}

func onlyObject(found map[string]any) (map[string]any, bool) {
	if len(found) != 1 {
		return nil, false
	}
	for _, value := range found {
		inner, ok := value.(map[string]any)
		return inner, ok
	}
	return nil, false
}

// newTenant makes an account and the SDK's clients of it.
func newTenant(t *testing.T) *tenant {
	t.Helper()
	account := operator(t, "POST", "accounts", map[string]any{"name": fresh("go")})["id"].(string)
	project := ""
	for _, row := range operator(t, "GET", "projects", nil)["projects"].([]any) {
		if row := row.(map[string]any); row["account"] == account {
			project = row["id"].(string)
		}
	}
	key := operator(t, "POST", "keys", map[string]any{"account": account, "cloud": "baidu"})
	return tenantOf(t, account, project, key["access_key"].(string), key["secret_key"].(string))
}

func tenantOf(t *testing.T, account, project, access, secret string) *tenant {
	t.Helper()
	endpoint := strings.TrimRight(os.Getenv("VPCD_BAIDU_ENDPOINT"), "/")
	made := &tenant{account: account, project: project}
	var err error
	made.vpc, err = vpc.NewClient(access, secret, endpoint)
	must(t, err)
	made.bcc, err = bcc.NewClient(access, secret, endpoint)
	must(t, err)
	made.esg, err = esg.NewClient(access, secret, endpoint)
	must(t, err)
	made.eip, err = eip.NewClient(access, secret, endpoint)
	must(t, err)
	made.eni, err = eni.NewClient(access, secret, endpoint)
	must(t, err)
	made.havip, err = havip.NewClient(access, secret, endpoint)
	must(t, err)
	// A refusal is looked at, not waited for.
	for _, client := range []*bce.BceClient{
		made.vpc.BceClient, made.bcc.BceClient, made.esg.BceClient, made.eip.BceClient, made.eni.BceClient, made.havip.BceClient,
	} {
		client.Config.Retry = bce.NewNoRetryPolicy()
	}
	return made
}

// quota sets one limit of everything the tenant owns.
func (me *tenant) quota(t *testing.T, kind string, limit int) {
	t.Helper()
	operator(t, "PUT", "quotas/"+me.project+"/"+kind, map[string]any{"limit": limit})
}

// network makes a VPC of 192.168.0.0/16.
func (me *tenant) network(t *testing.T) string {
	t.Helper()
	made, err := me.vpc.CreateVPC(&vpc.CreateVPCArgs{Name: fresh("vpc"), Cidr: "192.168.0.0/16"})
	must(t, err)
	return made.VPCID
}

// subnet makes a subnet of that block in the VPC.
func (me *tenant) subnet(t *testing.T, network, cidr string) string {
	t.Helper()
	args := &vpc.CreateSubnetArgs{Name: fresh("subnet"), ZoneName: zone, Cidr: cidr, VpcId: network}
	made, err := me.vpc.CreateSubnet(args)
	must(t, err)
	return made.SubnetId
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("%v", err)
	}
}

func equal[T comparable](t *testing.T, found, expected T, what string) {
	t.Helper()
	if found != expected {
		t.Fatalf("%s: found %v, expected %v", what, found, expected)
	}
}

func holds(t *testing.T, truth bool, format string, args ...any) {
	t.Helper()
	if !truth {
		t.Fatalf(format, args...)
	}
}

var requestID = regexp.MustCompile(`^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)

// refused checks what the SDK parsed from a refusal.
func refused(t *testing.T, err error, status int, code string) {
	t.Helper()
	var refusal *bce.BceServiceError
	if !errors.As(err, &refusal) {
		t.Fatalf("found %v, expected %d %s", err, status, code)
	}
	if refusal.StatusCode != status || refusal.Code != code {
		t.Fatalf("found %v, expected %d %s", err, status, code)
	}
	holds(t, requestID.MatchString(refusal.RequestId), "request id %q", refusal.RequestId)
	holds(t, refusal.Message != "", "a refusal without a message: %v", err)
}

// until reads until the value is accepted; it fails with the last one.
func until[T any](t *testing.T, read func() (T, error), accept func(T) bool) T {
	t.Helper()
	end := time.Now().Add(20 * time.Second)
	for {
		value, err := read()
		if err == nil && accept(value) {
			return value
		}
		if time.Now().After(end) {
			t.Fatalf("still %+v (%v)", value, err)
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// pages walks a list of pages; step answers one page, whether it is truncated, and the next marker.
func pages(t *testing.T, step func(marker string) (found []string, truncated bool, next string, err error)) [][]string {
	t.Helper()
	var walked [][]string
	marker := ""
	for len(walked) < 100 {
		found, truncated, next, err := step(marker)
		must(t, err)
		walked = append(walked, found)
		if !truncated {
			holds(t, next == "", "a last page with the next marker %q", next)
			return walked
		}
		holds(t, next != "", "a truncated page without a next marker")
		marker = next
	}
	t.Fatal("the list does not end")
	return nil
}

func names[T any](rows []T, name func(T) string) []string {
	found := make([]string, 0, len(rows))
	for _, row := range rows {
		found = append(found, name(row))
	}
	return found
}

func pointer[T any](value T) *T { return &value }
