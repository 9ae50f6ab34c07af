package credential

import (
	"fmt"
	"strings"
	"testing"
)

func TestAFileOfKeysIsReadLineByLine(t *testing.T) {
	key := NewSecretKey()
	keys, err := ParseSecretKeys([]byte("# present\n\n" + key.Line() + "\r\n" + NewSecretKey().Line()))
	if err != nil || len(keys) != 2 || keys[0].ID() != key.ID() {
		t.Errorf("read %v, %v", keys, err)
	}
	if shown := fmt.Sprintf("%v %+v %s %d", key, key, key, key); strings.Contains(shown, key.Line()) || !strings.Contains(shown, key.ID()) {
		t.Errorf("printed as %s", shown)
	}
	for _, text := range []string{"", "# nothing\n", "short\n", key.Line()[:40], key.Line() + "\nPASSWORD\n"} {
		if keys, err := ParseSecretKeys([]byte(text)); err == nil || strings.Contains(err.Error(), "PASSWORD") {
			t.Errorf("%q gives %v, %v", text, keys, err)
		}
	}
}
