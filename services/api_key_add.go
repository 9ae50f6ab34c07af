package services

import (
	"context"
	"time"

	"bailiwick/access"
	"bailiwick/models"
)

// NewAPIKey adds an API key.
type NewAPIKey struct {
	Once     string // the form's token, from NewFormToken
	Template string // key of a template of the catalogue
	APIKeyConfiguration
	Privileges NewPrivileges // where the template leaves them to be chosen
	Access     NewAccess
}

// TemplateOffer is a template with what keeps the caller from using it: one must hold all that it grants (R7, R11).
type TemplateOffer struct {
	access.KeyTemplate
	Beyond []access.Excess
}

// KeyTemplates are the templates that an API key can be made from, for who may add one.
func (c *Console) KeyTemplates(by Caller) ([]TemplateOffer, error) {
	if err := by.must(CreateAPIKey); err != nil {
		return nil, err
	}
	var offers []TemplateOffer
	for _, t := range c.catalog.Templates {
		missing, _ := access.Lacking(by.Rights.Beyond(c.catalog, t.Privileges, nil))
		offers = append(offers, TemplateOffer{t, missing})
	}
	return offers, nil
}

// AddAPIKey creates a key and returns it with its secret. What its template grants, or what is chosen, is granted by the
// caller (R7). Fields of errors are its own. A form that was sent before is ErrFormSent.
func (c *Console) AddAPIKey(ctx context.Context, by Caller, n NewAPIKey) (IssuedKey, error) {
	var issued IssuedKey
	err := c.change(ctx, by, models.OpAPIKeyCreated, subject{Name: n.Name}, func(tx *Tx) error {
		if err := tx.must(ctx, CreateAPIKey, 0); err != nil {
			return err
		}
		if err := tx.sendForm(ctx, n.Once); err != nil {
			return err
		}
		template := c.catalog.Template(n.Template)
		if template == nil {
			return invalid("Template", "Choose what the key is for.")
		}
		var err error
		issued, err = c.addAPIKey(ctx, tx, template, n)
		return err
	})
	if err != nil {
		return IssuedKey{}, err
	}
	return issued, nil
}

// addAPIKey makes the key, gives it what it holds, and says who may edit it.
func (c *Console) addAPIKey(ctx context.Context, tx *Tx, template *access.KeyTemplate, n NewAPIKey) (IssuedKey, error) {
	domain := c.catalog.Domain(access.APIKeysDomain)
	k := models.APIKey{Resource: tx.newResource(access.APIKeysDomain, "", ""), Template: template.Key, Enabled: true}
	if err := tx.fillKey(ctx, domain, &k, n.APIKeyConfiguration); err != nil {
		return IssuedKey{}, err
	}
	secret, err := c.createAPIKey(ctx, tx, &k)
	if err != nil {
		return IssuedKey{}, err
	}
	held, until, err := c.grantKey(ctx, tx, k, template, n.Privileges)
	if err != nil {
		return IssuedKey{}, err
	}
	if ends := endOrNil(until); outlasts(k.ExpiresAt, ends) {
		return IssuedKey{}, invalid("Expires", keyEndsSooner(until, tx.At))
	}
	given, err := c.giveAccessToNew(ctx, tx, domain, k.Resource, n.Access)
	if err != nil {
		return IssuedKey{}, err
	}
	tx.record(models.OpAPIKeyCreated, about(k.Resource), nil, wholeKey{keyState(k), c.heldStates(held), given})
	return IssuedKey{k, secret}, nil
}

// createAPIKey stores a new key under a free address with a new secret, which it returns.
func (c *Console) createAPIKey(ctx context.Context, tx *Tx, k *models.APIKey) (string, error) {
	key, err := tx.freeKey(ctx, c.catalog.Domain(access.APIKeysDomain), k.Name)
	if err != nil {
		return "", err
	}
	k.Key = key
	secret := issue(k, tx.At, 0)
	if err := tx.CreateAPIKey(ctx, k); err != nil {
		return "", err
	}
	return secret, nil
}

// grantKey gives a new key what its template grants, or what was chosen where the template leaves that open, and says until
// when the caller can give all of it; the zero time: for good.
func (c *Console) grantKey(ctx context.Context, tx *Tx, k models.APIKey, template *access.KeyTemplate, n NewPrivileges) (access.PrivilegeSet, time.Time, error) {
	if template.Chosen() {
		tab := privilegesOfKey(APIKeyDetail{k, template, tx.By.Rights})
		if err := c.giveNew(ctx, tx, &tab, n); err != nil {
			return nil, time.Time{}, err
		}
		return tab.after, tab.until, nil
	}
	missing, until := access.Lacking(tx.By.Rights.Beyond(c.catalog, template.Privileges, nil))
	if len(missing) > 0 {
		return nil, time.Time{}, TooHigh{missing}
	}
	set := tx.By.Rights.Bounded(c.catalog, template.Privileges, nil)
	if err := tx.ReplacePrivileges(ctx, access.GranteeID(k.ID), nil, set, tx.At); err != nil {
		return nil, time.Time{}, err
	}
	return set, until, nil
}

// DuplicateAPIKey copies a key under a new name with a new secret (R9), and returns the copy. It is enabled, and ends when
// the original does where that is within what a page accepts, and no later than the caller can give what it holds. A form that was
// sent before is ErrFormSent. LockOut where the caller could not edit the copy and did not confirm that.
func (c *Console) DuplicateAPIKey(ctx context.Context, by Caller, key string, as APIKeyCopy) (IssuedKey, error) {
	var issued IssuedKey
	err := c.change(ctx, by, models.OpAPIKeyDuplicated, subject{Key: key}, func(tx *Tx) error {
		if err := tx.must(ctx, ViewAPIKeys, 0); err != nil {
			return err
		}
		if err := tx.must(ctx, CreateAPIKey, 0); err != nil {
			return err
		}
		original, err := tx.APIKey(ctx, key)
		if err != nil {
			return err
		}
		if err := tx.sendForm(ctx, as.Once); err != nil {
			return err
		}
		set, err := c.setOfKey(ctx, tx.view, original)
		if err != nil {
			return err
		}
		if refused := tx.By.Rights.Duplicating(c.catalog, set); !refused.Allowed() {
			return NotDuplicable{refused}
		}
		issued, err = c.duplicateKey(ctx, tx, original, set, as)
		return err
	})
	if err != nil {
		return IssuedKey{}, err
	}
	return issued, nil
}

// duplicateKey makes the copy of a key that holds the set.
func (c *Console) duplicateKey(ctx context.Context, tx *Tx, original models.APIKey, set access.PrivilegeSet, as APIKeyCopy) (IssuedKey, error) {
	domain := c.catalog.Domain(access.APIKeysDomain)
	var wrong Invalid
	name, err := tx.nameOfCopy(ctx, domain, original.Name, as.Name)
	if err := wrong.add(err); err != nil {
		return IssuedKey{}, err
	}
	ends, err := tx.endChosen(original, set, as.Expires)
	if err := wrong.add(err); err != nil {
		return IssuedKey{}, err
	}
	if wrong.Fields = append(wrong.Fields, as.Unread...); len(wrong.Fields) > 0 {
		return IssuedKey{}, wrong
	}
	set = tx.By.Rights.Bounded(c.catalog, set, nil)
	k := models.APIKey{Resource: tx.newResource(access.APIKeysDomain, "", name), Template: original.Template,
		Description: original.Description, Enabled: true, ExpiresAt: &ends, Allow: original.Allow, Deny: original.Deny}
	secret, err := c.createAPIKey(ctx, tx, &k)
	if err != nil {
		return IssuedKey{}, err
	}
	if err := tx.ReplacePrivileges(ctx, access.GranteeID(k.ID), nil, set, tx.At); err != nil {
		return IssuedKey{}, err
	}
	given, err := c.giveAccessToNew(ctx, tx, domain, k.Resource, NewAccess{Confirmed: as.Confirmed})
	if err != nil {
		return IssuedKey{}, err
	}
	tx.record(models.OpAPIKeyDuplicated, about(k.Resource), state{Name: original.Name}, wholeKey{keyState(k), c.heldStates(set), given})
	return IssuedKey{k, secret}, nil
}

// endChosen is when the copy of a key that holds the set ends: on the day that was chosen, or as is proposed.
func (v *view) endChosen(original models.APIKey, set access.PrivilegeSet, chosen *time.Time) (time.Time, error) {
	proposed, until := v.endOfCopy(original, set)
	if chosen == nil || keepsEnd(&proposed, chosen) {
		return proposed, nil
	}
	ends, err := v.ending(&models.APIKey{}, APIKeyConfiguration{Expires: chosen})
	switch {
	case err != nil:
		return time.Time{}, err
	case outlasts(ends, endOrNil(until)):
		return time.Time{}, invalid("Expires", keyEndsSooner(until, v.At))
	}
	return *ends, nil
}

// endOfCopy is the end that is proposed for the copy of a key that holds the set: that of the original, or of a new key where that is
// over, too far ahead or never, and no later than the caller can give all of it, which is until; the zero time: for good.
func (v *view) endOfCopy(original models.APIKey, set access.PrivilegeSet) (proposed, until time.Time) {
	_, until = access.Lacking(v.By.Rights.Beyond(v.console.catalog, set, nil))
	proposed = ProposedEnd(v.At)
	if ends := original.ExpiresAt; ends != nil && ends.After(v.At) && !ends.After(v.At.AddDate(KeyYears, 0, 0)) {
		proposed = *ends
	}
	return *sooner(&proposed, endOrNil(until)), until
}

// ProposedEnd is when a key made at a moment ends, unless somebody says otherwise: at the end of a day.
func ProposedEnd(at time.Time) time.Time {
	return at.UTC().Truncate(24*time.Hour).AddDate(0, 0, KeyDays)
}
