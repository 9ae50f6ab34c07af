package handlers

import (
	"slices"
	"strings"

	"bailiwick/access"
	"bailiwick/services"
	"bailiwick/views"
)

// deed is an operation in words: what somebody did, and what somebody was not allowed to do. In braces stand names that
// come from the event: {thing}, {was} (the name before), {member}, {action}, and {noun}, the kind of thing.
type deed struct{ Done, Refused string }

// deeds are the operations that services record.
var deeds = map[string]deed{
	"api-key.activate":               {"activated the API key {thing}", "activate the API key {thing}"},
	"api-key.create":                 {"added the API key {thing}", "add the API key {thing}"},
	"api-key.deactivate":             {"deactivated the API key {thing}", "deactivate the API key {thing}"},
	"api-key.delete":                 {"deleted the API key {thing}", "delete the API key {thing}"},
	"api-key.duplicate":              {"duplicated the API key {was} as {thing}", "duplicate the API key {thing}"},
	"api-key.privileges":             {"changed the privileges of the API key {thing}", "change the privileges of the API key {thing}"},
	"api-key.privileges-expired":     {"ended a privilege of the API key {thing}, which had expired", "end a privilege of the API key {thing}"},
	"api-key.rotate":                 {"gave the API key {thing} a new secret", "give the API key {thing} a new secret"},
	"api-key.update":                 {"changed the API key {thing}", "change the API key {thing}"},
	"group.add-member":               {"added {member} to {thing}", "add {member} to {thing}"},
	"group.create":                   {"added the group {thing}", "add the group {thing}"},
	"group.delete":                   {"deleted the group {thing}", "delete the group {thing}"},
	"group.duplicate":                {"duplicated {was} as {thing}", "duplicate {thing}"},
	"group.keep-member":              {"decided that {member}, whom temporary access had brought in, stays in {thing}", "decide that somebody stays in a group"},
	"group.member-expired":           {"ended {member}’s membership of {thing}, which had expired", "end {member}’s membership of {thing}"},
	"group.member-until":             {"changed how long {member} is in {thing}", "change how long {member} is in {thing}"},
	"group.privileges":               {"changed the privileges of {thing}", "change the privileges of {thing}"},
	"group.privileges-expired":       {"ended a privilege of {thing}, which had expired", "end a privilege of {thing}"},
	"group.remove-member":            {"removed {member} from {thing}", "remove {member} from {thing}"},
	"group.rename":                   {"renamed {was} to {thing}", "rename {thing}"},
	"invitation.accept":              {"joined {thing} by invitation", "join {thing}"},
	"invitation.copy-link":           {"copied a link to the invitation of {member} into {thing}", "copy a link to the invitation of {member} into {thing}"},
	"invitation.create":              {"invited {member} into {thing}", "invite {member} into {thing}"},
	"invitation.decline":             {"declined the invitation into {thing}", "decline the invitation into {thing}"},
	"invitation.expire":              {"ended the invitation of {member} into {thing}, which had run out", "end the invitation of {member} into {thing}"},
	"invitation.extend":              {"extended the invitation of {member} into {thing}", "extend the invitation of {member} into {thing}"},
	"invitation.resend":              {"sent the invitation of {member} into {thing} again", "send the invitation of {member} into {thing} again"},
	"invitation.revoke":              {"revoked the invitation of {member} into {thing}", "revoke the invitation of {member} into {thing}"},
	"invitation.void":                {"ended the invitation of {member} into {thing}, which nobody stands behind any more", "end the invitation of {member} into {thing}"},
	"mail.give-up":                   {"gave up a mail to {thing}", "give up a mail"},
	"mail.retry":                     {"asked to send a mail to {thing} again", "send a mail again"},
	"mail.retry-all":                 {"asked to send again what could not be sent", "send mails again"},
	"member.change-password":         {"changed their password", "change their password"},
	"member.groups":                  {"changed the groups of {thing}", "change the groups of {thing}"},
	"member.leave":                   {"took the last group from {thing}, who left the organization", "take the last group from {thing}"},
	"member.recovery-codes":          {"made new recovery codes", "make new recovery codes"},
	"member.remove":                  {"removed {thing} from the organization", "remove {thing} from the organization"},
	"member.rename":                  {"renamed {was} to {thing}", "rename {thing}"},
	"member.reset-password":          {"set a new password by a link that was mailed to them", "set a new password"},
	"member.reset-second-factor":     {"took the second factor away from {thing}, who had lost it", "take the second factor away from {thing}"},
	"member.second-factor-off":       {"turned their second factor off", "turn their second factor off"},
	"member.second-factor-on":        {"turned on a second factor", "turn on a second factor"},
	"member.set-password":            {"set a new password for {thing}", "set a new password for {thing}"},
	"organization.apply":             {"applied a file to {thing}", "apply a file to {thing}"},
	"organization.check-restored":    {"ended all sessions and open links of {thing} after a backup was restored, and held its mails", "check {thing} after a backup was restored"},
	"organization.create":            {"created the organization {thing}", "create the organization {thing}"},
	"organization.second-factor-off": {"no longer requires a second factor in {thing}", "no longer require a second factor in {thing}"},
	"organization.second-factor-on":  {"required a second factor in {thing}", "require a second factor in {thing}"},
	"organization.seed":              {"made up the organization {thing}", "make up the organization {thing}"},
	"organization.support-off":       {"switched support access to {thing} off", "switch support access to {thing} off"},
	"organization.support-on":        {"switched support access to {thing} on", "switch support access to {thing} on"},
	"organization.update":            {"changed the organization {thing}", "change the organization {thing}"},
	"resource.access":                {"changed who can edit {thing}", "change who can edit {thing}"},
	"resource.create":                {"added the {noun} {thing}", "add the {noun} {thing}"},
	"resource.delete":                {"deleted the {noun} {thing}", "delete the {noun} {thing}"},
	"resource.duplicate":             {"duplicated {was} as {thing}", "duplicate {thing}"},
	"resource.run":                   {"started {action} of {thing}", "run an action of {thing}"},
	"resource.update":                {"changed the {noun} {thing}", "change the {noun} {thing}"},
	"subscription.begin":             {"subscribed to {thing}", "subscribe to {thing}"},
	"subscription.end":               {"no longer subscribes to {thing}", "end a subscription to {thing}"},
	"temporary-access.end":           {"gave their temporary access back", "give temporary access back"},
	"temporary-access.expire":        {"ended the temporary access of {thing}, which had expired", "end the temporary access of {thing}"},
	"temporary-access.request":       {"asked for temporary access and got it", "ask for temporary access"},
	"temporary-access.revoke":        {"revoked the temporary access of {thing}", "revoke the temporary access of {thing}"},
}

// sentence says what happened, names in bold.
func (p activityPage) sentence(e services.Event) []views.Phrase {
	words, known := deeds[e.Operation]
	if !known { // written by a later version
		words = deed{"did “" + e.Operation + "” to {thing}", "do “" + e.Operation + "” to {thing}"}
	}
	sentence := append(actor(e), views.Phrase{Text: " "})
	pattern := words.Done
	if e.Refusal != nil {
		pattern = "was not allowed to " + words.Refused
	} else if e.Operation == "resource.access" && gaveFew(e.Is.Given) {
		sentence = append(sentence, gave(e.Is.Given)...)
		pattern = " on {thing}"
	}
	return append(sentence, fill(pattern, map[string]string{
		"thing": subjectName(e), "was": orElse(e.Was.Name, "it"), "member": personName(e), "action": e.Is.Action, "noun": p.noun(e.Domain),
	})...)
}

// actor is who did it: the name at the time, and the address, since anybody may take any name.
func actor(e services.Event) []views.Phrase {
	who := []views.Phrase{{Text: e.ActorName, Strong: true}}
	if e.KnownEmail != "" && e.KnownEmail != e.ActorName {
		who = append(who, views.Phrase{Text: " (" + e.KnownEmail + ")", Muted: true})
	}
	return who
}

// fill puts names into a pattern.
func fill(pattern string, names map[string]string) []views.Phrase {
	var phrases []views.Phrase
	for pattern != "" {
		before, rest, found := strings.Cut(pattern, "{")
		if before != "" {
			phrases = append(phrases, views.Phrase{Text: before})
		}
		if !found {
			break
		}
		name, after, _ := strings.Cut(rest, "}")
		phrases = append(phrases, views.Phrase{Text: names[name], Strong: name != "noun"})
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
func gave(given []services.Given) []views.Phrase {
	phrases := []views.Phrase{{Text: "gave "}}
	for i, g := range given {
		switch {
		case i > 0 && i == len(given)-1:
			phrases = append(phrases, views.Phrase{Text: " and "})
		case i > 0:
			phrases = append(phrases, views.Phrase{Text: ", "})
		}
		phrases = append(phrases, views.Phrase{Text: g.Name, Strong: true})
	}
	return append(phrases, views.Phrase{Text: " " + upperFirst(given[0].Level.String())})
}

// subjectName is what the thing of an event was called then, and the address of a person, since anybody may take any name; a
// refusal may know no more than what was typed.
func subjectName(e services.Event) string {
	switch name := orElse(orElse(e.ResourceName, e.ResourceKey), "something"); {
	case strings.HasPrefix(e.Operation, "member.") && strings.Contains(e.ResourceKey, "@"):
		return services.Signature(e.ResourceName, e.ResourceKey)
	case e.Domain == access.TemporaryAccessDomain:
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

// noun is what a domain's things are called; one that the catalogue no longer has is known by its key (R17).
func (p activityPage) noun(key access.DomainKey) string {
	switch d := p.catalog.Domain(key); {
	case key == access.APIKeysDomain:
		return "API key"
	case d == nil:
		return string(key)
	case d.Resource == "":
		return lowerFirst(d.Name)
	default:
		return d.Resource
	}
}

// kind is the noun of what an event is about.
func (p activityPage) kind(e services.Event) string {
	if strings.HasPrefix(e.Operation, "member.") {
		return "Member"
	}
	if strings.HasPrefix(e.Operation, "mail.") {
		return mailName
	}
	return upperFirst(p.noun(e.Domain))
}

// refusal says what was missing.
func (p activityPage) refusal(r services.Refusal) string {
	switch {
	case r.Need.Ability != 0:
		return "It needs " + needWords(p.catalog, r.Need) + "."
	case r.Lent:
		return "Who can edit a group only through temporary access can't add or invite people."
	case r.Equal:
		return "The original holds as many privileges as they do."
	case len(r.Beyond) > 0:
		return "It goes beyond their own privileges: " + list(p.excess(r.Beyond), fewGiven) + "."
	}
	return "A privilege was missing."
}

func (p activityPage) excess(beyond []access.Excess) []string {
	var all []string
	for _, x := range beyond {
		d := p.catalog.Domain(x.Domain)
		words := string(x.Domain)
		if d != nil {
			words = fullName(d)
		}
		if x.Resource != 0 {
			words += " / " + p.thingName(x.Resource, "")
		}
		all = append(all, words+" ("+x.Abilities.String()+")")
	}
	return all
}
