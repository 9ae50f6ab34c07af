package services

// Confirmation is something that is more than it looks, and that anyone who does it has to confirm.
type Confirmation int

// What has to be confirmed.
const (
	ConfirmAdministrators Confirmation = iota // somebody becomes an administrator
	ConfirmUnproven                           // somebody is added whom an account lets in that proves nothing (R19)
	ConfirmLeave                              // somebody loses their last group, and leaves the organization (R16)
	ConfirmSecondFactor                       // sessions without a second factor are shut out, perhaps that of the caller
	ConfirmSupportOff                         // temporary accesses that run end
	ConfirmLockOut                            // the caller loses what they could not give back to themselves
)

func (c Confirmation) String() string {
	return [...]string{"a new administrator", "a member without proof", "leaving", "the second factor", "ending support access", "a lock-out"}[c]
}

// NeedsConfirmation says that nothing was changed, and what has to be confirmed first.
type NeedsConfirmation struct {
	Of Confirmation
}

func (e NeedsConfirmation) Error() string { return "needs confirmation: " + e.Of.String() }
