package services

import (
	"context"

	"bailiwick/models"
)

// Seats are those of an organization. A member takes one, and so does an address that is invited and no member's.
type Seats struct {
	All     int
	Members int
	Invited int // addresses
	Free    int
	Taken   int // by both; more than All where the operator left fewer seats than there were people
}

// TooFew is how many seats are missing; 0 where all have one.
func (s Seats) TooFew() int { return max(0, s.Taken-s.All) }

// seats is the one place that counts them: what is refused and what pages show agree.
func (v *view) seats(ctx context.Context, o models.Organization) (Seats, error) {
	invited, err := v.CountInvited(ctx, v.At)
	if err != nil {
		return Seats{}, err
	}
	taken := o.Members + invited
	return Seats{All: o.Seats, Members: o.Members, Invited: invited, Taken: taken, Free: max(0, o.Seats-taken)}, nil
}
