package services

import (
	"bailiwick/models"
	"bailiwick/services/credential"
)

// PasswordMinimumOf is how many characters a password of the person has at least.
func PasswordMinimumOf(person models.Person) int {
	if person.TOTPSecret != "" {
		return credential.PasswordMinimumBeside
	}
	return credential.PasswordMinimum
}
