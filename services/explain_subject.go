package services

import (
	"context"
	"strconv"
	"strings"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services/files"
)

// Subject is the person, group or API key that a question is about.
type Subject struct {
	Ref   string // as addresses write it: member:NUMBER, group:KEY or api-key:KEY
	Kind  SubjectKind
	Name  string
	Email string // of a member
	Own   bool   // it is the caller

	Suspended bool // a member whose groups count for nothing meanwhile (R23)

	Memberships map[access.GranteeID]models.Membership // of a member, those that have expired too

	holds    []access.Grant      // one for each grantee, without domain and level
	template *access.KeyTemplate // of an API key
}

// SubjectKind is what kind of thing a subject is.
type SubjectKind string

// The kinds of subject.
const (
	SubjectMember SubjectKind = "member"
	SubjectGroup  SubjectKind = "group"
	SubjectAPIKey SubjectKind = "api-key"
	// Somebody of the vendor's personnel, by what their running temporary accesses give (R20). It answers whether somebody could do
	// something for the vendor; what they hold as a member of a group is asked about as member:EMAIL.
	SubjectPersonnel SubjectKind = "personnel"
)

// subjectForms are the ways to name a subject, as problems list them.
const subjectForms = "name a member:EMAIL, group:KEY, api-key:KEY or personnel:EMAIL of the organization"

// subjectOf reads a subject with everything that it may hold something through, in force or not. It refuses who may not
// ask about it before it is looked up (R15); models.ErrNotFound where there is none such.
func (c *Console) subjectOf(ctx context.Context, v *view, ref string) (Subject, error) {
	kind, name, _ := strings.Cut(ref, ":")
	switch SubjectKind(kind) {
	case "", SubjectMember:
		return memberSubject(ctx, v, name)
	case SubjectPersonnel:
		return personnelSubject(ctx, v, name)
	case SubjectAPIKey:
		if err := v.must(ctx, ViewAPIKeys, 0); err != nil {
			return Subject{}, err
		}
		key, err := v.APIKey(ctx, name)
		if err != nil {
			return Subject{}, err
		}
		return c.keySubject(key), nil
	}
	if err := v.must(ctx, ViewGroups, 0); err != nil {
		return Subject{}, err
	}
	if SubjectKind(kind) != SubjectGroup {
		return Subject{}, models.ErrNotFound
	}
	group, err := v.Group(ctx, name)
	if err != nil {
		return Subject{}, err
	}
	return Subject{Ref: ref, Kind: SubjectGroup, Name: group.Name, holds: []access.Grant{{Via: group.Grantee()}}}, nil
}

func (c *Console) keySubject(key models.APIKey) Subject {
	via := key.Grantee()
	via.Disabled = !key.Enabled
	grant := access.Grant{Via: via}
	if key.ExpiresAt != nil {
		grant.Until = *key.ExpiresAt
	}
	return Subject{Ref: via.Ref(), Kind: SubjectAPIKey, Name: key.Name,
		holds: []access.Grant{grant}, template: c.catalog.Template(key.Template)}
}

// held is what the subject has of a privilege that is stored: an API key what its template lets it hold (R11). Of domains on which
// no key holds anything the engine itself says that.
func (s Subject) held(d *access.Domain, stored access.Privilege) (access.Level, bool) {
	if s.Kind != SubjectAPIKey || d.NoAPIKeys {
		return stored.Level, stored.CanCreate
	}
	return s.template.Holds(d, stored.Level, stored.CanCreate)
}

// supportSubject is the caller who is here through temporary access: what they hold is told from the rights that they have.
func supportSubject(by Caller) Subject {
	s := Subject{Ref: string(SubjectMember) + ":", Kind: SubjectMember, Name: by.Name(), Email: by.Person.Email, Own: true}
	for _, via := range by.Accesses {
		s.holds = append(s.holds, access.Grant{Via: via})
	}
	return s
}

// personnelSubject reads somebody of the personnel with what runs of their temporary accesses; it takes view on them.
// models.ErrNotFound for who may not ask for any and has never had one here.
func personnelSubject(ctx context.Context, v *view, name string) (Subject, error) {
	if err := v.must(ctx, ViewTemporaryAccess, 0); err != nil {
		return Subject{}, err
	}
	person, err := v.personnelNamed(ctx, name)
	if err != nil {
		return Subject{}, err
	}
	running, err := v.RunningAccessesOf(ctx, person.ID, v.At)
	if err != nil {
		return Subject{}, err
	}
	s := Subject{Ref: string(SubjectPersonnel) + ":" + person.Email, Kind: SubjectPersonnel, Name: person.Name, Email: person.Email,
		Own: person.ID == v.By.Person.ID}
	if s.Name == "" {
		s.Name = person.Email
	}
	for _, a := range running {
		s.holds = append(s.holds, access.Grant{Via: a.Grantee(), Until: a.ExpiresAt})
	}
	return s, nil
}

// personnelNamed is who has had temporary access to the organization, by e-mail.
func (v *view) personnelNamed(ctx context.Context, name string) (models.Person, error) {
	email, err := files.CanonicalEmail(name)
	if err != nil {
		return models.Person{}, models.ErrNotFound // nobody's
	}
	return v.PersonWithAccess(ctx, email)
}

// memberSubject reads a member by number or e-mail; "" is the caller.
func memberSubject(ctx context.Context, v *view, name string) (Subject, error) {
	if v.By.Supports() && (name == "" || name == v.By.Person.Email) {
		return supportSubject(v.By), nil
	}
	member, err := memberNamed(ctx, v, name)
	if err != nil {
		return Subject{}, err
	}
	s := Subject{Ref: MemberRef(member.ID), Kind: SubjectMember, Name: member.Name, Email: member.Email,
		Own: member.PersonID == v.By.Person.ID, Suspended: member.Suspended(), Memberships: map[access.GranteeID]models.Membership{}}
	if s.Name == "" {
		s.Name = member.Email
	}
	if err := s.readGroups(ctx, v.Scope, member.PersonID); err != nil {
		return Subject{}, err
	}
	lent, err := v.RunningAccessesOf(ctx, member.PersonID, v.At)
	if err != nil {
		return Subject{}, err
	}
	for _, a := range lent { // of somebody who was made a member meanwhile
		s.holds = append(s.holds, access.Grant{Via: a.Grantee(), Until: a.ExpiresAt})
	}
	for i := range s.holds {
		s.holds[i].Suspended = s.Suspended
	}
	return s, nil
}

// readGroups reads the groups of a member, with those that have expired.
func (s *Subject) readGroups(ctx context.Context, scope *models.Scope, person models.PersonID) error {
	memberships, err := scope.MembershipsOf(ctx, person)
	if err != nil {
		return err
	}
	var ids []access.GranteeID
	for _, m := range memberships {
		ids = append(ids, m.GroupID)
		s.Memberships[m.GroupID] = m
	}
	groups, err := scope.GroupsByIDs(ctx, ids)
	if err != nil {
		return err
	}
	for _, g := range groups {
		grant := access.Grant{Via: g.Grantee()}
		if end := s.Memberships[grant.Via.ID].ExpiresAt; end != nil {
			grant.Until = *end
		}
		s.holds = append(s.holds, grant)
	}
	return nil
}

// MemberRef is how addresses name a member: by number, since an e-mail is personal.
func MemberRef(id models.MemberID) string {
	return string(SubjectMember) + ":" + strconv.FormatInt(int64(id), 10)
}

// MemberRefOf is how addresses name the member with an e-mail; it takes view on Groups.
func (c *Console) MemberRefOf(ctx context.Context, by Caller, email string) (string, error) {
	v := c.view(by)
	if err := v.must(ctx, ViewGroups, 0); err != nil {
		return "", err
	}
	member, err := v.MemberByEmail(ctx, email)
	if err != nil {
		return "", err
	}
	return MemberRef(member.ID), nil
}

// memberNamed finds the caller, or with view on Groups any member.
func memberNamed(ctx context.Context, v *view, name string) (models.Member, error) {
	id, _ := strconv.ParseInt(name, 10, 64) // 0 is nobody
	email, err := files.CanonicalEmail(name)
	if err != nil {
		email = "" // nobody's
	}
	if v.By.kind != kindOperator && !v.By.Supports() {
		own, err := v.MemberOf(ctx, v.By.Person.ID)
		if err != nil || name == "" || own.ID == models.MemberID(id) || own.Email == email {
			return own, err
		}
	}
	if err := v.must(ctx, ViewGroups, 0); err != nil {
		return models.Member{}, err
	}
	switch {
	case id != 0:
		return v.MemberByID(ctx, models.MemberID(id))
	case email == "":
		return models.Member{}, models.ErrNotFound
	}
	return v.MemberByEmail(ctx, email)
}
