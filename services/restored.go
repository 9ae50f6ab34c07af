package services

import (
	"context"
	"errors"
	"fmt"

	"bailiwick/models"
	"bailiwick/services/files"
	"bailiwick/words"
)

// HeldMail is why a mail of a backup is not sent before somebody decides. The Mail page shows it.
const HeldMail = "held back since a backup was restored: it may have been sent before"

// Restored is what CheckRestored ended and found, organization by organization.
type Restored struct {
	Sessions, Links int           // that ended
	Dropped         []models.Mail // about accounts: given up
	Vendor          RestoredVendor
	Organizations   []RestoredOrganization
}

// RestoredOrganization is what was found in one.
type RestoredOrganization struct {
	models.Organization
	Links    int           // to pending invitations, that ended
	Held     []models.Mail // that wait for somebody's decision
	Compared bool          // with a newer file
	Back     []string      // what the newer file no longer has, in words
	Notes    []string      // what no file can tell
}

// Differs tells whether anything came back that a newer file no longer has.
func (r Restored) Differs() bool {
	if len(r.Vendor.Back) > 0 {
		return true
	}
	for _, o := range r.Organizations {
		if len(o.Back) > 0 {
			return true
		}
	}
	return false
}

// CheckRestored makes a restored backup safe to serve, before anybody is served: every session and every link that was not
// used ends, and mails that wait are held. Pending invitations stay and are named; their links end. Organizations and the
// operator's file are compared with newer files. Doing it again changes nothing more; an error says what
// had ended before it. It is for the command line. A file of an organization that is
// not there is NotThere.
func (c *Console) CheckRestored(ctx context.Context, newer Newer) (Restored, error) {
	organizations, err := c.store.Organizations(ctx)
	if err != nil {
		return Restored{}, err
	}
	for key := range newer.Organizations {
		if _, err := c.namedOrganization(ctx, key); err != nil {
			return Restored{}, err
		}
	}
	var found Restored
	if err := c.endRestored(ctx, &found); err != nil {
		return Restored{}, err
	}
	if found.Vendor, err = c.compareVendor(ctx, newer.Operator); err != nil {
		return Restored{}, found.before(fmt.Errorf("operator’s file: %w", err))
	}
	for _, o := range organizations {
		one, err := c.checkRestored(ctx, o, newer.Organizations[o.Key], found.Sessions+found.Links > 0)
		if err != nil {
			return Restored{}, found.before(fmt.Errorf("organization %q: %w", o.Key, err))
		}
		found.Organizations = append(found.Organizations, one)
	}
	return found, nil
}

// before says what had ended before the error: it stays ended, and checking again does not tell of it any more.
func (r Restored) before(err error) error {
	links := r.Links
	for _, o := range r.Organizations {
		links += o.Links
	}
	if r.Sessions+links == 0 {
		return err
	}
	return fmt.Errorf("%s and %s have ended, but the check is not done: %w", words.Noun{One: "session", Many: "sessions"}.Count(r.Sessions),
		words.Noun{One: "link", Many: "links"}.Count(links), err)
}

// endRestored ends what belongs to no organization.
func (c *Console) endRestored(ctx context.Context, found *Restored) error {
	return c.store.Tx(ctx, func(tx *models.Store) error {
		var err error
		if found.Sessions, err = tx.EndEverySession(ctx); err != nil {
			return err
		}
		if found.Links, err = tx.EndEveryLink(ctx, c.now()); err != nil {
			return err
		}
		if found.Dropped, err = tx.DropAccountMails(ctx, c.now()); err != nil {
			return err
		}
		if found.Sessions+found.Links+len(found.Dropped) == 0 {
			return nil
		}
		return tx.AppendGlobal(ctx, []models.Activity{{At: c.now(), ActorKind: "operator", ActorName: "Operator",
			Operation: models.OpOperatorRestoreChecked, Outcome: models.OutcomeDone}})
	})
}

// checkRestored ends and holds what belongs to one organization, records it where that was anything, and compares.
func (c *Console) checkRestored(ctx context.Context, o models.Organization, newer *files.Organization, ended bool) (RestoredOrganization, error) {
	one := RestoredOrganization{Organization: o, Compared: newer != nil}
	what := aboutOrganization(o)
	err := c.change(ctx, c.Operator(o), models.OpOrganizationRestoreChecked, what, func(tx *Tx) error {
		held, err := tx.HoldMails(ctx, HeldMail)
		if err != nil {
			return err
		}
		if one.Links, err = tx.EndInvitationLinks(ctx); err != nil {
			return err
		}
		if one.Held, err = tx.MailsFailedFor(ctx, HeldMail); err != nil {
			return err
		}
		if err := c.compareRestored(ctx, tx.view, newer, &one); err != nil {
			return err
		}
		if !ended && held+one.Links == 0 {
			return errNotKept
		}
		tx.record(models.OpOrganizationRestoreChecked, what, nil, nil)
		return nil
	})
	if err != nil && !errors.Is(err, errNotKept) {
		return RestoredOrganization{}, err
	}
	return one, nil
}

// compareRestored finds what came back.
func (c *Console) compareRestored(ctx context.Context, v *view, newer *files.Organization, one *RestoredOrganization) error {
	inv, err := c.takeInventory(ctx, v.Scope)
	if err != nil {
		return err
	}
	if newer != nil {
		one.Back = regained(inv.file(), newer, v.At)
	}
	active, err := activeAccesses(ctx, v)
	if err != nil {
		return err
	}
	one.Back = append(one.Back, active...)
	one.Notes, err = c.restoredNotes(ctx, v, len(inv.apiKeys))
	return err
}
