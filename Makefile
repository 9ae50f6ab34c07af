# Bare `make` does what continuous integration does. Needs Go; the tests say what else they need.

# Without C, as the program is shipped: nothing but Go is needed, and each package is compiled once.
export CGO_ENABLED := 0

.PHONY: all run mailbox build test bench bench-million e2e fault cover lint fmt generate check-generated schema clean

all: lint test

# The demo organization, on http://127.0.0.1:8080; prints how to sign in.
run: build
	bin/bailiwick serve --demo

# A mail server on 127.0.0.1:1025 that delivers nothing and prints the mails that it gets.
mailbox:
	go run ./services/mail/mailtest/mailbox

build:
	go build -trimpath -o bin/bailiwick ./cmd/bailiwick

# On both databases and in a browser; CI=true makes each of them a must.
test:
	scripts/test.sh

# At last on both databases: searches, lists, who can reach something and bulk work with a million resources and 100,000 members beside
# a hundredth of it. That takes half an hour, and fails where something costs too much (BenchmarkScale).
bench:
	go test -run '^$$' -bench . -benchmem ./...
	scripts/test.sh ./web -run '^$$' -bench Scale -benchtime 1x -timeout 90m -million

# The pages of an organization with a million resources beside those of one with 10,000; takes some minutes to make.
bench-million:
	go test ./web -run '^$$' -bench LargeOrganizations -benchtime 200x -timeout 60m -million

# The browser tests alone. E2E_SHOTS=DIR keeps pictures, E2E_TRACES=DIR the traces of failures.
e2e:
	scripts/test.sh ./e2e

# Every round of trouble: kills, locks, full disks, races, greedy clients, floods; then every guard taken out once, to see that the
# tests notice. `make test` makes a few of each.
fault:
	scripts/test.sh ./e2e/fault -full -v -timeout 120m
	scripts/test.sh ./e2e/planted -full -v -timeout 120m

# Package access must be covered to 100 %.
cover:
	scripts/cover.sh

lint:
	scripts/lint.sh

fmt:
	go fmt ./...
	go tool templ fmt -log-level error views

generate:
	go tool templ generate -include-version=false -log-level error -path views

check-generated:
	scripts/check-generated.sh

# Writes models/schema.*.sql anew from the migrations, on both databases; the diff is what a reviewer reads.
schema:
	scripts/test.sh ./models -run '^TestSchema' -update

clean:
	rm -rf bin coverage.out
