package fault

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// The names that the README's example of a proxy uses, each of which a machine has its own for.
const (
	exampleHost        = "console.example.com"
	exampleListen      = "listen 443 ssl;"
	exampleUpstream    = "http://127.0.0.1:8080;"
	exampleCertificate = "/etc/ssl/certs/console.example.com.pem"
	exampleKey         = "/etc/ssl/private/console.example.com.key"
)

// readmeBlock is the one block of code in the README of a language that holds the text.
func readmeBlock(t *testing.T, language, holds string) string {
	t.Helper()
	readme, err := os.ReadFile("../../README.md")
	must(t, err)
	var found []string
	for _, rest := range strings.Split(string(readme), "\n```"+language+"\n")[1:] {
		if block, _, closed := strings.Cut(rest, "```"); closed && strings.Contains(block, holds) {
			found = append(found, block)
		}
	}
	if len(found) != 1 {
		t.Fatalf("the README has %d blocks of %s with %q, want 1", len(found), language, holds)
	}
	return found[0]
}

// readmeFlags are those with which the README starts the program behind the proxy.
func readmeFlags(t *testing.T) []string {
	t.Helper()
	words := strings.Fields(readmeBlock(t, "sh", "--trusted-proxies"))
	if len(words) < 3 || words[0] != "bin/bailiwick" || words[1] != "serve" {
		t.Fatalf("the README starts the program with %q", words)
	}
	return words[2:]
}

// front is nginx as the README configures it, with a certificate of its own.
type front struct {
	address string // where it listens
	trust   *x509.CertPool
}

// nginxBefore starts nginx in front of the program, in a directory of its own. It ends with the test.
func nginxBefore(t *testing.T, s *server) front {
	t.Helper()
	dir := t.TempDir()
	f := front{address: freeAddress(t)}
	certificate, key := filepath.Join(dir, "certificate.pem"), filepath.Join(dir, "key.pem")
	f.trust = selfSigned(t, certificate, key)
	site := readmeBlock(t, "nginx", exampleHost)
	for example, own := range map[string]string{
		exampleListen: "listen " + f.address + " ssl;", exampleUpstream: s.url + ";", exampleCertificate: certificate, exampleKey: key,
	} {
		if strings.Count(site, example) != 1 {
			t.Fatalf("the README’s configuration lacks %q:\n%s", example, site)
		}
		site = strings.Replace(site, example, own, 1)
	}
	f.run(t, dir, site)
	return f
}

// run runs nginx until the test ends.
func (f front) run(t *testing.T, dir, site string) {
	t.Helper()
	var said bytes.Buffer
	command := exec.Command(nginx(t), "-p", dir, "-c", "nginx.conf", "-e", filepath.Join(dir, "error.log"))
	command.Stderr = &said
	must(t, os.WriteFile(filepath.Join(dir, "nginx.conf"), []byte(nginxFrame(site)), 0o600))
	must(t, command.Start())
	ended := make(chan struct{})
	go func() {
		_ = command.Wait() // told by what it said
		close(ended)
	}()
	t.Cleanup(func() {
		_ = command.Process.Signal(syscall.SIGTERM) // it may have ended already
		<-ended
	})
	for deadline := time.Now().Add(patience); ; time.Sleep(5 * time.Millisecond) {
		connection, err := net.Dial("tcp", f.address)
		if err == nil {
			must(t, connection.Close())
			return
		}
		select {
		case <-ended:
			t.Fatalf("nginx has ended: %s", said.String())
		default:
		}
		if time.Now().After(deadline) {
			t.Fatal("nginx does not listen")
		}
	}
}

// nginxFrame is what stands around a site, with every path within the directory that nginx runs in.
func nginxFrame(site string) string {
	user := ""
	if os.Getuid() == 0 {
		user = "user root;\n" // else its worker may not enter the directory
	}
	return user + `daemon off;
worker_processes 1;
pid nginx.pid;
events {}
http {
    access_log off;
    client_body_temp_path body;
    proxy_temp_path proxy;
    fastcgi_temp_path fastcgi;
    uwsgi_temp_path uwsgi;
    scgi_temp_path scgi;
` + site + "}\n"
}

// nginx is the program; a machine without it leaves the test out.
func nginx(t *testing.T) string {
	t.Helper()
	for _, name := range []string{os.Getenv("NGINX"), "nginx", "/usr/sbin/nginx"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	leaveOut(t, "there is no nginx; scripts/nginx.sh says how to get it")
	return ""
}

// freeAddress is one that nobody listens on.
func freeAddress(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	defer listener.Close()
	return listener.Addr().String()
}

// selfSigned writes a certificate for the example's host, and gives what trusts it.
func selfSigned(t *testing.T, certificateFile, keyFile string) *x509.CertPool {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	must(t, err)
	template := x509.Certificate{SerialNumber: big.NewInt(1), DNSNames: []string{exampleHost},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour)}
	certificate, err := x509.CreateCertificate(rand.Reader, &template, &template, &key.PublicKey, key)
	must(t, err)
	private, err := x509.MarshalPKCS8PrivateKey(key)
	must(t, err)
	public := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: certificate})
	must(t, os.WriteFile(certificateFile, public, 0o600))
	must(t, os.WriteFile(keyFile, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: private}), 0o600))
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(public)
	return pool
}

// claiming adds to each request an address that the visitor claims to come from.
type claiming struct {
	http.RoundTripper
	address string
}

// RoundTrip sends the request.
func (c claiming) RoundTrip(r *http.Request) (*http.Response, error) {
	r.Header.Set("X-Forwarded-For", c.address)
	return c.RoundTripper.RoundTrip(r)
}

// visitor is somebody at another address of this machine, who reaches the console as people do. claim is the address that
// they claim to have, "" for none.
func (f front) visitor(from, claim string) *visitor {
	v := newVisitor("https://" + exampleHost)
	dialer := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(from)}}
	v.client.Transport = &http.Transport{
		DisableKeepAlives: true,
		TLSClientConfig:   &tls.Config{RootCAs: f.trust},
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			return dialer.DialContext(ctx, "tcp", f.address)
		},
	}
	if claim != "" {
		v.client.Transport = claiming{v.client.Transport, claim}
	}
	return v
}

// guess signs in wrongly so many times, each time as somebody else who does not exist, and wants each to be heard.
func (v *visitor) guess(t *testing.T, times int) {
	t.Helper()
	for n := range times {
		if answer := v.tried(t, fmt.Sprintf("invented-%d@example.com", n)); answer.status != http.StatusUnprocessableEntity {
			t.Fatalf("wrong sign-in %d: %s", n+1, answer)
		}
	}
}

// tried is the answer to a wrong password.
func (v *visitor) tried(t *testing.T, email string) answer {
	t.Helper()
	answer, err := v.post("/sign-in", map[string][]string{"email": {email}, "password": {"a wrong passphrase"}})
	must(t, err)
	return answer
}
