package views

import "bailiwick/views/parts"

// Columns that lists leave out where no row has content.
var (
	TypeColumn          = parts.Column{Label: "Type", Class: "p2"}
	VisibilityColumn    = parts.Column{Label: "Visibility", Class: "p3"}
	OwnerColumn         = parts.Column{Label: "Owner", Class: "p4"}
	LastOperationColumn = parts.Column{Label: "Last operation", Class: "p3"}
	InvitationsColumn   = parts.Column{Label: "Invitations", Class: "num p3"}
	IdentitySetsColumn  = parts.Column{Label: "Identity sets", Class: "num p4"}
	CreatedByColumn     = parts.Column{Label: "Created by", Class: "p4"}
	RoleColumn          = parts.Column{Label: "Role", Class: "p3"}
	GroupsColumn        = parts.Column{Label: "Groups", Class: "p2"}
	AccessEndsColumn    = parts.Column{Label: "Access ends", Class: "p3"}
	InvitedByColumn     = parts.Column{Label: "Invited by", Class: "p3"}
	NextAttemptColumn   = parts.Column{Label: "Next attempt", Class: "p2"}
	CategoryColumn      = parts.Column{Label: "Category", Class: "p3"}
	UntilColumn         = parts.Column{Label: "Until", Class: "p4"}
)

// What the rows of each list have in them.
var (
	ResourceContent = parts.Content[ResourceRow]{
		TypeColumn.Label: func(r ResourceRow) string { return r.Type }, VisibilityColumn.Label: func(r ResourceRow) string { return r.Visibility },
		OwnerColumn.Label: func(r ResourceRow) string { return r.Owner }, LastOperationColumn.Label: func(r ResourceRow) string { return r.LastOperation },
	}
	GroupContent = parts.Content[GroupRow]{
		InvitationsColumn.Label:  func(g GroupRow) string { return unlessZero(g.Invitations) },
		IdentitySetsColumn.Label: func(g GroupRow) string { return unlessZero(g.IdentitySets) },
	}
	APIKeyContent = parts.Content[APIKeyRow]{CreatedByColumn.Label: func(k APIKeyRow) string { return k.CreatedBy }}
	MemberContent = parts.Content[MemberRow]{
		RoleColumn.Label: func(m MemberRow) string { return m.Role }, AccessEndsColumn.Label: func(m MemberRow) string { return m.Ends.Text },
	}
	InvitationContent = parts.Content[InvitationRow]{
		GroupsColumn.Label: func(i InvitationRow) string { return i.Group }, InvitedByColumn.Label: func(i InvitationRow) string { return i.Inviter },
	}
	MailContent            = parts.Content[MailRow]{NextAttemptColumn.Label: func(m MailRow) string { return m.Next }}
	TemporaryAccessContent = parts.Content[TemporaryAccessRow]{CategoryColumn.Label: func(a TemporaryAccessRow) string { return a.Category }}
	PersonContent          = parts.Content[PersonRow]{UntilColumn.Label: func(p PersonRow) string { return p.Until }}
)

// unlessZero is a number that says something.
func unlessZero(number string) string {
	if number == "0" {
		return ""
	}
	return number
}
