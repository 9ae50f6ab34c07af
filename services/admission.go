package services

import (
	"bailiwick/models"
)

// WrongProvider says that a member entered the organization with another provider than this session began with, whatever
// their rights. The person signs in anew.
type WrongProvider struct {
	Organization models.Organization
	Wanted       Provider
}

func (e WrongProvider) Error() string { return "needs a session that began with " + string(e.Wanted) }

// SecondFactorMissing says that the organization asks for a second factor, which the session lacks. The person sets one up.
type SecondFactorMissing struct {
	Organization models.Organization
}

func (SecondFactorMissing) Error() string { return "needs a session with a second factor" }

// Suspended says that the member is suspended in the organization: nothing of it opens, whatever their groups hold (R23).
type Suspended struct {
	Organization models.Organization
}

func (Suspended) Error() string { return "the member is suspended" }

// SessionEnded says that somebody of the organization has ended the session there. The person signs in anew.
type SessionEnded struct {
	Organization models.Organization
}

func (SessionEnded) Error() string { return "the session was ended in the organization" }

// letsIn tells whether the session of a member, or of somebody with temporary access, opens the organization at all, ahead
// of what they may do in it. Only members are bound to a provider.
func letsIn(who Session, entry models.Entry) error {
	if wanted := Provider(entry.Provider); wanted != "" && !wanted.Admits(who.Provider) {
		return WrongProvider{entry.Organization, wanted}
	}
	if entry.RequireSecondFactor && !who.SecondFactor {
		return SecondFactorMissing{entry.Organization}
	}
	return nil
}
