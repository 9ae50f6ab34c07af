package models

import (
	"context"
	"errors"
	"time"

	"bailiwick/access"
)

var errPending = errors.New("not written yet")

type (
	gid = access.GranteeID
	rid = access.ResourceID
	dk  = access.DomainKey
	set = access.PrivilegeSet
	ctx = context.Context
)

// Config is how to open a Store.
type Config struct {
	URL   string
	Clock func() time.Time
}

// Store is the whole installation.
type Store struct{}

// Scope is one organization.
type Scope struct{}

// Counter counts statements.
type Counter struct{}

func (c *Counter) Count() int { return 0 }

func Open(c ctx, config Config) (*Store, error)                                  { return nil, errPending }
func (s *Store) Migrate(c ctx) error                                             { return errPending }
func (s *Store) Close() error                                                    { return errPending }
func (s *Store) Ping(c ctx) error                                                { return errPending }
func (s *Store) Now() time.Time                                                  { return time.Time{} }
func (s *Store) CountStatements(c ctx) (ctx, *Counter)                           { return c, nil }
func (s *Store) In(id OrganizationID) *Scope                                     { return nil }
func (s *Store) Tx(c ctx, fn func(tx *Store) error) error                        { return errPending }
func (s *Store) Change(c ctx, id OrganizationID, fn func(tx *Scope) error) error { return errPending }
func (s *Store) Empty(c ctx) (bool, error)                                       { return false, errPending }
func (s *Store) Organizations(c ctx) ([]Organization, error)                     { return nil, errPending }
func (s *Store) OrganizationByKey(c ctx, key string) (Organization, error) {
	return Organization{}, errPending
}
func (s *Store) CreateOrganization(c ctx, o *Organization) error { return errPending }
func (s *Store) OrganizationsOf(c ctx, p PersonID, at time.Time) ([]Organization, error) {
	return nil, errPending
}
func (s *Store) PersonByEmail(c ctx, email string) (Person, error)           { return Person{}, errPending }
func (s *Store) PersonByID(c ctx, id PersonID) (Person, error)               { return Person{}, errPending }
func (s *Store) PeopleByEmails(c ctx, emails []string) ([]Person, error)     { return nil, errPending }
func (s *Store) CreatePerson(c ctx, p *Person) error                         { return errPending }
func (s *Store) CreatePeople(c ctx, people []Person) error                   { return errPending }
func (s *Store) SetPassword(c ctx, id PersonID, hash string) error           { return errPending }
func (s *Store) SetPersonName(c ctx, id PersonID, name string) error         { return errPending }
func (s *Store) CreateSession(c ctx, session *Session) error                 { return errPending }
func (s *Store) SessionByID(c ctx, id string) (Session, error)               { return Session{}, errPending }
func (s *Store) TouchSession(c ctx, id string, at time.Time) error           { return errPending }
func (s *Store) SetFlash(c ctx, id, json string) error                       { return errPending }
func (s *Store) DeleteSession(c ctx, id string) error                        { return errPending }
func (s *Store) DeleteSessionsOf(c ctx, id PersonID) error                   { return errPending }
func (s *Store) DeleteExpiredSessions(c ctx, idleBefore, at time.Time) error { return errPending }
func (s *Store) RecordAttempt(c ctx, account, address string, at time.Time) (int64, error) {
	return 0, errPending
}
func (s *Store) SucceedAttempt(c ctx, id int64) error { return errPending }
func (s *Store) Failures(c ctx, account, address string, since time.Time) (byAccount, byAddress []time.Time, err error) {
	return nil, nil, errPending
}
func (s *Store) DeleteAttempts(c ctx, before time.Time) error      { return errPending }
func (s *Store) CreateSetupLink(c ctx, link *SetupLink) error      { return errPending }
func (s *Store) SetupLink(c ctx, id string) (SetupLink, error)     { return SetupLink{}, errPending }
func (s *Store) UseSetupLink(c ctx, id string, at time.Time) error { return errPending }
func (s *Store) AppendGlobal(c ctx, activities []Activity) error   { return errPending }

func (s *Scope) ID() OrganizationID                                  { return 0 }
func (s *Scope) Store() *Store                                       { return nil }
func (s *Scope) Organization(c ctx) (Organization, error)            { return Organization{}, errPending }
func (s *Scope) SetOrganization(c ctx, name string, seats int) error { return errPending }
func (s *Scope) GrantsOf(c ctx, p PersonID, at time.Time) ([]access.Grant, error) {
	return nil, errPending
}
func (s *Scope) GrantsOfGrantee(c ctx, g gid, at time.Time) ([]access.Grant, error) {
	return nil, errPending
}
func (s *Scope) EntriesAmong(c ctx, grantees []gid, domain dk, resources []rid) ([]access.Entry, error) {
	return nil, errPending
}
func (s *Scope) EntriesOf(c ctx, grantees []gid, domain dk) ([]access.Entry, error) {
	return nil, errPending
}
func (s *Scope) PrivilegesOf(c ctx, g gid) (set, error)              { return nil, errPending }
func (s *Scope) LevelsOf(c ctx, grantees []gid) (map[gid]set, error) { return nil, errPending }
func (s *Scope) ListLengths(c ctx, g gid) (map[dk]int, error)        { return nil, errPending }
func (s *Scope) ReplacePrivileges(c ctx, g gid, before, after set, at time.Time) error {
	return errPending
}
func (s *Scope) SetEntries(c ctx, resource rid, domain dk, add, remove []gid, at time.Time) error {
	return errPending
}
func (s *Scope) SetLevel(c ctx, g gid, domain dk, p access.Privilege, at time.Time) error {
	return errPending
}
func (s *Scope) Groups(c ctx, f GroupFilter) (Listing[Group], error) {
	return Listing[Group]{}, errPending
}
func (s *Scope) Group(c ctx, key string) (Group, error)                   { return Group{}, errPending }
func (s *Scope) GroupByID(c ctx, id gid) (Group, error)                   { return Group{}, errPending }
func (s *Scope) GroupsByIDs(c ctx, ids []gid) ([]Group, error)            { return nil, errPending }
func (s *Scope) AllGroups(c ctx) ([]Group, error)                         { return nil, errPending }
func (s *Scope) CreateGroup(c ctx, g *Group) error                        { return errPending }
func (s *Scope) EndResource(c ctx, domain dk, id rid, at time.Time) error { return errPending }
func (s *Scope) Touch(c ctx, domain dk, id rid, revision int64, by string, at time.Time) error {
	return errPending
}
func (s *Scope) Resources(c ctx, domain dk, f ResourceFilter) (Listing[Resource], error) {
	return Listing[Resource]{}, errPending
}
func (s *Scope) Resource(c ctx, domain dk, key string) (Resource, error) {
	return Resource{}, errPending
}
func (s *Scope) ResourcesByKeys(c ctx, domain dk, keys []string) ([]Resource, error) {
	return nil, errPending
}
func (s *Scope) ResourcesByIDs(c ctx, ids []rid) ([]Resource, error)        { return nil, errPending }
func (s *Scope) AllResources(c ctx, domain dk) ([]Resource, error)          { return nil, errPending }
func (s *Scope) CreateResource(c ctx, r *Resource) error                    { return errPending }
func (s *Scope) CreateResources(c ctx, rows []Resource) error               { return errPending }
func (s *Scope) UpdateResource(c ctx, r *Resource, columns ...string) error { return errPending }
func (s *Scope) RecordOperation(c ctx, domain dk, id rid, operation string, at time.Time) error {
	return errPending
}
func (s *Scope) Count(c ctx, domain dk) (int, error)                       { return 0, errPending }
func (s *Scope) CountListed(c ctx, grantees []gid, domain dk) (int, error) { return 0, errPending }
func (s *Scope) AccessRows(c ctx, domain dk, resource rid, f AccessFilter) (Listing[AccessRow], error) {
	return Listing[AccessRow]{}, errPending
}
func (s *Scope) AccessRowsByKeys(c ctx, domain dk, resource rid, kind access.GranteeKind, keys []string) ([]AccessRow, error) {
	return nil, errPending
}
func (s *Scope) EditorsOf(c ctx, domain dk, resource rid) (names []string, total int, err error) {
	return nil, 0, errPending
}
func (s *Scope) CountLevels(c ctx, domain dk, resource rid) (map[access.GranteeKind]LevelCounts, error) {
	return nil, errPending
}
func (s *Scope) APIKey(c ctx, key string) (APIKey, error)               { return APIKey{}, errPending }
func (s *Scope) AllAPIKeys(c ctx) ([]APIKey, error)                     { return nil, errPending }
func (s *Scope) CreateAPIKey(c ctx, k *APIKey) error                    { return errPending }
func (s *Scope) UpdateAPIKey(c ctx, k *APIKey, columns ...string) error { return errPending }
func (s *Scope) Members(c ctx, p Page) (Listing[Member], error)         { return Listing[Member]{}, errPending }
func (s *Scope) AllMembers(c ctx) ([]Member, error)                     { return nil, errPending }
func (s *Scope) MemberByEmail(c ctx, email string) (Member, error)      { return Member{}, errPending }
func (s *Scope) MemberCount(c ctx) (int, error)                         { return 0, errPending }
func (s *Scope) MembershipsOf(c ctx, p PersonID) ([]Membership, error)  { return nil, errPending }
func (s *Scope) GroupMembers(c ctx, g gid, p Page) (Listing[Membership], error) {
	return Listing[Membership]{}, errPending
}
func (s *Scope) AddMembership(c ctx, g gid, p Person, expires *time.Time, at time.Time) error {
	return errPending
}
func (s *Scope) AddMemberships(c ctx, g gid, people []Person, at time.Time) error { return errPending }
func (s *Scope) EndMembership(c ctx, g gid, p PersonID, at time.Time) error       { return errPending }
func (s *Scope) OwnedResources(c ctx, p PersonID, limit int) (rows []Resource, total int, err error) {
	return nil, 0, errPending
}
func (s *Scope) ClearOwner(c ctx, p PersonID) error                       { return errPending }
func (s *Scope) Administrators(c ctx, at time.Time) ([]Member, error)     { return nil, errPending }
func (s *Scope) AdministratorNames(c ctx, at time.Time) ([]string, error) { return nil, errPending }
func (s *Scope) Append(c ctx, activities []Activity) error                { return errPending }
func (s *Scope) Activities(c ctx, f ActivityFilter) (Listing[Activity], error) {
	return Listing[Activity]{}, errPending
}
