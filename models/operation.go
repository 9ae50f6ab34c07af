package models

import (
	"slices"
	"strings"
)

// Operation is what an activity says was done: the kind of its subject, then what happened to it, in the past tense. Exports,
// webhooks and the API publish these names, so they never change; rows of earlier versions have others, which Now reads.
type Operation string

// The operations. What they are about, how much they matter and what earlier versions called them stands in operations.
const (
	OpAPIKeyActivated         Operation = "api-key.activated"
	OpAPIKeyCreated           Operation = "api-key.created"
	OpAPIKeyDeactivated       Operation = "api-key.deactivated"
	OpAPIKeyDeleted           Operation = "api-key.deleted"
	OpAPIKeyDuplicated        Operation = "api-key.duplicated"
	OpAPIKeyPrivilegesChanged Operation = "api-key.privileges-changed"
	OpAPIKeyPrivilegeExpired  Operation = "api-key.privilege-expired"
	OpAPIKeySecretRotated     Operation = "api-key.secret-rotated"
	OpAPIKeyUpdated           Operation = "api-key.updated"

	OpGroupMemberAdded       Operation = "group.member-added"
	OpGroupCreated           Operation = "group.created"
	OpGroupDeleted           Operation = "group.deleted"
	OpGroupDuplicated        Operation = "group.duplicated"
	OpGroupMemberKept        Operation = "group.member-kept"
	OpGroupMemberExpired     Operation = "group.member-expired"
	OpGroupMemberEndChanged  Operation = "group.member-end-changed"
	OpGroupPrivilegesChanged Operation = "group.privileges-changed"
	OpGroupPrivilegeExpired  Operation = "group.privilege-expired"
	OpGroupMemberRemoved     Operation = "group.member-removed"
	OpGroupRenamed           Operation = "group.renamed"
	OpGroupDescribed         Operation = "group.described"

	OpInvitationAccepted   Operation = "invitation.accepted"
	OpInvitationLinkCopied Operation = "invitation.link-copied"
	OpInvitationCreated    Operation = "invitation.created"
	OpInvitationDeclined   Operation = "invitation.declined"
	OpInvitationExpired    Operation = "invitation.expired"
	OpInvitationExtended   Operation = "invitation.extended"
	OpInvitationRenewed    Operation = "invitation.renewed"
	OpInvitationResent     Operation = "invitation.resent"
	OpInvitationRevoked    Operation = "invitation.revoked"
	OpInvitationVoided     Operation = "invitation.voided"

	OpMailGivenUp    Operation = "mail.given-up"
	OpMailRetried    Operation = "mail.retried"
	OpMailAllRetried Operation = "mail.all-retried"

	OpMemberAddressChanged        Operation = "member.address-changed"
	OpMemberAddressExpired        Operation = "member.address-expired"
	OpMemberAddressObjected       Operation = "member.address-objected"
	OpMemberAddressProposed       Operation = "member.address-proposed"
	OpMemberAddressVoided         Operation = "member.address-voided"
	OpMemberAddressWithdrawn      Operation = "member.address-withdrawn"
	OpMemberPasswordChanged       Operation = "member.password-changed"
	OpMemberGroupsChanged         Operation = "member.groups-changed"
	OpMemberLeft                  Operation = "member.left"
	OpMemberRecoveryCodesRenewed  Operation = "member.recovery-codes-renewed"
	OpMemberRemoved               Operation = "member.removed"
	OpMemberRenamed               Operation = "member.renamed"
	OpMemberSessionsEnded         Operation = "member.sessions-ended"
	OpMemberReactivated           Operation = "member.reactivated"
	OpMemberSuspended             Operation = "member.suspended"
	OpMemberPasswordReset         Operation = "member.password-reset"
	OpMemberSecondFactorReset     Operation = "member.second-factor-reset"
	OpMemberSecondFactorTurnedOff Operation = "member.second-factor-turned-off"
	OpMemberSecondFactorTurnedOn  Operation = "member.second-factor-turned-on"
	OpMemberPasswordSet           Operation = "member.password-set"

	OpOrganizationFileApplied              Operation = "organization.file-applied"
	OpOrganizationRestoreChecked           Operation = "organization.restore-checked"
	OpOrganizationCreated                  Operation = "organization.created"
	OpOrganizationEntered                  Operation = "organization.entered" // recorded where it is refused
	OpOrganizationSecondFactorMadeOptional Operation = "organization.second-factor-made-optional"
	OpOrganizationSecondFactorRequired     Operation = "organization.second-factor-required"
	OpOrganizationSeeded                   Operation = "organization.seeded"
	OpOrganizationSupportAccessTurnedOff   Operation = "organization.support-access-turned-off"
	OpOrganizationSupportAccessTurnedOn    Operation = "organization.support-access-turned-on"
	OpOrganizationUpdated                  Operation = "organization.updated"

	OpResourceAccessChanged Operation = "resource.access-changed"
	OpResourceCreated       Operation = "resource.created"
	OpResourceDeleted       Operation = "resource.deleted"
	OpResourceDuplicated    Operation = "resource.duplicated"
	OpResourceActionRun     Operation = "resource.action-run"
	OpResourceUpdated       Operation = "resource.updated"

	OpSubscriptionStarted Operation = "subscription.started"
	OpSubscriptionEnded   Operation = "subscription.ended"

	OpTemporaryAccessEnded     Operation = "temporary-access.ended"
	OpTemporaryAccessExpired   Operation = "temporary-access.expired"
	OpTemporaryAccessRequested Operation = "temporary-access.requested"
	OpTemporaryAccessRevoked   Operation = "temporary-access.revoked"

	OpOperatorFileApplied      Operation = "operator.file-applied"
	OpOperatorRestoreChecked   Operation = "operator.restore-checked"
	OpOperatorClockReset       Operation = "operator.clock-reset"
	OpOperatorSecretKeyRotated Operation = "operator.secret-key-rotated"
	OpOperatorPasswordSet      Operation = "operator.password-set"
)

// Severity is how much an operation matters to anyone who watches over an organization.
type Severity string

// The severities, from what happens every day to what somebody should look at.
const (
	Routine  Severity = "routine"
	Notable  Severity = "notable"
	Critical Severity = "critical"
)

// operation is what there is to know about an operation.
type operation struct {
	subject  SubjectKind
	severity Severity
	before   Operation // its name in rows of earlier versions; "" where it is the same
}

var operations = map[Operation]operation{
	OpAPIKeyActivated:         {SubjectAPIKey, Notable, "api-key.activate"},
	OpAPIKeyCreated:           {SubjectAPIKey, Notable, "api-key.create"},
	OpAPIKeyDeactivated:       {SubjectAPIKey, Notable, "api-key.deactivate"},
	OpAPIKeyDeleted:           {SubjectAPIKey, Notable, "api-key.delete"},
	OpAPIKeyDuplicated:        {SubjectAPIKey, Notable, "api-key.duplicate"},
	OpAPIKeyPrivilegesChanged: {SubjectAPIKey, Notable, "api-key.privileges"},
	OpAPIKeyPrivilegeExpired:  {SubjectAPIKey, Routine, "api-key.privileges-expired"},
	OpAPIKeySecretRotated:     {SubjectAPIKey, Notable, "api-key.rotate"},
	OpAPIKeyUpdated:           {SubjectAPIKey, Notable, "api-key.update"},

	OpGroupMemberAdded:       {SubjectGroup, Notable, "group.add-member"},
	OpGroupCreated:           {SubjectGroup, Notable, "group.create"},
	OpGroupDeleted:           {SubjectGroup, Notable, "group.delete"},
	OpGroupDuplicated:        {SubjectGroup, Notable, "group.duplicate"},
	OpGroupMemberKept:        {SubjectGroup, Notable, "group.keep-member"},
	OpGroupMemberExpired:     {SubjectGroup, Routine, ""},
	OpGroupMemberEndChanged:  {SubjectGroup, Notable, "group.member-until"},
	OpGroupPrivilegesChanged: {SubjectGroup, Notable, "group.privileges"},
	OpGroupPrivilegeExpired:  {SubjectGroup, Routine, "group.privileges-expired"},
	OpGroupMemberRemoved:     {SubjectGroup, Notable, "group.remove-member"},
	OpGroupRenamed:           {SubjectGroup, Routine, "group.rename"},
	OpGroupDescribed:         {SubjectGroup, Routine, ""},

	OpInvitationAccepted:   {SubjectInvitation, Notable, "invitation.accept"},
	OpInvitationLinkCopied: {SubjectInvitation, Notable, "invitation.copy-link"},
	OpInvitationCreated:    {SubjectInvitation, Notable, "invitation.create"},
	OpInvitationDeclined:   {SubjectInvitation, Routine, "invitation.decline"},
	OpInvitationExpired:    {SubjectInvitation, Routine, "invitation.expire"},
	OpInvitationExtended:   {SubjectInvitation, Notable, "invitation.extend"},
	OpInvitationRenewed:    {SubjectInvitation, Notable, ""},
	OpInvitationResent:     {SubjectInvitation, Routine, "invitation.resend"},
	OpInvitationRevoked:    {SubjectInvitation, Notable, "invitation.revoke"},
	OpInvitationVoided:     {SubjectInvitation, Notable, "invitation.void"},

	OpMailGivenUp:    {SubjectMail, Routine, "mail.give-up"},
	OpMailRetried:    {SubjectMail, Routine, "mail.retry"},
	OpMailAllRetried: {SubjectMail, Routine, "mail.retry-all"},

	OpMemberAddressChanged:        {SubjectMember, Critical, ""},
	OpMemberAddressExpired:        {SubjectMember, Routine, ""},
	OpMemberAddressObjected:       {SubjectMember, Notable, ""},
	OpMemberAddressProposed:       {SubjectMember, Notable, ""},
	OpMemberAddressVoided:         {SubjectMember, Notable, ""},
	OpMemberAddressWithdrawn:      {SubjectMember, Routine, ""},
	OpMemberPasswordChanged:       {SubjectMember, Notable, "member.change-password"},
	OpMemberGroupsChanged:         {SubjectMember, Notable, "member.groups"},
	OpMemberLeft:                  {SubjectMember, Notable, "member.leave"},
	OpMemberRecoveryCodesRenewed:  {SubjectMember, Notable, "member.recovery-codes"},
	OpMemberRemoved:               {SubjectMember, Notable, "member.remove"},
	OpMemberRenamed:               {SubjectMember, Routine, "member.rename"},
	OpMemberSessionsEnded:         {SubjectMember, Notable, ""},
	OpMemberReactivated:           {SubjectMember, Notable, ""},
	OpMemberSuspended:             {SubjectMember, Notable, ""},
	OpMemberPasswordReset:         {SubjectMember, Notable, "member.reset-password"},
	OpMemberSecondFactorReset:     {SubjectMember, Critical, "member.reset-second-factor"},
	OpMemberSecondFactorTurnedOff: {SubjectMember, Critical, "member.second-factor-off"},
	OpMemberSecondFactorTurnedOn:  {SubjectMember, Notable, "member.second-factor-on"},
	OpMemberPasswordSet:           {SubjectMember, Critical, "member.set-password"},

	OpOrganizationFileApplied:              {SubjectOrganization, Notable, "organization.apply"},
	OpOrganizationRestoreChecked:           {SubjectOrganization, Critical, "organization.check-restored"},
	OpOrganizationCreated:                  {SubjectOrganization, Notable, "organization.create"},
	OpOrganizationEntered:                  {SubjectOrganization, Notable, "console.enter"},
	OpOrganizationSecondFactorMadeOptional: {SubjectSetting, Critical, "organization.second-factor-off"},
	OpOrganizationSecondFactorRequired:     {SubjectSetting, Notable, "organization.second-factor-on"},
	OpOrganizationSeeded:                   {SubjectOrganization, Routine, "organization.seed"},
	OpOrganizationSupportAccessTurnedOff:   {SubjectSetting, Notable, "organization.support-off"},
	OpOrganizationSupportAccessTurnedOn:    {SubjectSetting, Critical, "organization.support-on"},
	OpOrganizationUpdated:                  {SubjectOrganization, Routine, "organization.update"},

	OpResourceAccessChanged: {SubjectResource, Notable, "resource.access"},
	OpResourceCreated:       {SubjectResource, Routine, "resource.create"},
	OpResourceDeleted:       {SubjectResource, Notable, "resource.delete"},
	OpResourceDuplicated:    {SubjectResource, Routine, "resource.duplicate"},
	OpResourceActionRun:     {SubjectResource, Routine, "resource.run"},
	OpResourceUpdated:       {SubjectResource, Routine, "resource.update"},

	OpSubscriptionStarted: {SubjectSubscription, Routine, "subscription.begin"},
	OpSubscriptionEnded:   {SubjectSubscription, Routine, "subscription.end"},

	OpTemporaryAccessEnded:     {SubjectRequest, Notable, "temporary-access.end"},
	OpTemporaryAccessExpired:   {SubjectRequest, Routine, "temporary-access.expire"},
	OpTemporaryAccessRequested: {SubjectRequest, Critical, "temporary-access.request"},
	OpTemporaryAccessRevoked:   {SubjectRequest, Critical, "temporary-access.revoke"},

	OpOperatorFileApplied:      {SubjectInstallation, Critical, "operator.apply"},
	OpOperatorRestoreChecked:   {SubjectInstallation, Critical, "operator.check-restored"},
	OpOperatorClockReset:       {SubjectInstallation, Critical, "operator.reset-clock"},
	OpOperatorSecretKeyRotated: {SubjectInstallation, Critical, "operator.rotate-secret-key"},
	OpOperatorPasswordSet:      {SubjectInstallation, Critical, "operator.set-password"},
}

// renamed are today's names of the operations of earlier versions.
var renamed = func() map[Operation]Operation {
	today := map[Operation]Operation{}
	for name, o := range operations {
		if o.before != "" {
			today[o.before] = name
		}
	}
	return today
}()

// Operations are all that there are, ascending.
func Operations() []Operation {
	var all []Operation
	for name := range operations {
		all = append(all, name)
	}
	slices.Sort(all)
	return all
}

// Now is the operation by the name that it has today.
func (o Operation) Now() Operation {
	if today, old := renamed[o]; old {
		return today
	}
	return o
}

// Subject is what kind of thing the operation is about; "" for one that a later version knows.
func (o Operation) Subject() SubjectKind { return operations[o.Now()].subject }

// Severity is how much the operation matters; "" for one that a later version knows.
func (o Operation) Severity() Severity { return operations[o.Now()].severity }

// namesOf are all names that rows have for some operations, as a list of SQL.
func namesOf(some ...Operation) string {
	var all []string
	for _, o := range some {
		all = append(all, "'"+string(o)+"'")
		if before := operations[o].before; before != "" {
			all = append(all, "'"+string(before)+"'")
		}
	}
	return strings.Join(all, ", ")
}
