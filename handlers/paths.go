package handlers

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views"
)

// site builds the addresses of one organization. Keys can't begin with a hyphen, so "-" sets the console's own words
// apart from them.
type site string

func siteOf(organization string) site { return site("/o/" + organization) }

func (s site) groups() string               { return string(s) + "/groups" }
func (s site) groupsActions() string        { return s.groups() + "/-/actions" }
func (s site) addGroup() string             { return s.groups() + "/-/add" }
func (s site) compare() string              { return s.groups() + "/-/compare" }
func (s site) group(key string) string      { return s.groups() + "/" + key }
func (s site) privileges(key string) string { return s.group(key) + "/privileges" }
func (s site) members(key string) string    { return s.group(key) + "/members" }

func (s site) search() string     { return string(s) + "/search" }
func (s site) searchHits() string { return s.search() + "/hits" }

// The members of the organization, by number: an address in a log must not name anybody.
func (s site) memberList() string        { return string(s) + "/members" }
func (s site) memberListActions() string { return s.memberList() + "/-/actions" }
func (s site) manyMembers(action services.MembersAction) string {
	return s.memberList() + "/-/many/" + string(action)
}
func (s site) removeMembers() string                    { return s.memberList() + "/-/many/remove" }
func (s site) addToGroups() string                      { return s.memberList() + "/-/many/groups" }
func (s site) removeFromGroups() string                 { return s.memberList() + "/-/many/leave" }
func (s site) setAnEnd() string                         { return s.memberList() + "/-/many/end" }
func (s site) compareMembers() string                   { return s.memberList() + "/-/compare" }
func (s site) ownAccess() string                        { return s.memberList() + "/-/you" }
func (s site) member(id models.MemberID) string         { return fmt.Sprintf("%s/%d", s.memberList(), id) }
func (s site) groupsOfMember(id models.MemberID) string { return s.member(id) + "/groups" }
func (s site) groupsJoined(id models.MemberID) string {
	return with(s.groupsOfMember(id), views.MemberGroupsShow, views.MemberGroupsJoined)
}

// Invitations, by number, from the Members page and from the Members tab of a group.
func (s site) invitations() string { return s.memberList() + "/-/invitations" }
func (s site) invite() string      { return s.memberList() + "/-/invite" }

// inviteOver is the sheet that adds people over a list with filter and order; without a list over that of the members.
func (s site) inviteOver(list string) string {
	if list == s.memberList() {
		return s.invite()
	}
	return with(s.invite(), views.ChooserReturn, list)
}

// inviteIntoGroups is the same sheet with groups chosen, over the list of groups in which they are selected.
func (s site) inviteIntoGroups(keys []string, list string) string {
	return withValues(s.invite(), url.Values{views.AddToGroup.Name: keys, views.ChooserReturn: {list}})
}

// listsGroups tells whether an address is one of the list of groups.
func (s site) listsGroups(address string) bool {
	path, _, _ := strings.Cut(address, "?")
	return path == s.groups()
}

func (s site) inviteInto(key string) string    { return s.members(key) + "/-/invite" }
func (s site) invitationsOf(key string) string { return s.members(key) + "/-/invitations" }

// Where one of many is chosen for a filter.
func (s site) chooseGroup() string  { return string(s) + "/choose/groups" }
func (s site) chooseDomain() string { return string(s) + "/choose/domains" }

func (s site) apiKeys() string          { return string(s) + "/api-keys" }
func (s site) apiKeysActions() string   { return s.apiKeys() + "/-/actions" }
func (s site) addAPIKey() string        { return s.apiKeys() + "/-/add" }
func (s site) apiKey(key string) string { return s.apiKeys() + "/" + key }

// The mails that wait or could not be sent, by number: an address in a log must not name anybody.
func (s site) mails() string                { return string(s) + "/mail" }
func (s site) mailsActions() string         { return s.mails() + "/-/actions" }
func (s site) retryMails() string           { return s.mails() + "/-/retry" }
func (s site) mail(id models.MailID) string { return fmt.Sprintf("%s/%d", s.mails(), id) }

// domain is the page of a domain's resources. Some have one of their own.
func (s site) domain(d access.DomainKey) string {
	switch d {
	case access.APIKeysDomain:
		return s.apiKeys()
	case access.ActivitiesDomain:
		return s.activity()
	case access.OrganizationDomain:
		return s.settings()
	case access.TemporaryAccessDomain:
		return s.temporaryAccesses()
	}
	return string(s) + "/resources/" + string(d)
}

func (s site) domainActions(d access.DomainKey) string { return s.domain(d) + "/-/actions" }
func (s site) addResource(d access.DomainKey) string   { return s.domain(d) + "/-/add" }
func (s site) resource(d access.DomainKey, key string) string {
	return s.domain(d) + "/" + key
}

// thing is the page of a resource, groups included.
func (s site) thing(d access.DomainKey, key string) string {
	if d == access.GroupsDomain {
		return s.group(key)
	}
	return s.resource(d, key)
}

// accessTo is the Access tab of a group, an API key or a resource.
func (s site) accessTo(which services.ResourceRef) string {
	return s.thing(which.Domain, which.Key) + "/access"
}

// explain is the page that answers a question about access.
func (s site) explain(q services.Question) string {
	return with(string(s)+"/explain", views.ExplainWho.Name, q.Subject, views.ExplainCan.Name, q.Ability,
		views.ExplainWhat.Name, q.Domain, views.ExplainResource.Name, q.Resource)
}

// why explains what the viewer may do with one thing.
func (s site) why(d access.DomainKey, key string) string {
	return s.explain(services.Question{Ability: access.Edit.String(), Domain: string(d), Resource: key})
}

// activity is the address of the record of what happened. activityOf narrows it to a domain, or to one thing by its number:
// its key may have been another thing's before.
func (s site) activity() string { return string(s) + "/activity" }
func (s site) activityOf(d access.DomainKey, thing access.ResourceID) string {
	number := ""
	if thing != 0 {
		number = strconv.FormatInt(int64(thing), 10)
	}
	return with(s.activity(), views.ActivityDomain.Name, string(d), views.ActivityThing.Name, number)
}

// with is an address with those query values that are not empty.
func with(address string, pairs ...string) string {
	values := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			values.Set(pairs[i], pairs[i+1])
		}
	}
	return withValues(address, values)
}

// withValues is an address with query values, in a fixed order.
func withValues(address string, values url.Values) string {
	if len(values) == 0 {
		return address
	}
	return address + "?" + values.Encode()
}

// idOf makes a domain's key fit for an id attribute.
func idOf(d access.DomainKey) string {
	return strings.NewReplacer("/", "-", ".", "-").Replace(string(d))
}
