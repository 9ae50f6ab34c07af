package models

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"bailiwick/access"
)

// The versions of Activity.Digest. A field that a later version adds is not in the hash of an earlier one, so it must be
// empty there; a chain never goes back to an earlier version, or rows could be passed off as older ones.
const (
	digestJSON    = 1 // of the days before versions
	digestFields  = 2
	digestSubject = 3 // as 2, with the kind of the subject
	digestNow     = digestSubject
)

// Digest is what Hash must be, by the version of the row; "" for a version that this program does not know.
func (a Activity) Digest() string {
	var text string
	switch {
	case a.DigestVersion == digestJSON && a.ActorEmail == "" && a.SubjectKind == "":
		text = a.firstText()
	case a.DigestVersion == digestFields && a.SubjectKind == "", a.DigestVersion == digestSubject:
		text = a.fieldsText()
	default:
		return ""
	}
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// firstActivity is a row as version 1 wrote it down: JSON, with its fields in this order. It is frozen: every name, order
// and type here is part of hashes that exist.
type firstActivity struct {
	ID             int64
	OrganizationID *OrganizationID
	At             time.Time
	ActorKind      string
	ActorID        int64
	ActorName      string
	Address        string
	Operation      string
	Outcome        string
	Domain         access.DomainKey
	ResourceID     access.ResourceID
	ResourceKey    string
	ResourceName   string
	Before, After  string
	Revision       int64
	PreviousHash   string
	Hash           string
}

// firstText is the previous hash, a line end and the row's JSON, with number and hashes empty.
func (a Activity) firstText() string {
	text, _ := json.Marshal(firstActivity{ // texts, numbers and times always can be
		OrganizationID: a.OrganizationID, At: moment(a.At), ActorKind: a.ActorKind, ActorID: a.ActorID, ActorName: a.ActorName,
		Address: a.Address, Operation: string(a.Operation), Outcome: a.Outcome, Domain: a.Domain, ResourceID: a.ResourceID,
		ResourceKey: a.ResourceKey, ResourceName: a.ResourceName, Before: a.Before, After: a.After, Revision: a.Revision,
	})
	return a.PreviousHash + "\n" + string(text)
}

// fieldsText is a line that names the version, and then a line for each field: its name, how many bytes its value has, and
// the value. So no value can pass for another field, whatever it contains. No text of version 1 begins like this. Version 2 is
// frozen.
func (a Activity) fieldsText() string {
	organization := ""
	if a.OrganizationID != nil {
		organization = strconv.FormatInt(int64(*a.OrganizationID), 10)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "bailiwick activity %d\n", a.DigestVersion)
	fields := [][2]string{
		{"previous", a.PreviousHash},
		{"organization", organization},
		{"at", moment(a.At).Format("2006-01-02T15:04:05.000000Z")},
		{"actor-kind", a.ActorKind},
		{"actor-id", strconv.FormatInt(a.ActorID, 10)},
		{"actor-name", a.ActorName},
		{"actor-email", a.ActorEmail},
		{"address", a.Address},
		{"operation", string(a.Operation)},
		{"outcome", a.Outcome},
		{"domain", string(a.Domain)},
		{"resource-id", strconv.FormatInt(int64(a.ResourceID), 10)},
		{"resource-key", a.ResourceKey},
		{"resource-name", a.ResourceName},
		{"before", a.Before},
		{"after", a.After},
		{"revision", strconv.FormatInt(a.Revision, 10)},
	}
	if a.DigestVersion >= digestSubject {
		fields = append(fields, [2]string{"subject-kind", string(a.SubjectKind)})
	}
	for _, field := range fields {
		fmt.Fprintf(&b, "%s %d %s\n", field[0], len(field[1]), field[1])
	}
	return b.String()
}
