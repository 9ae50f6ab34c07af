package services

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services/outbox"
	"bailiwick/words"
)

// The mails about temporary access. AboutID is the access.
const (
	MailAccessRequested = "access-requested"
	MailAccessEnded     = "access-ended"
)

// accessMail is what else a mail about an access needs.
type accessMail struct {
	Own bool `json:"own,omitempty"` // it goes to the person who has the access
}

// tellSubscribers queues a mail to each member who wants to be told. Whether they still may be is asked when it is sent.
func (tx *Tx) tellSubscribers(ctx context.Context, kind string, a models.TemporaryAccess) error {
	people, err := tx.Subscribers(ctx, models.SubscribedToRequests)
	if err != nil {
		return err
	}
	for _, p := range people {
		if err := tx.mail(ctx, models.Mail{Kind: kind, Recipient: p.Email, AboutID: int64(a.ID)}); err != nil {
			return err
		}
	}
	return nil
}

// lentAccess is a temporary access with all that mails say of it.
type lentAccess struct {
	models.TemporaryAccess
	organization models.Organization
	privileges   []string
}

// composeRequested writes the mail of a new request.
func (c *Console) composeRequested(ctx context.Context, m models.Mail) (Message, error) {
	a, err := c.accessOfMail(ctx, m)
	if err != nil {
		return Message{}, err
	}
	return Message{
		Subject: a.Name + " has temporary access to " + a.organization.Name,
		Paragraphs: []string{
			fmt.Sprintf("%s (%s, %s) asked for temporary access to %s and has it until %s.",
				a.Name, a.Email, a.CategoryName, a.organization.Name, words.Moment(a.ExpiresAt)),
			"Why: " + a.Justification,
			"Privileges: " + strings.Join(a.privileges, "; ") + ".",
		},
		LinkText: "Review the request", Path: a.path(),
		After: []string{"You can revoke it there at any time. You get this mail because you subscribed to new requests on the page Temporary access."},
	}, nil
}

// tellOfTaken tells subscribers of an access that was given back, where something was taken away from people under it: they
// are not told of it otherwise.
func (tx *Tx) tellOfTaken(ctx context.Context, a models.TemporaryAccess, e models.AccessEnding) error {
	a.EndedAt = &e.At
	taken, err := tx.console.takenAway(ctx, tx.Scope, a, 1)
	if err != nil || len(taken.Rows) == 0 {
		return err
	}
	return tx.tellSubscribers(ctx, MailAccessEnded, a)
}

// composeEnded writes the mail about an access that was revoked, has expired or was given back. What was taken away from
// people stands in it for those who may view activities, and they alone subscribe.
func (c *Console) composeEnded(ctx context.Context, m models.Mail) (Message, error) {
	a, err := c.accessOfMail(ctx, m)
	if err != nil {
		return Message{}, err
	}
	how := "has expired"
	switch a.Outcome {
	case models.AccessRevoked:
		how = "was revoked"
	case models.AccessEnded:
		how = "was given back"
	}
	says := Message{Subject: fmt.Sprintf("The temporary access of %s to %s %s", a.Name, a.organization.Name, how)}
	if !accessMailOf(m).Own {
		says.Paragraphs = []string{fmt.Sprintf("The temporary access of %s (%s, %s) to %s %s on %s%s.",
			a.Name, a.Email, a.CategoryName, a.organization.Name, how, words.Moment(a.End()), a.whose())}
		says.LinkText, says.Path = "Review the request", a.path()
		taken, err := c.takenAway(ctx, c.store.In(a.OrganizationID), a.TemporaryAccess, takenMailed)
		if err != nil {
			return Message{}, err
		}
		says.Paragraphs = append(says.Paragraphs, taken.paragraphs()...)
		return says, nil
	}
	says.Subject = fmt.Sprintf("Your temporary access to %s %s", a.organization.Name, how)
	says.Paragraphs = []string{fmt.Sprintf("Your temporary access to %s %s on %s%s. You had asked for it because: %s",
		a.organization.Name, how, words.Moment(a.End()), a.whose(), a.Justification)}
	return says, nil
}

// paragraphs list what was taken away; none where nothing was.
func (t TakenAway) paragraphs() []string {
	if len(t.Rows) == 0 {
		return nil
	}
	all := []string{"Taken away from people under it (" + t.Count() + "):"}
	for _, taken := range t.Rows {
		all = append(all, "– "+taken.Text)
	}
	if rest := t.Rest(); rest != "" {
		all = append(all, "– and "+rest+" more: see the activities of that time.")
	}
	return all
}

// accessOfMail reads what a mail is about, as things are when it is sent. Anyone who may not be told any more is sent nothing.
func (c *Console) accessOfMail(ctx context.Context, m models.Mail) (lentAccess, error) {
	found, err := c.store.TemporaryAccessByID(ctx, access.GranteeID(m.AboutID))
	if err != nil {
		return lentAccess{}, gone(err)
	}
	scope := c.store.In(found.OrganizationID)
	organization, err := scope.Organization(ctx)
	if err != nil {
		return lentAccess{}, gone(err)
	}
	told := accessMailOf(m).Own
	if !told {
		if told, err = c.mayBeTold(ctx, scope, m.Recipient); err != nil {
			return lentAccess{}, err
		}
	}
	if !told {
		return lentAccess{}, outbox.ErrObsolete
	}
	set, err := scope.AccessPrivileges(ctx, found.Grantee().ID)
	if err != nil {
		return lentAccess{}, err
	}
	a := lentAccess{TemporaryAccess: found, organization: organization}
	for _, d := range sortedDomains(c.catalog, set) {
		a.privileges = append(a.privileges, words.PrivilegeOn(d, set[d.Key]))
	}
	return a, nil
}

// gone is outbox.ErrObsolete for what is no more.
func gone(err error) error {
	if errors.Is(err, models.ErrNotFound) {
		return outbox.ErrObsolete
	}
	return err
}

// mayBeTold tells whether somebody is a member who subscribed and may still view activities.
func (c *Console) mayBeTold(ctx context.Context, scope *models.Scope, email string) (bool, error) {
	person, err := c.store.PersonByEmail(ctx, email)
	if errors.Is(err, models.ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	by := Caller{Person: person}
	if err := c.resolve(ctx, scope, &by); err != nil {
		return false, err
	}
	if !by.Enters() || !maySubscribe(by) {
		return false, nil
	}
	return scope.Subscribed(ctx, person.ID, models.SubscribedToRequests)
}

func accessMailOf(m models.Mail) accessMail {
	var data accessMail
	_ = json.Unmarshal([]byte(m.Data), &data) // "" is nothing
	return data
}

// path is where administrators review the access.
func (a lentAccess) path() string {
	return "/o/" + a.organization.Key + "/temporary-access/" + a.Key
}

// whose says who ended the access; "" for the clock.
func (a lentAccess) whose() string {
	if a.EndedBy == "" {
		return ""
	}
	return ", by " + a.EndedBy
}
