package services

import (
	"errors"
	"time"
)

// AccessLongest is how long temporary access can last at most.
const AccessLongest = 14 * 24 * time.Hour

// TemporaryAccessKept is how long a temporary access stays in the list after its end (seed 000, step 8). Its activities
// stay for good.
const TemporaryAccessKept = 180 * 24 * time.Hour

// What keeps personnel from asking for access, or anybody from ending one.
var (
	ErrSupportOff  = errors.New("the organization has switched support access off")
	ErrMember      = errors.New("members of an organization ask its administrators, not for temporary access")
	ErrClockBack   = errors.New("the clock of the server has gone back: temporary access can’t be measured")
	ErrAccessEnded = errors.New("the temporary access has already ended")
)
