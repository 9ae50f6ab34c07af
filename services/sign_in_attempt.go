package services

import (
	"net/netip"
	"strconv"

	"bailiwick/models"
	"bailiwick/services/credential"
)

// attempt is one try of what is counted, by account and by address: of a known browser, by its person and by itself. Where
// the address is not known, since a proxy hides it, address is "" and only the account counts: the proxy's own would be
// everybody's.
type attempt struct {
	account, address     string
	byAccount, byAddress quota
	over                 string          // counts those who pass although their address is over its limit; "": nobody does
	turn                 credential.Turn // in which the password is hashed
}

// attemptToProve is one at signing in with a password, by somebody in this browser. An account that does not exist has no
// known browsers, so its attempts are those of unknown ones.
func attemptToProve(email, address, browser string, account models.AccountID) attempt {
	if browser != "" {
		return attemptInKnown("sign-in", browser, account, flat(failuresOfKnown))
	}
	a := attempt{account: accountOf(email), byAccount: flat(freeFailures),
		address: fromAddress("", address), byAddress: flat(freeFromAddress), over: measure("over", "sign-in")}
	a.turn = credential.Turn{Rank: credential.Unknown, Of: a.address}
	if a.address == "" {
		a.turn.Of = a.account
	}
	return a
}

// attemptInKnown is one in a known browser: whatever others fail at elsewhere does not count.
func attemptInKnown(of, browser string, account models.AccountID, byPerson quota) attempt {
	return attempt{account: measure("known browsers "+of, numbered(account)), byAccount: byPerson,
		address: of + " in " + browser, byAddress: growing(freeFailures), turn: hashingTurn(account)}
}

// attemptAtCode is one at the second factor while signing in.
func attemptAtCode(browser string, account models.AccountID) attempt {
	if browser != "" {
		return attemptInKnown("code", browser, account, flat(failuresOfKnown))
	}
	return attemptOfOwner("code", account)
}

// attemptOfOwner is one by who is signed in already, or has given the first factor.
func attemptOfOwner(of string, account models.AccountID) attempt {
	return attempt{account: measure(of, numbered(account)), byAccount: growing(freeFailures), turn: hashingTurn(account)}
}

// attemptToMail is one at having a link of a kind mailed. Each kind is counted by itself: who asks for one in another's name
// leaves them the other, which may be the only one that lets them in.
func attemptToMail(kind, email, address, browser string, account models.AccountID) attempt {
	of := "mail " + kind
	if browser != "" {
		return attemptInKnown(of, browser, account, growing(freeLinks))
	}
	return attempt{account: measure(of, email), byAccount: growing(freeLinks),
		address: fromAddress(of+" ", address), byAddress: flat(freeLinksFromAddress), over: measure("over", of)}
}

// hashingTurn is the turn of somebody who has shown who they are.
func hashingTurn(account models.AccountID) credential.Turn {
	return credential.Turn{Rank: credential.Known, Of: "account " + numbered(account)}
}

func numbered(account models.AccountID) string { return strconv.FormatInt(int64(account), 10) }

// fromAddress keeps what is counted by address for one purpose apart from all others; "" where it is not known.
func fromAddress(of, address string) string {
	if address == "" {
		return ""
	}
	return of + addressBlock(address)
}

// addressBlock is what attempts from an address are counted by. One household has 2^64 IPv6 addresses to choose from.
func addressBlock(address string) string {
	ip, err := netip.ParseAddr(address)
	if err != nil {
		return address
	}
	if ip = ip.Unmap(); ip.Is4() {
		return ip.String()
	}
	block, err := ip.WithZone("").Prefix(64)
	if err != nil {
		return ip.String() // 64 bits fit into every IPv6 address
	}
	return block.String()
}
