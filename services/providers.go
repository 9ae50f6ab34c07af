package services

// Provider is the way in which somebody proves who they are. An invitation names the one that its person has to use, and
// a member enters the organization with the one that they joined with (seed 002).
type Provider string

// The local accounts, and the choice of any provider that is offered, which binds when somebody joins with one.
const (
	ProviderPassword  Provider = "password"
	ProviderEmailLink Provider = "email-link"
	ProviderAny       Provider = "any"
)

var providerNames = map[Provider]string{
	ProviderPassword:  "Email and password",
	ProviderEmailLink: "Email link",
	ProviderAny:       "Any listed",
}

// Providers are those that an invitation can name, in the order in which they are offered.
func Providers() []Provider { return []Provider{ProviderPassword, ProviderEmailLink, ProviderAny} }

// Name is how people call the provider; of one that nobody knows it is its key.
func (p Provider) Name() string {
	if name, known := providerNames[p]; known {
		return name
	}
	return string(p)
}

// Known tells whether an invitation can name the provider.
func (p Provider) Known() bool { return providerNames[p] != "" }

// Admits tells whether somebody who proved who they are in the way of with may come in where p is asked for.
func (p Provider) Admits(with Provider) bool { return p == ProviderAny || p == with }
