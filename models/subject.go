package models

import "bailiwick/access"

// SubjectKind is what kind of thing an activity is about. Exports, webhooks and the API publish these names, so they never
// change.
type SubjectKind string

// The kinds of subjects. Activities of an invitation name the group that it leads into: one for each, so that the record of a
// group tells all of it. The invited address is in their states.
const (
	SubjectAPIKey       SubjectKind = "api-key"
	SubjectGroup        SubjectKind = "group"
	SubjectInstallation SubjectKind = "installation"
	SubjectInvitation   SubjectKind = "invitation"
	SubjectMail         SubjectKind = "mail"
	SubjectMember       SubjectKind = "member"
	SubjectOrganization SubjectKind = "organization"
	SubjectRequest      SubjectKind = "request" // for temporary access
	SubjectResource     SubjectKind = "resource"
	SubjectSetting      SubjectKind = "setting"
	SubjectSubscription SubjectKind = "subscription"
)

// Domain is the one on whose page the activities of such subjects are listed; "" for resources, each of which is in a domain
// of its own, and for kinds that a later version knows. The expression listedUnder says the same in SQL.
func (k SubjectKind) Domain() access.DomainKey {
	switch k {
	case SubjectGroup, SubjectMember, SubjectInvitation:
		return access.GroupsDomain
	case SubjectAPIKey:
		return access.APIKeysDomain
	case SubjectRequest, SubjectSubscription:
		return access.TemporaryAccessDomain
	case SubjectOrganization, SubjectSetting, SubjectMail:
		return access.OrganizationDomain
	}
	return ""
}

// Numbered tells whether such subjects are resources, which activities name by number; others are named by key or address.
func (k SubjectKind) Numbered() bool {
	switch k {
	case SubjectMember, SubjectOrganization, SubjectSetting, SubjectInstallation, SubjectMail:
		return false
	}
	return true
}

// Subject is the kind of what the activity is about. It follows from the operation; groups, API keys and requests, which are
// resources as well, are called what they are when something is done to them that is done to every resource.
func (a Activity) Subject() SubjectKind {
	if a.SubjectKind != "" {
		return a.SubjectKind
	}
	kind := a.Operation.Subject()
	if kind == SubjectResource {
		for _, own := range []SubjectKind{SubjectGroup, SubjectAPIKey, SubjectRequest} {
			if a.Domain == own.Domain() {
				return own
			}
		}
	}
	return kind
}

// settle writes down the kind of the subject. From then on it says what the domain of other things than resources had said.
func (a *Activity) settle() {
	a.SubjectKind = ""
	a.SubjectKind = a.Subject()
	if a.SubjectKind != "" && a.SubjectKind != SubjectResource {
		a.Domain = ""
	}
}

// ListedUnder is the domain on whose page the activity is listed: that of the resource which it is about, or of its kind of
// subject. Rows of earlier versions have it written down, whatever they are about.
func (a Activity) ListedUnder() access.DomainKey {
	if a.Domain != "" {
		return a.Domain
	}
	return a.SubjectKind.Domain()
}

// listedUnder is Activity.ListedUnder of activities a. The indexes activities_by_domain and activities_by_resource are made of
// the same expression.
const listedUnder = `(CASE WHEN a.domain <> '' THEN a.domain
	WHEN a.subject_kind IN ('group', 'member', 'invitation') THEN 'organization/groups'
	WHEN a.subject_kind = 'api-key' THEN 'organization/api-keys'
	WHEN a.subject_kind IN ('request', 'subscription') THEN 'organization/temporary-access'
	WHEN a.subject_kind IN ('organization', 'setting', 'mail') THEN 'organization/organization'
	ELSE '' END)`
