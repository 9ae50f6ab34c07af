package services_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"time"

	"github.com/pquerna/otp/totp"

	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/services/credential"
	"bailiwick/services/files"
)

// accounts is what the administrator does to their own account, and to how everybody signs in.
func (l *life) accounts(ctx context.Context) {
	l.Helper()
	const link, later = "the secret of a link", passphrase + " still"
	id := sha256.Sum256([]byte(link))
	must(l, l.store.CreateOneTimeLink(ctx, &models.OneTimeLink{ID: hex.EncodeToString(id[:]), Kind: models.LinkPassword, PersonID: l.admin.Person.ID,
		CreatedAt: l.clock.Now(), ExpiresAt: l.clock.Now().Add(time.Minute)}))
	must(l, l.c.ResetPassword(ctx, link, services.NewPassword{Password: later, Again: later}, "192.0.2.1"))
	session := signedIn(l.T, l.c, later)
	renewed, err := l.c.ChangePassword(ctx, session, services.PasswordChange{Present: later,
		NewPassword: services.NewPassword{Password: passphrase, Again: passphrase}, Address: "192.0.2.1"})
	must(l, err)
	session, err = l.c.Session(ctx, renewed.Session)
	must(l, err)
	first, secret := l.turnOn(ctx, session)
	codes, err := l.c.RenewRecoveryCodes(ctx, first, secret[1], "192.0.2.1")
	must(l, err)
	renewed, err = l.c.TurnOffSecondFactor(ctx, first, codes[0], "192.0.2.1", "")
	must(l, err)
	session, err = l.c.Session(ctx, renewed.Session)
	must(l, err)
	l.turnOn(ctx, session)
	_, err = l.c.ResetSecondFactor(ctx, "acme", administrator, false)
	must(l, err)
	must(l, l.c.RequireSecondFactor(ctx, l.admin, true, true))
	must(l, l.c.RequireSecondFactor(ctx, l.admin, false, true))
	l.secrets = append(append(l.secrets, link, later), codes...)
}

// addresses proposes other addresses for a member, until one comes about.
func (l *life) addresses(ctx context.Context) {
	l.Helper()
	mailing := services.New(services.Config{Store: l.store, Catalog: files.DefaultCatalog(), Now: l.clock.Now, MailFrom: "console@example.com",
		PasswordCost: credential.Cost{Memory: 64, Time: 1}, SecretKeys: oneKey()})
	scope := l.store.In(l.admin.Organization.ID)
	all, err := scope.AllMembers(ctx)
	must(l, err)
	lead := all[slices.IndexFunc(all, func(m models.Member) bool { return m.PersonID != l.admin.Person.ID && !m.Suspended() })]
	propose := func(objects bool) string {
		change, err := mailing.ProposeAddress(ctx, l.admin, lead.ID, services.AddressProposal{Email: "first@example.com"})
		must(l, err)
		token := credential.NewToken()
		must(l, l.store.CreateAddressChangeLink(ctx, credential.Digest(token), change.ID, objects))
		l.secrets = append(l.secrets, token)
		return token
	}
	propose(false)
	must(l, mailing.WithdrawAddress(ctx, l.admin, lead.ID))
	_, err = mailing.ObjectToAddress(ctx, propose(true), "192.0.2.7")
	must(l, err)
	_, err = mailing.ProveAddress(ctx, services.Session{}, propose(false), "192.0.2.7")
	must(l, err)
	l.clock.Advance(services.ObjectionTime)
	must(l, mailing.EndAddressChanges(ctx))
	change, err := mailing.ProposeAddress(ctx, l.admin, lead.ID, services.AddressProposal{Email: "late@example.com"})
	must(l, err)
	l.clock.Set(change.ExpiresAt)
	must(l, mailing.EndAddressChanges(ctx))
	change, err = mailing.ProposeAddress(ctx, l.admin, lead.ID, services.AddressProposal{Email: "taken@example.com"})
	must(l, err)
	must(l, l.store.ProveAddressChange(ctx, change.ID, l.clock.Now()))
	must(l, l.store.CreatePerson(ctx, &models.Person{Email: "taken@example.com", CreatedAt: l.clock.Now()}))
	l.clock.Set(change.DueAt)
	must(l, mailing.EndAddressChanges(ctx))
}

// turnOn gives the person of a session a second factor and notes its secrets; the recovery codes are returned.
func (l *life) turnOn(ctx context.Context, session services.Session) (services.Session, []string) {
	l.Helper()
	key, err := l.c.NewSecondFactor(session.Person, "")
	must(l, err)
	code, err := totp.GenerateCode(key.Secret, l.clock.Now())
	must(l, err)
	renewed, err := l.c.TurnOnSecondFactor(ctx, session, services.FirstCode{Secret: key.Secret, Code: code, Password: passphrase, Address: "192.0.2.1"})
	must(l, err)
	session, err = l.c.Session(ctx, renewed.Session)
	must(l, err)
	l.secrets = append(append(l.secrets, key.Secret, renewed.Session), renewed.RecoveryCodes...)
	return session, renewed.RecoveryCodes
}
