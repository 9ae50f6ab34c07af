package words

// The nouns of the console. Those of a domain's things come from the catalogue: see Things.
var (
	Actions     = Regular("action")
	Addresses   = Regular("address")
	APIKeys     = Regular("API key")
	Changes     = Regular("change")
	Characters  = Regular("character")
	Days        = Regular("day")
	Domains     = Regular("domain")
	Groups      = Regular("group")
	Hours       = Regular("hour")
	Invitations = Regular("invitation")
	Lines       = Regular("line")
	Links       = Regular("link")
	Mails       = Regular("mail")
	Members     = Regular("member")
	Memberships = Regular("membership")
	Minutes     = Regular("minute")
	Pages       = Regular("page")
	People      = Noun{"person", "people"}
	Privileges  = Regular("privilege")
	Requests    = Regular("request")
	Rows        = Regular("row")
	Seconds     = Regular("second")
	Secrets     = Regular("secret")
	Sessions    = Regular("session")
)
