package services_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash/crc32"
	"log/slog"
	"regexp"
	"strings"
	"testing"

	"bailiwick/models"
	"bailiwick/services"
)

var secretForm = regexp.MustCompile(`^bwk_([a-z2-7]{10})_[a-z2-7]{52}[0-9A-Za-z]{6}$`)

// signed ends a text with its checksum, as an attacker could too.
func signed(text string) string {
	const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	sum, check := crc32.ChecksumIEEE([]byte(text)), ""
	for range 6 {
		check = string(digits[sum%62]) + check
		sum /= 62
	}
	return text + check
}

func TestSecretsHaveOneFormAndAreNeverTheSame(t *testing.T) {
	onKeyring(t, func(t *testing.T, k keyring) {
		seen := map[string]bool{}
		for i := range 20 {
			issued := k.add(t, services.APIKeyConfiguration{Name: fmt.Sprint("Key ", i)})
			parts := secretForm.FindStringSubmatch(issued.Secret)
			if parts == nil || parts[1] != issued.PublicID || signed(issued.Secret[:67]) != issued.Secret || seen[issued.Secret] {
				t.Fatalf("the secret of %s has another form, another checksum, or is somebody else’s", issued.PublicID)
			}
			seen[issued.Secret] = true
		}
	})
}

// Attack: read the database, the record or the log.
func TestSecretIsStoredAsAHashAlone(t *testing.T) {
	onKeyring(t, func(t *testing.T, k keyring) {
		ctx := context.Background()
		first := k.add(t, services.APIKeyConfiguration{Name: "Connector"})
		second := k.rotate(t, "connector", 30)
		copied, err := k.DuplicateAPIKey(ctx, k.as(t, "administrator"), "connector", services.APIKeyCopy{Once: k.NewFormToken(), Copy: services.Copy{Confirmed: true}})
		must(t, err)
		stored, err := k.store.In(first.OrganizationID).APIKey(ctx, "connector")
		must(t, err)
		sum := sha256.Sum256([]byte(second.Secret))
		if stored.SecretHash != hex.EncodeToString(sum[:]) || stored.LastFour != second.Secret[69:] || stored.PublicID != first.PublicID {
			t.Error("stored is something else than the hash, the last four characters and the public part")
		}
		page, err := k.store.In(first.OrganizationID).Activities(ctx, models.ActivityFilter{})
		must(t, err)
		var log strings.Builder
		slog.New(slog.NewJSONHandler(&log, nil)).Info("issued", "key", second)
		slog.New(slog.NewTextHandler(&log, nil)).Info("issued", "key", second)
		all := fmt.Sprintf("%+v %+v %+v %v %s %#v", stored, page, second, second, second, second) + log.String()
		for _, issued := range []services.IssuedKey{first, second, copied} {
			for _, part := range []string{issued.Secret, issued.Secret[15:67]} {
				if strings.Contains(all, part) {
					t.Errorf("a secret of %s can be read", issued.Key)
				}
			}
		}
	})
}

// Attack: guess, cut, mix and forge.
func TestOnlyTheWholeSecretOpens(t *testing.T) {
	onKeyring(t, func(t *testing.T, k keyring) {
		one, two := k.add(t, services.APIKeyConfiguration{Name: "One"}), k.add(t, services.APIKeyConfiguration{Name: "Two"})
		other := map[byte]string{'a': "b"}[one.Secret[20]]
		if other == "" {
			other = "a"
		}
		for what, secret := range map[string]string{
			"nothing":                       "",
			"the prefix":                    "bwk_",
			"the public part":               "bwk_" + one.PublicID,
			"one cut short":                 one.Secret[:72],
			"one too long":                  one.Secret + "a",
			"a blank behind":                one.Secret[:72] + " ",
			"upper case":                    strings.ToUpper(one.Secret),
			"a mistyped letter":             one.Secret[:20] + other + one.Secret[21:],
			"a mistyped letter, signed":     signed(one.Secret[:20] + other + one.Secret[21:67]),
			"somebody else’s, signed":       signed(one.Secret[:15] + two.Secret[15:67]),
			"an unknown public part":        signed("bwk_aaaaaaaaaa_" + one.Secret[15:67]),
			"an empty public part":          signed("bwk_\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00_" + one.Secret[15:67]),
			"no text":                       signed("bwk_\xff\xfe\xff\xfe\xff\xfe\xff\xfe\xff\xfe_" + one.Secret[15:67]),
			"the hash in place of a secret": one.SecretHash,
		} {
			k.wantAdmitted(t, what, secret, "192.0.2.1", services.ErrKeyUnknown)
		}
		k.wantAdmitted(t, "the secret itself", one.Secret, "192.0.2.1", nil)
	})
}
