package handlers

import (
	"bailiwick/services"
	"bailiwick/words"
)

// seatsTaken says how many seats are taken, wherever that is said under the word Seats.
func seatsTaken(s services.Seats) string {
	return words.Number(s.Taken) + " of " + words.Number(s.All) + " taken"
}

// seatsBy says who takes them.
func seatsBy(s services.Seats) string {
	return words.Members.Count(s.Members) + " and " + words.InvitedPeople.Count(s.Invited)
}
