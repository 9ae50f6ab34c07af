// Package credential makes and checks what people and applications prove who they are with: passwords and their hashes,
// codes of a second factor, recovery codes, secrets of API keys, tokens in links and cookies, and the key that secrets are
// encrypted with. It stores nothing and knows nobody.
package credential
