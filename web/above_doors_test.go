package web_test

import (
	"context"
	"fmt"
	"maps"
	"net/url"
	"slices"

	"bailiwick/access"
	"bailiwick/models"
)

// doors are all ways to change an organization, with what somebody would send to gain by them.
var doors = map[string]door{
	"/activity/:activity/revert":                              {attempts: reverts("revert")},
	"/activity/:activity/revert-change":                       {attempts: reverts("revert-change")},
	"/activity/:activity/undo":                                {nothing: "takes back what one has just done oneself, judged like reverting it; a service finds nothing of others"},
	"/api-keys/-/add":                                         {attempts: newKeys("/api-keys/-/add")},
	"/api-keys/-/preview":                                     {attempts: newKeys("/api-keys/-/preview"), draws: true},
	"/api-keys/-/many/activate":                               {attempts: manyAPIKeys("activate", strongerKey)},
	"/api-keys/-/many/deactivate":                             {attempts: manyAPIKeys("deactivate", foreignKey)},
	"/api-keys/-/many/extend":                                 {attempts: manyAPIKeys("extend", strongerKey)},
	"/api-keys/:key":                                          {attempts: strongerKeys("", nil)},
	"/api-keys/:key/activate":                                 {attempts: strongerKeys("/activate", nil)},
	"/api-keys/:key/deactivate":                               {attempts: foreignKeys("/deactivate", nil)},
	"/api-keys/:key/delete":                                   {attempts: foreignKeys("/delete", nil)},
	"/api-keys/:key/duplicate":                                {attempts: strongerKeys("/duplicate", nil)},
	"/api-keys/:key/rotate":                                   {attempts: strongerKeys("/rotate", url.Values{"keep": {"30"}})},
	"/api-keys/:key/privileges":                               {attempts: keyTabs("/privileges")},
	"/api-keys/:key/privileges/preview":                       {attempts: keyTabs("/privileges/preview"), draws: true},
	"/api-keys/:key/access":                                   {attempts: foreignKeys("/access", shared)},
	"/api-keys/:key/access/preview":                           {attempts: foreignKeys("/access/preview", shared), draws: true},
	"/groups/-/add":                                           {attempts: newGroups("/groups/-/add")},
	"/groups/-/many/delete":                                   {attempts: manyGroups},
	"/groups/-/preview":                                       {attempts: newGroups("/groups/-/preview"), draws: true},
	"/groups/:group":                                          {attempts: foreignGroups("", url.Values{"name": {"Forged"}})},
	"/groups/:group/duplicate":                                {attempts: duplicates},
	"/groups/:group/delete":                                   {attempts: foreignGroups("/delete", nil)},
	"/groups/:group/members":                                  {attempts: newMembers},
	"/groups/:group/members/-/delete":                         {attempts: foreignGroups("/members/-/delete", url.Values{"member": {"friend@example.com"}})},
	"/groups/:group/members/-/many/delete":                    {attempts: manyOfGroups("delete")},
	"/groups/:group/members/-/many/end":                       {attempts: manyOfGroups("end")},
	"/groups/:group/members/-/invite":                         {attempts: invitations(true)},
	"/groups/:group/privileges":                               {attempts: privilegesTabs("/privileges")},
	"/groups/:group/privileges/preview":                       {attempts: privilegesTabs("/privileges/preview"), draws: true},
	"/groups/:group/access":                                   {attempts: foreignGroups("/access", shared)},
	"/groups/:group/access/preview":                           {attempts: foreignGroups("/access/preview", shared), draws: true},
	"/members/-/invite":                                       {attempts: invitations(false)},
	"/groups/:group/members/-/invitations/:invitation/resend": {attempts: strongerInvitations(true, "/resend")},
	"/groups/:group/members/-/invitations/:invitation/link":   {attempts: strongerInvitations(true, "/link")},
	"/groups/:group/members/-/invitations/:invitation/extend": {attempts: strongerInvitations(true, "/extend")},
	"/groups/:group/members/-/invitations/:invitation/revoke": {attempts: foreignInvitations(true, "/revoke")},
	"/members/-/invitations/:invitation/resend":               {attempts: strongerInvitations(false, "/resend")},
	"/members/-/invitations/:invitation/link":                 {attempts: strongerInvitations(false, "/link")},
	"/members/-/invitations/:invitation/extend":               {attempts: strongerInvitations(false, "/extend")},
	"/members/-/invitations/:invitation/renew":                {attempts: strongerInvitations(false, "/renew")},
	"/members/-/invitations/:invitation/revoke":               {attempts: foreignInvitations(false, "/revoke")},
	"/members/:member/delete":                                 {attempts: removals},
	"/members/-/many/remove":                                  {attempts: manyRemovals},
	"/members/-/many/suspend":                                 {attempts: manyDoors("suspend")},
	"/members/-/many/reactivate":                              {attempts: manyDoors("reactivate")},
	"/members/-/many/sessions":                                {attempts: manyDoors("sessions")},
	"/members/:member/address":                                {attempts: memberDoors("address", url.Values{"address": {"forged@example.com"}})},
	"/members/:member/address/withdraw":                       {attempts: memberDoors("address/withdraw", nil)},
	"/members/:member/suspend":                                {attempts: memberDoors("suspend", nil)},
	"/members/:member/reactivate":                             {attempts: memberDoors("reactivate", nil)},
	"/members/:member/sessions/end":                           {attempts: memberDoors("sessions/end", url.Values{"session": {"1"}})},
	"/members/:member/sessions/end-all":                       {attempts: memberDoors("sessions/end-all", nil)},
	"/members/-/invitations/-/many/extend":                    {attempts: manyInvitations("extend")},
	"/members/-/invitations/-/many/resend":                    {attempts: manyInvitations("resend")},
	"/members/-/invitations/-/many/links":                     {attempts: manyInvitations("links")},
	"/members/-/invitations/-/many/links/file":                {nothing: "sends back what it is sent, and stores nothing"},
	"/members/-/invitations/-/many/revoke":                    {attempts: manyInvitations("revoke")},
	"/members/-/many/groups":                                  {attempts: manyAdditions},
	"/members/-/many/leave":                                   {attempts: manyDepartures},
	"/members/-/many/end":                                     {attempts: manyEnds},
	"/members/:member/groups":                                 {attempts: memberTabs("/groups")},
	"/members/:member/groups/preview":                         {attempts: memberTabs("/groups/preview"), draws: true},
	"/mail/-/retry":                                           {nothing: "sends again what somebody else’s use case made; a service refuses who may not edit the organization"},
	"/mail/:mail/retry":                                       {nothing: "as above"},
	"/mail/:mail/give-up":                                     {nothing: "as above"},
	"/temporary-access/-/subscribe":                           {nothing: "asks for mails to oneself; a service refuses who may not view activities"},
	"/temporary-access/-/unsubscribe":                         {nothing: "as above"},
	"/temporary-access/-/memberships/:membership/keep":        {nothing: "gives what stands already; a service refuses who may not edit temporary access, or not give what the group holds"},
	"/temporary-access/:access/revoke":                        {nothing: "takes and gives nothing; a service refuses who may not edit temporary access"},
	"/organization":                                           {nothing: "gives nobody anything; a service refuses who may not edit the organization"},
	"/organization/name":                                      {nothing: "as above"},
	"/organization/support":                                   {nothing: "as above"},
	"/resources/:service/:domain/-/add":                       {attempts: newResources("/-/add")},
	"/resources/:service/:domain/-/preview":                   {attempts: newResources("/-/preview"), draws: true},
	"/resources/:service/:domain/-/many/access":               {attempts: manyResources("access", url.Values{"into": {"team"}, "level": {"edit"}})},
	"/resources/:service/:domain/-/many/owners":               {attempts: manyResources("owners", url.Values{"owner": {"admin@example.com"}})},
	"/resources/:service/:domain/-/many/run":                  {attempts: manyResources("run", url.Values{"action": {"Rebuild"}})},
	"/resources/:service/:domain/-/many/delete":               {attempts: manyResources("delete", nil)},
	"/resources/:service/:domain/:resource":                   {attempts: foreignResources("", url.Values{"name": {"Forged"}, "visibility": {"shared"}})},
	"/resources/:service/:domain/:resource/run":               {attempts: runs},
	"/resources/:service/:domain/:resource/duplicate":         {attempts: allResources("/duplicate")},
	"/resources/:service/:domain/:resource/delete":            {attempts: foreignResources("/delete", nil)},
	"/resources/:service/:domain/:resource/access":            {attempts: foreignResources("/access", shared)},
	"/resources/:service/:domain/:resource/access/preview":    {attempts: foreignResources("/access/preview", shared), draws: true},
}

// shared gives Edit to groups of callers.
var shared = url.Values{"access.group:delegates": {"edit"}, "revision.group:delegates": {"0"},
	"access.group:narrow": {"edit"}, "revision.group:narrow": {"0"}}

// reverts take back what somebody who held more did to groups.
func reverts(how string) func(a *above) []attempt {
	return func(a *above) []attempt {
		var all []attempt
		for _, activity := range known(a.organization().Activities(context.Background(), models.ActivityFilter{Page: models.Page{Limit: 1000}})).Rows {
			if activity.Operation != models.OpGroupPrivilegesChanged || activity.Outcome != models.OutcomeDone {
				continue
			}
			for _, as := range callersBelow {
				all = append(all, attempt{as, fmt.Sprintf("/activity/%d/%s", activity.ID, how), url.Values{"shown": {""}}})
			}
		}
		return all
	}
}

// newGroups are groups that would hold more than the person who makes them.
func newGroups(door string) func(a *above) []attempt {
	return func(a *above) []attempt {
		var all []attempt
		for _, as := range callersBelow {
			for _, form := range a.privileges(as, nil) {
				all = append(all, attempt{as, door, with(form, url.Values{"name": {"New"}})})
			}
		}
		return all
	}
}

// privilegesTabs raise one's own group, a weaker and a stronger one.
func privilegesTabs(door string) func(a *above) []attempt {
	return func(a *above) []attempt {
		var all []attempt
		for _, as := range callersBelow {
			for _, g := range a.groups() {
				if g.Administrators || g.BuiltIn != "" {
					continue
				}
				forms := a.privileges(as, a.set(g))
				if !a.mayEdit(as, g.Resource) {
					forms = forms[:1] // refused whatever is asked
				}
				for _, form := range forms {
					all = append(all, attempt{as, "/groups/" + g.Key + door, with(form, url.Values{"revision": {fmt.Sprint(g.Revision)}})})
				}
			}
		}
		return all
	}
}

// privileges are forms with one privilege each that the caller does not hold, and that would be news for a grantee with
// these: every level, box and editor list that the catalogue offers.
func (a *above) privileges(as string, has access.PrivilegeSet) []url.Values {
	var all []url.Values
	for _, d := range a.Console.Catalog().Domains() {
		for _, level := range d.Levels {
			for _, box := range []bool{false, true} {
				given := d.Abilities(level, box)
				if box && !d.CreateChoice(level) || given&^(a.abilities(as, d)|d.Abilities(has[d.Key].Level, has[d.Key].CanCreate)) == 0 {
					continue
				}
				form := url.Values{"level." + string(d.Key): {level.String()}}
				if box {
					form.Set("create."+string(d.Key), "yes")
				}
				all = append(all, form)
			}
		}
		all = append(all, a.rows(as, d, has[d.Key])...)
	}
	return all
}

// abilities are those of the caller on the whole domain.
func (a *above) abilities(as string, d *access.Domain) access.Ability {
	var held access.Ability
	for bit := access.Ability(1); bit != 0; bit <<= 1 {
		if a.rights[as].May(access.Need{Domain: d.Key, Ability: bit}, 0) {
			held |= bit
		}
	}
	return held
}

// rows put a resource that the caller cannot edit into an editor list, as a row of the page and as one of another page.
func (a *above) rows(as string, d *access.Domain, has access.Privilege) []url.Values {
	if !d.Granular() {
		return nil
	}
	var all []url.Values
	for _, r := range a.resources(d) {
		if a.mayEdit(as, r) || has.Level == access.LevelCustom {
			continue
		}
		level := url.Values{"level." + string(d.Key): {"custom"}}
		all = append(all,
			with(level, url.Values{"rows." + string(d.Key): {r.Key}, "edit." + string(d.Key) + "." + r.Key: {"edit"}}),
			with(level, url.Values{"carry." + string(d.Key): {r.Key + "=edit"}}))
	}
	return all
}

// foreignGroups are forms for the groups that a caller cannot edit, with their revision.
func foreignGroups(door string, form url.Values) func(a *above) []attempt {
	return func(a *above) []attempt {
		var all []attempt
		for _, as := range callersBelow {
			for _, g := range a.groups() {
				if !a.mayEdit(as, g.Resource) {
					all = append(all, attempt{as, "/groups/" + g.Key + door, with(form, url.Values{"revision": {fmt.Sprint(g.Revision)}})})
				}
			}
		}
		return all
	}
}

// duplicates are copies of groups that hold something their copier does not.
func duplicates(a *above) []attempt {
	var all []attempt
	for _, as := range callersBelow {
		for _, g := range a.groups() {
			if a.beyond(as, g) {
				all = append(all, attempt{as, "/groups/" + g.Key + "/duplicate", url.Values{}})
			}
		}
	}
	return all
}

// newMembers put oneself and a friend into groups that hold more than oneself.
func newMembers(a *above) []attempt {
	var all []attempt
	for _, as := range callersBelow {
		for _, g := range a.groups() {
			if !a.beyond(as, g) {
				continue
			}
			for _, who := range []string{as, "friend"} {
				all = append(all, attempt{as, "/groups/" + g.Key + "/members",
					url.Values{"email": {who + "@example.com"}, "confirm_administrators": {"yes"}}})
			}
		}
	}
	return all
}

// newResources are made where the caller may not create.
func newResources(door string) func(a *above) []attempt {
	return func(a *above) []attempt {
		var all []attempt
		for _, as := range callersBelow {
			for _, d := range a.Console.Catalog().Domains() {
				if a.Console.PageDomain(d.Key) == nil || a.rights[as].May(access.Need{Domain: d.Key, Ability: access.Create}, 0) {
					continue
				}
				all = append(all, attempt{as, "/resources/" + string(d.Key) + door, url.Values{"name": {"New"}, "visibility": {"shared"}}})
			}
		}
		return all
	}
}

// foreignResources are forms for the resources that a caller cannot edit.
func foreignResources(door string, form url.Values) func(a *above) []attempt {
	return resourcesWhere(door, form, func(a *above, as string, r models.Resource) bool { return !a.mayEdit(as, r) })
}

// runs are the actions that the catalogue knows, on resources that a caller cannot edit.
func runs(a *above) []attempt {
	var all []attempt
	for _, d := range a.Console.Catalog().Domains() {
		for _, action := range d.Actions {
			all = append(all, resourcesWhere("/run", url.Values{"action": {action}}, func(a *above, as string, r models.Resource) bool {
				return r.Domain == d.Key && !a.mayEdit(as, r)
			})(a)...)
		}
	}
	return all
}

// allResources are forms for every resource.
func allResources(door string) func(a *above) []attempt {
	return resourcesWhere(door, nil, func(*above, string, models.Resource) bool { return true })
}

func resourcesWhere(door string, form url.Values, where func(*above, string, models.Resource) bool) func(a *above) []attempt {
	return func(a *above) []attempt {
		var all []attempt
		for _, as := range callersBelow {
			for _, d := range a.Console.Catalog().Domains() {
				if a.Console.PageDomain(d.Key) == nil {
					continue
				}
				for _, r := range a.resources(d) {
					if where(a, as, r) {
						all = append(all, attempt{as, "/resources/" + string(d.Key) + "/" + r.Key + door,
							with(form, url.Values{"revision": {fmt.Sprint(r.Revision)}})})
					}
				}
			}
		}
		return all
	}
}

// manyResources do to resources, by the door that takes many, what a caller can't do to each of them.
func manyResources(action string, form url.Values) func(a *above) []attempt {
	return func(a *above) []attempt {
		var all []attempt
		for _, as := range callersBelow {
			for _, d := range a.Console.Catalog().Domains() {
				if a.Console.PageDomain(d.Key) == nil {
					continue
				}
				for _, r := range a.resources(d) {
					if !a.mayEdit(as, r) && (action != "run" || slices.Contains(d.Actions, form.Get("action"))) {
						all = append(all, attempt{as, "/resources/" + string(d.Key) + "/-/many/" + action, with(form, url.Values{"row": {r.Key}})})
					}
				}
			}
		}
		return all
	}
}

func (a *above) mayEdit(as string, r models.Resource) bool {
	return a.rights[as].May(access.Need{Domain: r.Domain, Ability: access.Edit}, r.ID)
}

// beyond tells whether a group holds something that the caller does not.
func (a *above) beyond(as string, g models.Group) bool {
	if g.Administrators {
		return true
	}
	for key, p := range a.set(g) {
		d := a.Console.Catalog().Domain(key)
		if d.Abilities(p.Level, p.CanCreate)&^a.abilities(as, d) != 0 {
			return true
		}
		for _, id := range p.Editors {
			if !a.mayEdit(as, models.Resource{Domain: key, ID: id}) {
				return true
			}
		}
	}
	return false
}

func with(form, more url.Values) url.Values {
	all := maps.Clone(form)
	if all == nil {
		all = url.Values{}
	}
	maps.Copy(all, more)
	return all
}

func (a *above) groups() []models.Group {
	return known(a.organization().AllGroups(context.Background()))
}

func (a *above) resources(d *access.Domain) []models.Resource {
	if d.Key == access.GroupsDomain {
		var all []models.Resource
		for _, g := range a.groups() {
			all = append(all, g.Resource)
		}
		return all
	}
	return known(a.organization().AllResources(context.Background(), d.Key))
}

func (a *above) set(g models.Group) access.PrivilegeSet {
	return known(a.organization().PrivilegesOf(context.Background(), g.Grantee().ID))
}

func (a *above) organization() *models.Scope {
	return a.Store.In(known(a.Store.OrganizationByKey(context.Background(), "story")).ID)
}

// known is what the store says, which in a test it always does.
func known[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}
