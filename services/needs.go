package services

import "bailiwick/access"

// The needs of pages and actions (R6). A button, its guard and the words of a refusal use the same one. Those of a
// resource are asked with the resource, the others of the domain.
var (
	ViewOrganization = access.Need{Domain: access.OrganizationDomain, Ability: access.View}
	EditOrganization = access.Need{Domain: access.OrganizationDomain, Ability: access.Edit} // its settings and its mails
	ViewGroups       = access.Need{Domain: access.GroupsDomain, Ability: access.View}
	EditGroup        = access.Need{Domain: access.GroupsDomain, Ability: access.Edit}
	CreateGroup      = access.Need{Domain: access.GroupsDomain, Ability: access.Create}
	ViewAPIKeys      = access.Need{Domain: access.APIKeysDomain, Ability: access.View}
	EditAPIKey       = access.Need{Domain: access.APIKeysDomain, Ability: access.Edit}
	CreateAPIKey     = access.Need{Domain: access.APIKeysDomain, Ability: access.Create}
	ViewActivities   = access.Need{Domain: access.ActivitiesDomain, Ability: access.View}

	ViewTemporaryAccess = access.Need{Domain: access.TemporaryAccessDomain, Ability: access.View}
	EditTemporaryAccess = access.Need{Domain: access.TemporaryAccessDomain, Ability: access.Edit}
)

// ViewIn is the need to see a domain's resources.
func ViewIn(d access.DomainKey) access.Need { return access.Need{Domain: d, Ability: access.View} }

// EditIn is the need to change one of a domain's resources, or all of them when asked without one.
func EditIn(d access.DomainKey) access.Need { return access.Need{Domain: d, Ability: access.Edit} }

// CreateIn is the need to add resources to a domain.
func CreateIn(d access.DomainKey) access.Need { return access.Need{Domain: d, Ability: access.Create} }
