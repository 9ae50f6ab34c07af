package handlers

import (
	"slices"
	"strings"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views/parts"
	"bailiwick/words"
)

// deed is an operation in words: what somebody did, and what somebody was not allowed to do. In braces stand names that
// come from the event: {thing}, {was} (the name before), {member}, {action}, and {noun}, the kind of thing.
type deed struct{ Done, Refused string }

// deeds are the operations that services record.
var deeds = map[models.Operation]deed{
	models.OpAPIKeyActivated:                      {"activated the API key {thing}", "activate the API key {thing}"},
	models.OpAPIKeyCreated:                        {"added the API key {thing}", "add the API key {thing}"},
	models.OpAPIKeyDeactivated:                    {"deactivated the API key {thing}", "deactivate the API key {thing}"},
	models.OpAPIKeyDeleted:                        {"deleted the API key {thing}", "delete the API key {thing}"},
	models.OpAPIKeyDuplicated:                     {"duplicated the API key {was} as {thing}", "duplicate the API key {thing}"},
	models.OpAPIKeyPrivilegesChanged:              {"changed the privileges of the API key {thing}", "change the privileges of the API key {thing}"},
	models.OpAPIKeyPrivilegeExpired:               {"ended a privilege of the API key {thing}, which had expired", "end a privilege of the API key {thing}"},
	models.OpAPIKeySecretRotated:                  {"gave the API key {thing} a new secret", "give the API key {thing} a new secret"},
	models.OpAPIKeyUpdated:                        {"changed the API key {thing}", "change the API key {thing}"},
	models.OpGroupMemberAdded:                     {"added {member} to {thing}", "add {member} to {thing}"},
	models.OpGroupCreated:                         {"added the group {thing}", "add the group {thing}"},
	models.OpGroupDeleted:                         {"deleted the group {thing}", "delete the group {thing}"},
	models.OpGroupDuplicated:                      {"duplicated {was} as {thing}", "duplicate {thing}"},
	models.OpGroupMemberKept:                      {"decided that {member}, who was added through temporary access, stays in {thing}", "decide that somebody stays in a group"},
	models.OpGroupMemberExpired:                   {"ended {member}’s membership of {thing}, which had expired", "end {member}’s membership of {thing}"},
	models.OpGroupMemberEndChanged:                {"changed how long {member} is in {thing}", "change how long {member} is in {thing}"},
	models.OpGroupPrivilegesChanged:               {"changed the privileges of {thing}", "change the privileges of {thing}"},
	models.OpGroupPrivilegeExpired:                {"ended a privilege of {thing}, which had expired", "end a privilege of {thing}"},
	models.OpGroupMemberRemoved:                   {"removed {member} from {thing}", "remove {member} from {thing}"},
	models.OpGroupRenamed:                         {"renamed {was} to {thing}", "rename {thing}"},
	models.OpGroupDescribed:                       {"changed the description of {thing}", "change the description of {thing}"},
	models.OpInvitationAccepted:                   {"joined {thing} by invitation", "join {thing}"},
	models.OpInvitationLinkCopied:                 {"copied a link to the invitation of {member} into {thing}", "copy a link to the invitation of {member} into {thing}"},
	models.OpInvitationCreated:                    {"invited {member} into {thing}", "invite {member} into {thing}"},
	models.OpInvitationDeclined:                   {"declined the invitation into {thing}", "decline the invitation into {thing}"},
	models.OpInvitationExpired:                    {"ended the invitation of {member} into {thing}, which had expired", "end the invitation of {member} into {thing}"},
	models.OpInvitationRenewed:                    {"renewed the invitation of {member} into {thing}", "renew the invitation of {member} into {thing}"},
	models.OpInvitationExtended:                   {"extended the invitation of {member} into {thing}", "extend the invitation of {member} into {thing}"},
	models.OpInvitationResent:                     {"sent the invitation of {member} into {thing} again", "send the invitation of {member} into {thing} again"},
	models.OpInvitationRevoked:                    {"revoked the invitation of {member} into {thing}", "revoke the invitation of {member} into {thing}"},
	models.OpInvitationVoided:                     {"ended the invitation of {member} into {thing}, which was no longer valid", "end the invitation of {member} into {thing}"},
	models.OpMailGivenUp:                          {"stopped trying to send a mail to {thing}", "stop a mail"},
	models.OpMailRetried:                          {"retried a mail to {thing}", "retry a mail"},
	models.OpMailAllRetried:                       {"retried all mails that could not be sent", "retry mails"},
	models.OpMemberAddressChanged:                 {"changed the mail address of {thing}", "change the mail address of {thing}"},
	models.OpMemberAddressExpired:                 {"ended the new mail address of {thing}, which nobody confirmed in time", "end the new mail address of {thing}"},
	models.OpMemberAddressObjected:                {"objected to a new mail address of {thing}", "object to a new mail address of {thing}"},
	models.OpMemberAddressProposed:                {"proposed a new mail address for {thing}", "propose a new mail address for {thing}"},
	models.OpMemberAddressVoided:                  {"ended the new mail address of {thing}, which was no longer possible when it was due", "end the new mail address of {thing}"},
	models.OpMemberAddressWithdrawn:               {"withdrew the new mail address of {thing}", "withdraw the new mail address of {thing}"},
	models.OpMemberPasswordChanged:                {"changed their password", "change their password"},
	models.OpMemberGroupsChanged:                  {"changed the groups of {thing}", "change the groups of {thing}"},
	models.OpMemberLeft:                           {"removed {thing} from their last group and so from the organization", "remove {thing} from their last group"},
	models.OpMemberRecoveryCodesRenewed:           {"made new recovery codes", "make new recovery codes"},
	models.OpMemberRemoved:                        {"removed {thing} from the organization", "remove {thing} from the organization"},
	models.OpMemberRenamed:                        {"renamed {was} to {thing}", "rename {thing}"},
	models.OpMemberSessionsEnded:                  {"ended the sessions of {thing}", "end the sessions of {thing}"},
	models.OpMemberReactivated:                    {"reactivated {thing}", "reactivate {thing}"},
	models.OpMemberSuspended:                      {"suspended {thing}", "suspend {thing}"},
	models.OpMemberPasswordReset:                  {"set a new password by a link that was mailed to them", "set a new password"},
	models.OpMemberSecondFactorReset:              {"took the second factor away from {thing}, who had lost it", "take the second factor away from {thing}"},
	models.OpMemberSecondFactorTurnedOff:          {"turned their second factor off", "turn their second factor off"},
	models.OpMemberSecondFactorTurnedOn:           {"turned on a second factor", "turn on a second factor"},
	models.OpMemberPasswordSet:                    {"set a new password for {thing}", "set a new password for {thing}"},
	models.OpOrganizationFileApplied:              {"applied a file to {thing}", "apply a file to {thing}"},
	models.OpOrganizationRestoreChecked:           {"ended all sessions and open links of {thing} after a backup was restored, and held its mails", "check {thing} after a backup was restored"},
	models.OpOrganizationCreated:                  {"created the organization {thing}", "create the organization {thing}"},
	models.OpOrganizationEntered:                  {"entered {thing}", "enter {thing}"},
	models.OpOrganizationSecondFactorMadeOptional: {"no longer requires a second factor in {thing}", "no longer require a second factor in {thing}"},
	models.OpOrganizationSecondFactorRequired:     {"required a second factor in {thing}", "require a second factor in {thing}"},
	models.OpOrganizationSeeded:                   {"created the organization {thing} with sample data", "create the organization {thing} with sample data"},
	models.OpOrganizationSupportAccessTurnedOff:   {"switched support access to {thing} off", "switch support access to {thing} off"},
	models.OpOrganizationSupportAccessTurnedOn:    {"switched support access to {thing} on", "switch support access to {thing} on"},
	models.OpOrganizationUpdated:                  {"changed the organization {thing}", "change the organization {thing}"},
	models.OpResourceAccessChanged:                {"changed who can edit {thing}", "change who can edit {thing}"},
	models.OpResourceCreated:                      {"added the {noun} {thing}", "add the {noun} {thing}"},
	models.OpResourceDeleted:                      {"deleted the {noun} {thing}", "delete the {noun} {thing}"},
	models.OpResourceDuplicated:                   {"duplicated {was} as {thing}", "duplicate {thing}"},
	models.OpResourceActionRun:                    {"started {action} of {thing}", "run an action on {thing}"},
	models.OpResourceUpdated:                      {"changed the {noun} {thing}", "change the {noun} {thing}"},
	models.OpSubscriptionStarted:                  {"subscribed to {thing}", "subscribe to {thing}"},
	models.OpSubscriptionEnded:                    {"no longer subscribes to {thing}", "end a subscription to {thing}"},
	models.OpTemporaryAccessEnded:                 {"gave their temporary access back", "give temporary access back"},
	models.OpTemporaryAccessExpired:               {"ended the temporary access of {thing}, which had expired", "end the temporary access of {thing}"},
	models.OpTemporaryAccessRequested:             {"asked for temporary access and got it", "ask for temporary access"},
	models.OpTemporaryAccessRevoked:               {"revoked the temporary access of {thing}", "revoke the temporary access of {thing}"},
}

// sentence says what happened, names in bold.
func (p activityPage) sentence(e services.Event) []parts.Phrase {
	told, known := deeds[e.Operation]
	if !known { // written by a later version
		name := "“" + string(e.Operation) + "”"
		told = deed{"did " + name + " to {thing}", "do " + name + " to {thing}"}
	}
	sentence := append(actor(e), parts.Phrase{Text: " "})
	pattern := told.Done
	if e.Refusal != nil {
		pattern = notAllowed + " " + told.Refused
	} else if e.Operation == models.OpResourceAccessChanged && gaveFew(e.Is.Given) {
		sentence = append(sentence, gave(e.Is.Given)...)
		pattern = " on {thing}"
	}
	if e.Reverts != 0 {
		pattern += " to revert an earlier change"
	}
	return append(sentence, fill(pattern, map[string]string{
		"thing": subjectName(e), "was": orElse(e.Was.Name, "it"), "member": personName(e), "action": e.Is.Action, "noun": p.noun(e.ListedUnder()),
	})...)
}

// actor is who did it: the name at the time, and the address, since anybody may take any name.
func actor(e services.Event) []parts.Phrase {
	who := []parts.Phrase{{Text: e.ActorName, Strong: true}}
	if e.KnownEmail != "" && e.KnownEmail != e.ActorName {
		who = append(who, parts.Phrase{Text: " (" + e.KnownEmail + ")", Muted: true})
	}
	return who
}

// fill puts names into a pattern.
func fill(pattern string, names map[string]string) []parts.Phrase {
	var phrases []parts.Phrase
	for pattern != "" {
		before, rest, found := strings.Cut(pattern, "{")
		if before != "" {
			phrases = append(phrases, parts.Phrase{Text: before})
		}
		if !found {
			break
		}
		name, after, _ := strings.Cut(rest, "}")
		phrases = append(phrases, parts.Phrase{Text: names[name], Strong: name != "noun"})
		pattern = after
	}
	return phrases
}

// fewGiven is how many grantees a sentence names.
const fewGiven = 3

// gaveFew tells whether an Access tab gave the same to few grantees, so that a sentence can name them.
func gaveFew(given []services.Given) bool {
	return len(given) > 0 && len(given) <= fewGiven &&
		!slices.ContainsFunc(given, func(g services.Given) bool { return g.Level != given[0].Level })
}

// gave is "gave Website Developers and Interns Edit".
func gave(given []services.Given) []parts.Phrase {
	phrases := []parts.Phrase{{Text: "gave "}}
	for i, g := range given {
		switch {
		case i > 0 && i == len(given)-1:
			phrases = append(phrases, parts.Phrase{Text: " and "})
		case i > 0:
			phrases = append(phrases, parts.Phrase{Text: ", "})
		}
		phrases = append(phrases, parts.Phrase{Text: g.Name, Strong: true})
	}
	return append(phrases, parts.Phrase{Text: " " + words.Upper(given[0].Level.String())})
}

// subjectName is what the thing of an event was called then. A person has their address beside the name, since anybody may
// take any name. Of a refusal perhaps only what was typed is known.
func subjectName(e services.Event) string {
	switch name := orElse(orElse(e.ResourceName, e.ResourceKey), "something"); {
	case e.Subject() == models.SubjectMember && strings.Contains(e.ResourceKey, "@"):
		return services.Signature(e.ResourceName, e.ResourceKey)
	case e.Subject() == models.SubjectRequest:
		return services.Signature(name, orElse(e.Is.Email, e.Was.Email))
	default:
		return name
	}
}

func personName(e services.Event) string {
	if e.Refusal != nil {
		return orElse(e.Refusal.Member, "somebody")
	}
	return orElse(orElse(e.Is.Member, e.Was.Member), "somebody")
}

func orElse(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}

// noun is what the things of a domain are called. A domain that the catalogue no longer has is called by its key (R17).
func (p activityPage) noun(key access.DomainKey) string {
	switch d := p.catalog.Domain(key); {
	case key == access.APIKeysDomain:
		return "API key"
	case d == nil:
		return string(key)
	case d.Resource == "":
		return d.Name
	default:
		return d.Resource
	}
}

// kindNames are the kinds of subjects that are not called like the things of the domain which they are listed under.
var kindNames = map[models.SubjectKind]string{
	models.SubjectInvitation: "Invitation", models.SubjectMail: mailName, models.SubjectMember: "Member",
	models.SubjectSetting: "Setting", models.SubjectSubscription: "Subscription",
}

// kind is the noun of what an event is about.
func (p activityPage) kind(e services.Event) string {
	if name, own := kindNames[e.Subject()]; own {
		return name
	}
	return words.Upper(p.noun(e.ListedUnder()))
}

// refusal says what was missing.
func (p activityPage) refusal(r services.Refusal) string {
	switch {
	case r.Need.Ability != 0:
		return "It needs " + words.Need(p.catalog, r.Need) + "."
	case r.Lent:
		return "With Edit only through temporary access, you can’t add or invite people."
	case r.Equal:
		return "The original holds as many privileges as they do."
	case len(r.Beyond) > 0:
		return "It goes beyond their own privileges: " + words.List(p.excess(r.Beyond), fewGiven) + "."
	}
	return "A privilege was missing."
}

func (p activityPage) excess(beyond []access.Excess) []string {
	var all []string
	for _, x := range beyond {
		on := words.DomainOf(p.catalog, x.Domain)
		if x.Resource != 0 {
			on += " / " + p.thingName(x.Resource, "")
		}
		all = append(all, on+" ("+x.Abilities.String()+")")
	}
	return all
}
