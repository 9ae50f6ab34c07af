package handlers

import (
	"context"
	"strings"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
	"bailiwick/words"
)

// comparedKind is who is compared, groups or members: what the two comparisons do not have in common.
type comparedKind struct {
	Noun    words.Noun
	Name    string        // of the page
	Place   place         // without its own title
	Filter  parts.Filter  // has in the address who is compared
	Find    parts.Control // finds others
	Caption string        // of the table
	Begin   string        // what to choose first
	Same    string        // what it means that there is no difference
	Lead    string        // of the choice

	address func(site) string
	file    func(keys []string) string // what a file of it is called
	ask     func(query *services.CompareQuery, keys []string)
	read    func(*services.Console, context.Context, services.Caller, services.CompareQuery) (services.Comparison, error)
	key     func(services.Compared) string
	column  func(column *views.CompareColumn, s site, col services.Compared)
	list    func(s site, d *access.Domain, col services.Compared) string // address of what a column can edit of a domain
	found   func(found services.Comparison, find string) []parts.FoundLine
}

var comparedGroups = &comparedKind{
	Noun: words.Groups, Name: "Compare groups", Place: place{Domain: access.GroupsDomain}, Filter: views.CompareGroups, Find: views.CompareFindGroups,
	Caption: "What the groups hold, domain by domain", Begin: "Choose at least two groups, or one built-in group.",
	Same:    "They have the same level on each domain, and the same things in their editor lists.",
	Lead:    "If you choose only a built-in group, it is compared with its original privileges.",
	address: site.compare,
	file:    func(keys []string) string { return "comparison-of-" + strings.Join(keys, "-and-") },
	ask:     func(query *services.CompareQuery, keys []string) { query.Groups = keys },
	read:    (*services.Console).CompareGroups,
	key:     func(col services.Compared) string { return col.Group.Key },
	column: func(column *views.CompareColumn, s site, col services.Compared) {
		column.Href = s.privileges(col.Group.Key)
		column.Count = parts.Link{Label: words.Members.Count(col.Group.Members), Href: s.members(col.Group.Key)}
	},
	list: func(s site, d *access.Domain, col services.Compared) string {
		return s.privileges(col.Group.Key) + editsOf(d)
	},
	found: func(found services.Comparison, _ string) []parts.FoundLine {
		var all []parts.FoundLine
		for _, g := range found.Choices {
			all = append(all, parts.FoundLine{Value: g.Key, Name: marked(g.Name, ""), Sub: marked(g.Description, ""), Note: words.Members.Count(g.Members)})
		}
		return all
	},
}

var comparedMembers = &comparedKind{
	Noun: words.Members, Name: "Compare members", Place: place{Members: true}, Filter: views.CompareMembers, Find: views.CompareFindMembers,
	Caption: "What the members may do, domain by domain, and through what", Begin: "Choose at least two members.",
	Same:    "They have the same level on each domain, and can edit the same things.",
	address: site.compareMembers,
	file:    func([]string) string { return "comparison-of-members" },
	ask:     func(query *services.CompareQuery, keys []string) { query.Members = comparedIDs(keys) },
	read:    (*services.Console).CompareMembers,
	key:     func(col services.Compared) string { return memberKey(col.Member.ID) },
	column: func(column *views.CompareColumn, s site, col services.Compared) {
		column.Name, column.Sub, column.Href = memberName(col.Member.Member), beneath(col.Member.Member), s.member(col.Member.ID)
		if col.Member.Suspended() {
			column.Note = "suspended"
			return
		}
		column.Count = parts.Link{Label: words.Groups.Count(len(col.Member.Groups)), Href: s.groupsJoined(col.Member.ID)}
	},
	list: func(s site, d *access.Domain, col services.Compared) string {
		if holders := givers(d, col.Member.Rights); len(holders) == 1 && holders[0].Kind == access.Group {
			return s.privileges(holders[0].Key) + editsOf(d)
		}
		return s.member(col.Member.ID)
	},
	found: func(found services.Comparison, find string) []parts.FoundLine {
		all := foundMembers(found.People, memberChoice{typed: find})
		for i, m := range found.People.Found {
			all[i].Value = memberKey(m.ID)
		}
		return all
	},
}

// comparedIDs are the numbers of the address. What is none names nobody: 0 is no member.
func comparedIDs(keys []string) []models.MemberID {
	var ids []models.MemberID
	for _, key := range keys {
		ids = append(ids, memberNumbered(key))
	}
	return ids
}

// givers are those through whom somebody has their level on a domain, and what they may create there.
func givers(d *access.Domain, rights access.Rights) []access.Grantee {
	var all, highest []access.Grantee
	for _, g := range rights.Grants(d.Key) {
		all = appendOnce(all, g.Via)
		if g.Level == rights.Level(d.Key) || g.CanCreate && d.CreateChoice(rights.Level(d.Key)) {
			highest = appendOnce(highest, g.Via)
		}
	}
	if len(highest) == 0 { // together they come to more than each
		return all
	}
	return highest
}

func appendOnce(all []access.Grantee, one access.Grantee) []access.Grantee {
	for _, other := range all {
		if other.ID == one.ID {
			return all
		}
	}
	return append(all, one)
}

// through names the givers of a member's level: "through Interns", to the group where it is one.
func (p comparePage) through(d *access.Domain, col services.Compared) parts.Link {
	if col.Member == nil {
		return parts.Link{}
	}
	holders := givers(d, col.Member.Rights)
	if len(holders) == 0 {
		return parts.Link{}
	}
	var names []string
	for _, g := range holders {
		if g.Kind != access.Group {
			g.Name = "temporary access"
		}
		names = append(names, g.Name)
	}
	link := parts.Link{Label: words.List(names, 2), Href: p.site.member(col.Member.ID)}
	if len(holders) == 1 && holders[0].Kind == access.Group {
		link.Href = p.site.privileges(holders[0].Key)
	}
	return link
}
