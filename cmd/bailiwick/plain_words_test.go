package main

import (
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"bailiwick/models/modelstest"
)

func TestADatabaseThatIsNotThereIsSaidInPlainWords(t *testing.T) {
	p := newPlace(t)
	r := p.run("", "migrate", "--db", "postgres://user:confidential@127.0.0.1:1/bailiwick")
	p.expect(r, 2, "", "bailiwick: the database does not answer: check that it runs, and that --db is right\n")
	if strings.Contains(r.errors, "confidential") {
		t.Errorf("the password is printed: %s", r.errors)
	}
}

// Each wrong argument is answered in one sentence for the person who typed it: no names of statements, calls or types.
func TestWrongArgumentsAreAnsweredInPlainWords(t *testing.T) {
	p := newPlace(t)
	p.write("acme.yaml", modelstest.SmallFile)
	p.write("text.txt", "not a database, but long enough to be looked at: "+strings.Repeat("x", 1000))
	p.write("empty.yaml", "")
	p.write("secret.yaml", modelstest.SmallFile)
	must(t, os.Chmod(filepath.Join(p.dir, "secret.yaml"), 0))
	must(t, os.Mkdir(filepath.Join(p.dir, "folder"), 0o700))
	p.expect(p.run("", "apply", "acme.yaml"), 0, "create organization acme", "")
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	defer taken.Close()
	cases := []struct {
		args   string
		status int
		says   string
	}{
		{"apply gone.yaml", 2, "there is no file gone.yaml"},
		{"apply gone/acme.yaml", 2, "there is no directory gone"},
		{"apply folder", 2, "there is no *.yaml or *.yml in the folder folder"},
		{"operator apply gone.yaml", 2, "there is no file gone.yaml"},
		{"operator apply folder", 2, "folder is a directory: name a file"},
		{"check acme --batch gone.jsonl", 2, "there is no file gone.jsonl"},
		{"check acme --batch folder", 2, "folder is a directory: name a file"},
		{"migrate --catalog gone.yaml", 2, "there is no file gone.yaml"},
		{"migrate --catalog folder", 2, "folder is a directory: name a file"},
		{"migrate --db sqlite:folder", 2, filepath.Join(p.dir, "folder") + " is a directory: name a file"},
		{"migrate --db sqlite:gone/x.db", 2, "there is no directory " + filepath.Join(p.dir, "gone")},
		{"migrate --db sqlite:text.txt", 2, "open database: file is not a database (26)"},
		{"migrate --db bailiwick.db", 2, "open database: it is named neither sqlite:PATH nor postgres://user:password@host/database"},
		{"migrate --db mysql://root@127.0.0.1/x", 2, "open database: it is named neither sqlite:PATH nor postgres://user:password@host/database"},

		{"export gone", 1, `there is no organization "gone": this database has acme`},
		{"export gone --db sqlite:new.db", 1, `there is no organization "gone": this database has none yet`},
		{"check gone group:users view content/sources", 2, `there is no organization "gone": this database has acme`},
		{"check gone --batch -", 2, `there is no organization "gone": this database has acme`},
		{"member set-password gone john.smith@example.com", 1, `there is no organization "gone": this database has acme`},
		{"member reset-second-factor gone john.smith@example.com", 1, `there is no organization "gone": this database has acme`},
		{"seed acme --members 20 --groups 5 --resources 10 --editors 5", 1, `there is an organization "acme" already: choose another key`},
		{"seed Acme!", 1, "ORG: Use lower case letters, digits and hyphens for the key."},

		{"member set-password acme nobody@example.com", 1, "no member of acme has the address nobody@example.com"},
		{"member set-password acme Nobody@Example.com", 1, "no member of acme has the address nobody@example.com"},
		{"member set-password acme nobody", 1, `"nobody" is not an email address: use a form such as john.smith@example.com`},
		{"member reset-second-factor acme nobody@example.com", 1, "no member of acme has the address nobody@example.com"},
		{"member reset-second-factor acme nobody", 1, `"nobody" is not an email address: use a form such as john.smith@example.com`},
		{"member reset-second-factor acme john.smith@example.com", 1, "john.smith@example.com has no second factor: nothing to remove"},
		{"operator set-password nobody@example.com", 1,
			"nobody@example.com is neither an operator nor one of the personnel: name them in the operator’s file first"},
		{"operator set-password nobody", 1, `"nobody" is not an email address: use a form such as john.smith@example.com`},
		{"operator export", 1, "no operator’s file was applied yet: run bailiwick operator apply FILE"},

		{"check acme group:gone view content/sources", 1, `there is no subject "group:gone": name a member:EMAIL, group:KEY, api-key:KEY or personnel:EMAIL of the organization`},
		{"check acme users view content/sources", 1, `there is no subject "users": name a member:EMAIL, group:KEY, api-key:KEY or personnel:EMAIL of the organization`},
		{"check acme group:users fly content/sources", 1, `"fly" is not an ability: use view, edit, create, allowed or push`},
		{"check acme group:users view content/gone", 1, `there is no domain "content/gone" in the catalogue`},
		{"check acme group:users view content/sources:gone", 1, `there is no resource "gone" in content/sources`},

		{"seed many --members few", 2, `--members: "few" is no whole number; bailiwick --help tells more`},
		{"seed many --groups 1", 1, "--groups: At least 2 groups and 3 resources are needed, and nothing below 0."},
		{"seed many --domain gone", 1, `--domain: "gone" is no domain of resources with Custom in the catalogue.`},
		{"serve --invitation-life soon", 2, `--invitation-life: "soon" is no length of time: use a form such as 72h or 90m; bailiwick --help tells more`},
		{"serve --temporary-access-kept 7", 2, `--temporary-access-kept: "7" is no length of time: use a form such as 72h or 90m; bailiwick --help tells more`},
		{"serve --addr " + taken.Addr().String(), 2,
			"--addr: can’t listen on " + taken.Addr().String() + ": another program uses this port: stop it, or choose another port"},
		{"serve --addr 192.0.2.1:8080", 2, "--addr: can’t listen on 192.0.2.1:8080: this machine does not have this address"},
		{"serve --addr 8080", 2, "--addr: can’t listen on 8080: address 8080: missing port in address; use a form such as 127.0.0.1:8080"},
		{"serve --addr 127.0.0.1:0 --trusted-proxies nginx", 2, `trusted proxies: "nginx" is no address and no range such as 10.0.0.0/8`},
	}
	if os.Getuid() != 0 { // whom no mode of a file keeps out
		cases = append(cases, struct {
			args   string
			status int
			says   string
		}{"apply secret.yaml", 2, "you may not open secret.yaml: give the user that runs this the permission"})
	}
	for _, test := range cases {
		t.Run(test.args, func(t *testing.T) {
			r := place{t, p.dir}.run("a quiet harbour at low tide\n", strings.Fields(test.args)...)
			if want := "bailiwick: " + test.says + "\n"; r.status != test.status || r.errors != want || r.out != "" && r.out != "deny\n" {
				t.Errorf("status %d, %q, output %q; want %d, %q", r.status, r.errors, r.out, test.status, want)
			}
		})
	}
}
