package services

import (
	"context"
	"crypto/rand"
	"errors"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services/files"
	"bailiwick/words"
)

// AccessOffer is what somebody of the personnel may ask for in an organization.
type AccessOffer struct {
	Organization models.Organization
	Supporter    Supporter
	Categories   []models.Category // whose rules hold: those that were chosen, or all of the person's
	Privileges   []OfferedPrivilege
	Longest      time.Duration
	Closed       error // ErrSupportOff, ErrMember or ErrClockBack; nil: they may ask
}

// AccessOffer opens the form for a request. Without keys the categories of the person add up. Who is none of the personnel,
// an organization that they don't support and one that does not exist are all ErrNotFound (R15).
func (c *Console) AccessOffer(ctx context.Context, who Session, organization string, categories ...string) (AccessOffer, error) {
	s, o, err := c.supported(ctx, who, organization)
	if err != nil {
		return AccessOffer{}, err
	}
	a, known := allowanceOf(s.Categories, categories)
	if !known {
		return AccessOffer{}, models.ErrNotFound
	}
	offer := AccessOffer{Organization: o, Supporter: s, Categories: a.categories, Privileges: a.offers(c.catalog), Longest: a.longest()}
	offer.Closed = c.view(Caller{Organization: o}).mayAsk(ctx, who.Person.ID)
	if offer.Closed != nil && !closed(offer.Closed) {
		return AccessOffer{}, offer.Closed
	}
	return offer, nil
}

func closed(err error) bool {
	return errors.Is(err, ErrSupportOff) || errors.Is(err, ErrMember) || errors.Is(err, ErrClockBack)
}

// supported is who is signed in and the organization with the key, if they support it; ErrNotFound if not.
func (c *Console) supported(ctx context.Context, who Session, organization string) (Supporter, models.Organization, error) {
	s, err := c.Supporter(ctx, who)
	if err != nil {
		return Supporter{}, models.Organization{}, err
	}
	o, err := c.store.OrganizationByKey(ctx, organization)
	if err != nil {
		return Supporter{}, models.Organization{}, err
	}
	if !s.Supports(o.Key) {
		return Supporter{}, models.Organization{}, models.ErrNotFound
	}
	return s, o, nil
}

// mayAsk says why nobody, or this person, may ask for access to the organization now.
func (v *view) mayAsk(ctx context.Context, person models.PersonID) error {
	o, err := v.Organization(ctx)
	if err != nil {
		return err
	}
	if !o.SupportAccess {
		return ErrSupportOff
	}
	member, err := v.isMember(ctx, person)
	if err != nil {
		return err
	}
	if member {
		return ErrMember
	}
	return v.mustMeasure(ctx)
}

// isMember tells whether the person is a member by what they have themselves. A membership that an account opens which proves
// nothing is somebody else's making, perhaps to keep them out (R20).
func (v *view) isMember(ctx context.Context, person models.PersonID) (bool, error) {
	m, err := v.MemberOf(ctx, person)
	if errors.Is(err, models.ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	m, err = marked(ctx, v.Scope, m)
	return !m.Unproven || m.Suspended(), err // what a suspended member asks for would count for nothing (R23)
}

// AccessRequest is what somebody of the personnel asks for.
type AccessRequest struct {
	Categories    []string // keys of those it is asked for as, whose rules all hold; none: the only one of the person
	Privileges    map[access.DomainKey]access.Level
	Justification string
	Description   string
	Until         time.Time
	Address       string // where the request comes from
}

// The lengths of what is typed, in characters at most.
const (
	MaxJustification      = 1000
	MaxRequestDescription = 2000
)

// RequestAccess gives somebody of the personnel what they ask for, at once (seed 000, steps 2 and 3). What goes beyond
// the categories is TooHigh; besides it fails with ErrSupportOff, ErrMember or ErrClockBack, and with ErrNotFound as
// AccessOffer does.
func (c *Console) RequestAccess(ctx context.Context, who Session, organization string, r AccessRequest) (models.TemporaryAccess, error) {
	_, o, err := c.supported(ctx, who, organization)
	if err != nil {
		return models.TemporaryAccess{}, err
	}
	by := Caller{Organization: o, Person: who.Person, Address: r.Address, kind: kindSupporter}
	what := subject{Name: by.Name()}
	var a models.TemporaryAccess
	err = c.open(ctx, door{by, models.OpTemporaryAccessRequested, what}, func(tx *Tx) error {
		var err error
		a, err = c.request(ctx, tx, r)
		return err
	})
	if err != nil {
		return models.TemporaryAccess{}, err
	}
	return a, nil
}

// request judges by what the operator's file says at this moment: the lock keeps it from changing until the access is
// stored, so that anyone who changes it finds the access.
func (c *Console) request(ctx context.Context, tx *Tx, r AccessRequest) (models.TemporaryAccess, error) {
	if err := tx.Store().LockSupport(ctx); err != nil {
		return models.TemporaryAccess{}, err
	}
	s, err := supporter(ctx, tx.Store(), tx.By.Person)
	if err != nil {
		return models.TemporaryAccess{}, err
	}
	if !s.Supports(tx.By.Organization.Key) {
		return models.TemporaryAccess{}, models.ErrNotFound
	}
	if err := tx.mayAsk(ctx, s.PersonID); err != nil {
		return models.TemporaryAccess{}, err
	}
	may, err := asAllowed(s.Categories, r.Categories)
	if err != nil {
		return models.TemporaryAccess{}, err
	}
	if over := may.beyond(c.catalog, r.Privileges); len(over) > 0 {
		return models.TemporaryAccess{}, TooHigh{over}
	}
	if err := r.clean(may, tx.At); err != nil {
		return models.TemporaryAccess{}, err
	}
	return c.grantRequest(ctx, tx, s, may, r)
}

// clean brings the fields into the form that is stored, or says what is wrong with each.
func (r *AccessRequest) clean(may allowance, at time.Time) error {
	var wrong Invalid
	note := func(field, text string) {
		if text != "" {
			wrong.Fields = append(wrong.Fields, FieldError{Field: field, Text: text})
		}
	}
	if len(r.chosen()) == 0 {
		note("Privileges", "Choose at least one privilege.")
	}
	var problem string
	r.Justification, problem = typedText(r.Justification, MaxJustification)
	if problem == "" {
		problem = may.justificationProblem(r.Justification)
	}
	note("Justification", problem)
	r.Until = r.Until.UTC().Truncate(time.Second)
	switch {
	case !r.Until.After(at):
		note("Until", endPassed(at))
	case r.Until.After(at.Add(may.longest())):
		note("Until", "Choose a moment at most "+words.Duration(may.longest())+" from now. It is "+words.Moment(at)+" now.")
	}
	r.Description, problem = typedText(r.Description, MaxRequestDescription)
	note("Description", problem)
	if len(wrong.Fields) > 0 {
		return wrong
	}
	return nil
}

// chosen are the privileges that were asked for; view on the organization comes by itself.
func (r AccessRequest) chosen() map[access.DomainKey]access.Level {
	chosen := map[access.DomainKey]access.Level{}
	for d, l := range r.Privileges {
		if l != access.LevelNone {
			chosen[d] = l
		}
	}
	return chosen
}

// typedText is a text of several lines as it is stored, and what is wrong with it.
func typedText(typed string, longest int) (text, problem string) {
	if !utf8.ValidString(typed) {
		return "", "This is not valid text. Type it again."
	}
	text = strings.TrimSpace(norm.NFC.String(strings.ReplaceAll(typed, "\r\n", "\n")))
	switch {
	case utf8.RuneCountInString(text) > longest:
		return text, words.TooMany(words.Characters, longest, utf8.RuneCountInString(text))
	case strings.ContainsFunc(text, func(r rune) bool { return r != '\n' && files.Invisible(r) }):
		return text, "Remove invisible characters."
	}
	return text, ""
}

// justificationProblem says what each of the categories misses in a justification.
func (a allowance) justificationProblem(text string) string {
	if text == "" {
		return "Say why you need this. The organization’s administrators read it."
	}
	for _, c := range a.categories {
		if n := utf8.RuneCountInString(text); n < c.MinLength {
			return words.TooFew(words.Characters, c.MinLength, n)
		}
		pattern, err := regexp.Compile(c.Pattern)
		if err != nil || !pattern.MatchString(text) {
			return HintOf(c)
		}
	}
	return ""
}

// grantRequest stores the access with its privileges and tells those who want to know.
func (c *Console) grantRequest(ctx context.Context, tx *Tx, s Supporter, may allowance, r AccessRequest) (models.TemporaryAccess, error) {
	a := models.TemporaryAccess{
		Resource: tx.newResource(access.TemporaryAccessDomain, newAccessKey(), s.Name), PersonID: s.PersonID, Email: s.Email,
		Categories: may.keys(), CategoryName: may.name(), Justification: r.Justification, Description: r.Description,
		Address: r.Address, RequestedAt: tx.At, ExpiresAt: r.Until,
	}
	if err := tx.CreateTemporaryAccess(ctx, &a); err != nil {
		return models.TemporaryAccess{}, err
	}
	set := access.PrivilegeSet{access.OrganizationDomain: {Level: access.LevelView}}
	for d, l := range r.chosen() {
		set[d] = access.Privilege{Level: l}
	}
	if err := tx.ReplacePrivileges(ctx, a.Grantee().ID, nil, set, tx.At); err != nil {
		return models.TemporaryAccess{}, err
	}
	tx.record(models.OpTemporaryAccessRequested, about(a.Resource), nil, c.accessState(a, set))
	if err := tx.tellSubscribers(ctx, MailAccessRequested, a); err != nil {
		return models.TemporaryAccess{}, err
	}
	return a, nil
}

// newAccessKey is one that nobody can guess and that is never used again: links in mails lead to it for good.
func newAccessKey() string { return strings.ToLower(rand.Text()[:12]) }

// accessGiven is what an activity keeps of a temporary access.
type accessGiven struct {
	Name          string               `json:"name"`
	Email         string               `json:"email,omitempty"`
	Category      string               `json:"category"`
	Justification string               `json:"justification"`
	Description   string               `json:"description,omitempty"`
	Expires       string               `json:"expires"`
	Privileges    map[string]heldState `json:"privileges"`
}

func (a accessGiven) held() map[string]heldState { return a.Privileges }

func (c *Console) accessState(a models.TemporaryAccess, set access.PrivilegeSet) accessGiven {
	return accessGiven{a.Name, a.Email, a.CategoryName, a.Justification, a.Description, moment(&a.ExpiresAt), c.heldStates(set)}
}

// OwnRequests is one page of what somebody of the personnel asked for, in all organizations, the newest first. Page.Query
// looks in the names of organizations.
func (c *Console) OwnRequests(ctx context.Context, who Session, page models.Page) (models.Listing[models.OwnAccess], error) {
	if _, err := c.Supporter(ctx, who); err != nil {
		return models.Listing[models.OwnAccess]{}, err
	}
	return c.store.AccessesOf(ctx, who.Person.ID, page)
}

// EndOwnRequest gives an access back before its end. The session that does so goes on; all others that entered through the
// access end. One of somebody else is ErrNotFound, one that has ended ErrAccessEnded.
func (c *Console) EndOwnRequest(ctx context.Context, who Session, organization, key, address string) (models.TemporaryAccess, error) {
	if _, err := c.Supporter(ctx, who); err != nil {
		return models.TemporaryAccess{}, err
	}
	o, err := c.store.OrganizationByKey(ctx, organization)
	if err != nil {
		return models.TemporaryAccess{}, err
	}
	by := Caller{Organization: o, Person: who.Person, Address: address, kind: kindSupporter}
	what := subject{Key: key, Name: by.Name()}
	var a models.TemporaryAccess
	err = c.open(ctx, door{by, models.OpTemporaryAccessEnded, what}, func(tx *Tx) error {
		var err error
		if a, err = tx.TemporaryAccess(ctx, key); err != nil {
			return err
		}
		if a.PersonID != who.Person.ID {
			return models.ErrNotFound
		}
		return tx.endAccess(ctx, a, models.AccessEnding{Outcome: models.AccessEnded, By: tx.By.Signature(), At: tx.At, Keep: who.ID})
	})
	if err != nil {
		return models.TemporaryAccess{}, err
	}
	return a, nil
}

// sortedDomains are the domains of a set in the catalogue's order.
func sortedDomains(c *access.Catalog, set access.PrivilegeSet) []*access.Domain {
	return slices.DeleteFunc(slices.Clone(c.Domains()), func(d *access.Domain) bool { return set[d.Key].Level == access.LevelNone })
}
