package services

import (
	"context"
	"errors"
	"net/netip"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services/credential"
)

// Why a request with an API key is refused. Only who has the whole secret learns more than ErrKeyUnknown.
var (
	ErrKeyUnknown  = errors.New("no API key has this secret")
	ErrKeyDisabled = errors.New("the API key is deactivated")
	ErrKeyExpired  = errors.New("the API key has expired")
	ErrKeyAddress  = errors.New("the API key does not accept this address")
)

// Application is what uses an API key. The zero Application may nothing.
type Application struct {
	Organization models.Organization
	Key          access.Grantee
	Rights       access.Rights // without rows of editor lists; use cases add those of the resources in question
	Address      string
}

// AuthenticateKey finds out what an application may do that sends a secret from an address, as of now. The checksum is
// looked at first, the database then by the readable part, and the hash is compared in constant time; then status, end
// and addresses are judged (R11, R12). The use is noted without a write of its own.
func (c *Console) AuthenticateKey(ctx context.Context, secret, address string) (Application, error) {
	id, ok := credential.PublicIDOf(secret)
	if !ok {
		return Application{}, ErrKeyUnknown
	}
	k, err := c.store.APIKeyByPublicID(ctx, id)
	if errors.Is(err, models.ErrNotFound) {
		return Application{}, ErrKeyUnknown
	}
	if err != nil {
		return Application{}, err
	}
	if err := c.admits(k, secret, address); err != nil {
		return Application{}, err
	}
	scope := c.store.In(k.OrganizationID)
	o, err := scope.Organization(ctx)
	if err != nil {
		return Application{}, err
	}
	rights, err := c.rightsOfKey(ctx, scope, k)
	if err != nil {
		return Application{}, err
	}
	c.keyUses.note(access.GranteeID(k.ID), c.now())
	return Application{Organization: o, Key: k.Grantee(), Rights: rights, Address: address}, nil
}

func (c *Console) admits(k models.APIKey, secret, address string) error {
	at := c.now()
	switch {
	case !opens(k, secret, at):
		return ErrKeyUnknown
	case !k.Enabled:
		return ErrKeyDisabled
	case k.Status(at) == models.KeyExpired:
		return ErrKeyExpired
	case !acceptsAddress(k, address):
		return ErrKeyAddress
	}
	return nil
}

// rightsOfKey are those of a key alone (R2), as far as its template lets it hold them (R11).
func (c *Console) rightsOfKey(ctx context.Context, scope *models.Scope, k models.APIKey) (access.Rights, error) {
	at := c.now()
	grants, err := scope.GrantsOfGrantee(ctx, access.GranteeID(k.ID), at)
	if err != nil {
		return access.Rights{}, err
	}
	return access.Resolve(c.catalog, permitted(c.catalog, c.catalog.Template(k.Template), grants), nil, at), nil
}

// permitted are the grants as a key of the template has them, whatever is stored.
func permitted(catalog *access.Catalog, template *access.KeyTemplate, grants []access.Grant) []access.Grant {
	var kept []access.Grant
	for _, g := range grants {
		if d := catalog.Domain(g.Domain); d != nil {
			g.Level, g.CanCreate = template.Holds(d, g.Level, g.CanCreate)
		}
		kept = append(kept, g)
	}
	return kept
}

// acceptsAddress tells whether a key may be used from an address: denied wins over allowed, and without an allowed one
// everybody else may come. An address that can't be read is in no list, so a key with a list refuses it.
func acceptsAddress(k models.APIKey, address string) bool {
	if len(k.Allow) == 0 && len(k.Deny) == 0 {
		return true
	}
	from, err := netip.ParseAddr(address)
	if err != nil {
		return false
	}
	from = from.Unmap().WithZone("")
	return !within(from, k.Deny) && (len(k.Allow) == 0 || within(from, k.Allow))
}

// within tells whether the address is in one of the networks, which are in canonical form.
func within(from netip.Addr, networks []string) bool {
	for _, text := range networks {
		if network, err := netip.ParsePrefix(text); err == nil && network.Contains(from) {
			return true
		}
		if one, err := netip.ParseAddr(text); err == nil && one == from {
			return true
		}
	}
	return false
}
