package services

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"bailiwick/models"
	"bailiwick/services/files"
)

// renaming is what a file does to the addresses of members, whom it names by the one before as well.
type renaming struct {
	former  map[string]string // the addresses before, by the new ones: those that change
	refused map[string]string // why an address can't change, by the new one
	notes   []string
}

// renamings finds the members who get another address and gives it to them in the inventory, so that all else of the file is compared
// with who they are. Whoever applies files runs the installation and says that it is the same person: no link proves it. But the
// operator's file and other organizations name people by their addresses as well (R26), so these change there, or by the person.
func renamings(ctx context.Context, v *view, listed []files.Member, inv *inventory) (renaming, error) {
	r := renaming{former: map[string]string{}, refused: map[string]string{}}
	for _, m := range listed {
		if m.Was == "" {
			continue
		}
		_, before := inv.members[m.Was]
		_, after := inv.members[m.Email]
		switch {
		case before && after:
			r.refused[m.Email] = fmt.Sprintf("%s and %s are two members: remove one of them first, or leave was out", m.Was, m.Email)
		case before:
			r.former[m.Email] = m.Was
			r.notes = append(r.notes, doubtNotes(m.Email)...)
		case !after:
			r.notes = append(r.notes, fmt.Sprintf("%s is no member, so %s is added as somebody new", m.Was, m.Email))
		}
	}
	if len(r.former) == 0 {
		return r, nil
	}
	if err := r.judge(ctx, v, inv); err != nil {
		return renaming{}, err
	}
	inv.rename(r.former)
	return r, nil
}

// judge says which of the addresses can't change. The people stay locked, so that it is still so when they do. The inventory was read
// before: somebody may have got another address until they were locked.
func (r *renaming) judge(ctx context.Context, v *view, inv *inventory) error {
	people := map[models.PersonID]string{} // who gets which address
	for email, before := range r.former {
		people[inv.members[before].PersonID] = email
	}
	ids, emails := slices.Sorted(maps.Keys(people)), slices.Sorted(maps.Keys(r.former))
	if err := v.Store().LockPeople(ctx, ids); err != nil {
		return err
	}
	filed, err := v.Store().FiledOf(ctx, ids)
	if err != nil {
		return err
	}
	elsewhere, err := v.ElsewhereOf(ctx, ids, v.At)
	if err != nil {
		return err
	}
	taken, err := v.Store().PeopleByEmails(ctx, emails)
	if err != nil {
		return err
	}
	seated, err := v.Seated(ctx, emails, v.At)
	if err != nil {
		return err
	}
	for email, seat := range seated {
		if seat.Taken {
			r.refused[email] = fmt.Sprintf("%s is invited already: revoke the invitation first", email)
		}
	}
	for _, p := range taken {
		r.refused[p.Email] = fmt.Sprintf("%s is the address of another person", p.Email)
	}
	for _, id := range elsewhere {
		r.refused[people[id]] = fmt.Sprintf("%s is in another organization as well, so only they change their address, on their profile", r.former[people[id]])
	}
	for _, id := range filed {
		r.refused[people[id]] = fmt.Sprintf("the operator’s file names %s: change the address there", r.former[people[id]])
	}
	return r.refuseMoved(ctx, v, people)
}

// refuseMoved refuses for the locked people who no longer have the address by which the file names them.
func (r *renaming) refuseMoved(ctx context.Context, v *view, people map[models.PersonID]string) error {
	still, err := v.Store().PeopleByEmails(ctx, slices.Sorted(maps.Values(r.former)))
	if err != nil {
		return err
	}
	for _, p := range still {
		delete(people, p.ID)
	}
	for _, email := range people {
		r.refused[email] = fmt.Sprintf("the address of %s has just changed: look at the member, and apply the file again", r.former[email])
	}
	return nil
}

// move makes a set of addresses that are stored one of those that the file has.
func (r *renaming) move(emails map[string]bool) {
	for email, before := range r.former {
		if emails[before] {
			delete(emails, before)
			emails[email] = true
		}
	}
}

// rename gives members their new addresses, by the addresses before, and what they own too.
func (inv *inventory) rename(former map[string]string) {
	renamed := make(map[string]string, len(former))
	for email, before := range former {
		m := inv.members[before]
		m.Email = email
		inv.members[email], inv.ending[email] = m, inv.ending[before]
		delete(inv.members, before)
		delete(inv.ending, before)
		renamed[before] = email
	}
	for _, things := range inv.resources {
		for key, r := range things {
			if email, owner := renamed[r.OwnerEmail]; owner {
				r.OwnerEmail = email
				things[key] = r
			}
		}
	}
}

// putAddresses gives members their new addresses: they stay who they are, with password and second factor, and sign in anew. A change
// that is under way ends by it.
func (a *applier) putAddresses(ctx context.Context, r renaming) error {
	for _, email := range slices.Sorted(maps.Keys(r.former)) {
		if err := a.putAddress(ctx, a.inventory.members[email], r.former[email]); err != nil {
			return fmt.Errorf("give %s the address %s: %w", r.former[email], email, err)
		}
	}
	return nil
}

func (a *applier) putAddress(ctx context.Context, m models.Member, before string) error {
	under, err := a.Store().AddressChangeOf(ctx, m.PersonID)
	if err == nil {
		if err = a.Store().EndAddressChange(ctx, under.ID, models.AddressWithdrawn, a.At); err != nil {
			return err
		}
		a.record(models.OpMemberAddressWithdrawn, subject{Key: before, Name: m.Name}, addressState{under.Email}, nil)
	} else if !errors.Is(err, models.ErrNotFound) {
		return err
	}
	organization := a.ID()
	// The row needs a person as proposer, and an operator is none: ProposerID is the member's own, and the name says who it was.
	change := models.AddressChange{PersonID: m.PersonID, OrganizationID: &organization, ProposerID: m.PersonID, ProposerName: a.By.Signature(),
		EmailBefore: before, Email: m.Email, CreatedAt: a.At, DueAt: a.At, ExpiresAt: a.At}
	if err := a.Store().CreateAddressChange(ctx, &change); err != nil {
		return err
	}
	if err := a.Store().EndAddressChange(ctx, change.ID, models.AddressChanged, a.At); err != nil {
		return err
	}
	if _, err := a.console.giveAddress(ctx, a.Store(), change); err != nil {
		return err
	}
	a.record(models.OpMemberAddressChanged, subject{Key: m.Email, Name: m.Name}, addressState{before}, addressState{m.Email})
	return nil
}
