package web

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"bailiwick/handlers"
	"bailiwick/services"
	"bailiwick/static"
)

const (
	healthPath = "/healthz"
	readyPath  = "/readyz"
)

// routes is every address of the console, one a line. What people may do there is asked in package services. Sessions
// and callers are looked up before, in use.
func routes(e *echo.Echo, c Config, base Base, h handlers.Pages, peers *forwarders) {
	// For machines: no session is looked up.
	e.GET(healthPath, health)
	e.GET(readyPath, ready(c.Console))
	e.GET(static.Prefix+"*", echo.WrapHandler(static.Handler()))

	// Whoever is signed in, and the form that their session ended in the middle of.
	keptForms := handlers.KeptForms{Console: c.Console}
	signedIn := signedIn(keptForms)
	e.POST(handlers.DiscardKeptPath, keptForms.Discard, signedIn)

	// For everybody.
	theme := handlers.Theme{TLS: base.TLS()}
	e.POST("/theme", theme.Update)

	// Passwords, over TLS only.
	signIn := handlers.SignIn{Console: c.Console}
	e.GET(handlers.SignInPath, signIn.Show, overTLS(base))
	e.POST(handlers.SignInPath, signIn.Create, overTLS(base))
	e.POST(handlers.SignOutPath, signIn.Delete)

	// Links by mail: opening one only moves its secret into a cookie.
	e.POST("/sign-in/link", signIn.SendLink, overTLS(base))
	e.GET("/sign-in/sent", signIn.Sent, overTLS(base))
	e.GET(services.SignInLinkPath+":token", signIn.OpenLink, overTLS(base))
	e.GET("/sign-in/confirm", signIn.Confirm, overTLS(base))
	e.POST("/sign-in/confirm", signIn.UseLink, overTLS(base))
	forgotten := handlers.ForgottenPassword{Console: c.Console}
	e.GET("/forgot-password", forgotten.Show, overTLS(base))
	e.POST("/forgot-password", forgotten.Send, overTLS(base))
	e.GET("/forgot-password/sent", forgotten.Sent, overTLS(base))
	e.GET(services.PasswordLinkPath+":token", forgotten.Open, overTLS(base))
	e.GET("/reset-password", forgotten.Edit, overTLS(base))
	e.POST("/reset-password", forgotten.Update, overTLS(base))

	// A new mail address, by the links to it and to the one before.
	addresses := handlers.Addresses{Console: c.Console}
	e.GET(services.AddressProofPath+":token", addresses.OpenNew, overTLS(base))
	e.GET("/address/new", addresses.AskNew, overTLS(base))
	e.POST("/address/new", addresses.UseNew, overTLS(base))
	e.GET(services.AddressObjectionPath+":token", addresses.OpenKeep, overTLS(base))
	e.GET("/address/keep", addresses.AskKeep, overTLS(base))
	e.POST("/address/keep", addresses.Keep, overTLS(base))

	// The second factor, where somebody has one.
	e.GET("/sign-in/code", signIn.CodeForm, overTLS(base))
	e.POST("/sign-in/code", signIn.GiveCode, overTLS(base))

	// The first start.
	setup := handlers.Setup{Console: c.Console}
	e.GET("/setup/:token", setup.Open, overTLS(base))
	e.GET("/setup", setup.Show, overTLS(base))
	e.POST("/setup", setup.Create, overTLS(base))

	// Invitations, by link and one's own.
	join := handlers.Join{Console: c.Console}
	e.GET("/join/:token", join.Open, overTLS(base))
	e.GET("/join", join.Show, overTLS(base))
	e.POST("/join/accept", join.Accept, overTLS(base))
	e.POST("/join/decline", join.Decline, overTLS(base))
	e.POST("/join/account", join.Create, overTLS(base))
	e.POST("/join/link", join.MailLink, overTLS(base))
	e.POST("/join/switch", join.Switch, overTLS(base))
	e.GET("/join/name", join.AskName, signedIn)
	e.POST("/join/name", join.GiveName, signedIn)
	e.GET("/invitations", join.Invitations, signedIn)
	e.POST("/invitations/:invitation/accept", join.AcceptOwn, signedIn)
	e.POST("/invitations/:invitation/decline", join.DeclineOwn, signedIn)

	// For anyone who is signed in.
	choice := handlers.Organizations{Console: c.Console}
	e.GET("/", choice.Home, signedIn)
	e.GET("/organizations", choice.List, signedIn)

	// One's own account.
	profile := handlers.Profile{Console: c.Console}
	e.GET("/profile", profile.Show, signedIn)
	e.POST("/profile", profile.Rename, signedIn)
	e.GET("/shortcuts", profile.Shortcuts, signedIn)
	e.POST("/shortcuts", profile.SetShortcuts, signedIn)
	e.POST("/profile/password", profile.ChangePassword, signedIn)
	e.GET("/profile/address", profile.AddressForm, signedIn)
	e.POST("/profile/address", profile.AskForAddress, signedIn)
	e.POST("/profile/address/keep", profile.KeepAddress, signedIn)
	e.POST("/profile/sessions/end", profile.EndSession, signedIn)
	e.POST("/profile/sign-out", profile.SignOutEverywhere, signedIn)
	e.GET("/profile/second-factor", profile.SetUpFactor, signedIn)
	e.POST("/profile/second-factor", profile.TurnOnFactor, signedIn)
	e.GET("/profile/second-factor/remove", profile.RemoveFactorForm, signedIn)
	e.POST("/profile/second-factor/remove", profile.RemoveFactor, signedIn)
	e.GET("/profile/recovery-codes", profile.RecoveryCodesForm, signedIn)
	e.POST("/profile/recovery-codes", profile.RenewRecoveryCodes, signedIn)
	e.GET("/profile/recovery-codes/shown", profile.RecoveryCodes, signedIn)
	e.POST("/profile/recovery-codes/file", profile.RecoveryCodesFile, signedIn)

	// The vendor's personnel. A key can't begin with a hyphen, so "-" sets the console's own words apart.
	operator := handlers.Operator{Console: c.Console, Warnings: peers.warnings}
	e.GET("/operator", operator.Show, signedIn)
	support := handlers.Support{Console: c.Console}
	e.GET("/support", support.Organizations, signedIn)
	e.GET("/support/-/requests", support.Requests, signedIn)
	e.GET("/support/-/requests.csv", support.RequestsCSV, signedIn)
	e.GET("/support/:organization", support.New, signedIn)
	e.POST("/support/:organization", support.Create, signedIn)
	e.POST("/support/:organization/preview", support.Preview, signedIn)
	e.GET("/support/:organization/requests/:access/end", support.EndAsk, signedIn)
	e.POST("/support/:organization/requests/:access/end", support.End, signedIn)

	console(e.Group(organizations+":organization"), h)
}

// console is the pages of an organization. Anyone who comes this far is a member with the minimum privilege (R5); use sees
// to that for every address below /o/.
func console(o *echo.Group, h handlers.Pages) {
	o.GET("", h.Home)

	// The organization itself.
	o.GET("/organization", h.OrganizationShow)
	o.POST("/organization", h.OrganizationUpdate)
	o.GET("/organization/name", h.OrganizationShow)
	o.POST("/organization/name", h.OrganizationRename)
	o.POST("/organization/support", h.SupportAccessUpdate)

	// Everything that the viewer may view.
	o.GET("/search", h.Search)
	o.GET("/search/hits", h.SearchHits)

	// Why somebody can, or cannot, do something.
	o.GET("/explain", h.Explain)

	// One of many, for a filter of a list.
	o.GET("/choose/groups", h.ChooseGroup)
	o.GET("/choose/domains", h.ChooseDomain)

	// Groups. A key can't begin with a hyphen, so "-" sets the console's own words apart.
	o.GET("/groups", h.GroupList)
	o.GET("/groups/-/actions", h.GroupActions)
	o.GET("/groups/-/csv", h.GroupListCSV)
	o.GET("/groups/-/compare", h.GroupCompare)
	o.GET("/groups/-/compare/csv", h.GroupCompareCSV)
	o.GET("/groups/-/many/delete", h.GroupsDeleteAsk)
	o.POST("/groups/-/many/delete", h.GroupsDelete)
	o.GET("/groups/-/add", h.GroupNew)
	o.POST("/groups/-/add", h.GroupCreate)
	o.POST("/groups/-/preview", h.PreviewNewGroup)
	o.GET("/groups/:group", h.GroupEdit)
	o.POST("/groups/:group", h.GroupUpdate)
	o.GET("/groups/:group/duplicate", h.GroupDuplicateAsk)
	o.POST("/groups/:group/duplicate", h.GroupDuplicate)
	o.GET("/groups/:group/delete", h.GroupDeleteAsk)
	o.POST("/groups/:group/delete", h.GroupDelete)

	// A group's members.
	o.GET("/groups/:group/members", h.GroupMembers)
	o.GET("/groups/:group/members.csv", h.GroupMembersCSV)
	o.GET("/groups/:group/members/-/actions", h.MemberActions)
	o.GET("/groups/:group/members/-/delete", h.GroupRemoveAsk)
	o.POST("/groups/:group/members/-/delete", h.GroupRemoveMember)
	o.GET("/groups/:group/members/-/many/delete", h.GroupMembersDeleteAsk)
	o.POST("/groups/:group/members/-/many/delete", h.GroupMembersDelete)
	o.GET("/groups/:group/members/-/many/end", h.GroupMembersEndAsk)
	o.POST("/groups/:group/members/-/many/end", h.GroupMembersEnd)

	// Invitations into a group, and those of the organization.
	o.GET("/groups/:group/members/-/invite", h.GroupInvitePanel)
	o.POST("/groups/:group/members/-/invite", h.GroupInvite)
	o.GET("/groups/:group/members/-/invite/done", h.GroupInviteDone)
	for _, list := range []string{"/groups/:group/members", "/members"} {
		one := list + "/-/invitations/:invitation"
		o.POST(one+"/resend", h.InvitationResend)
		o.GET(one+"/link", h.InvitationLinkShow)
		o.POST(one+"/link", h.InvitationLink)
		o.POST(one+"/extend", h.InvitationExtend)
		o.GET(one+"/revoke", h.InvitationRevokeAsk)
		o.POST(one+"/revoke", h.InvitationRevoke)
	}

	// The members of the organization, by number: addresses name nobody.
	o.GET("/members", h.MemberList)
	o.GET("/members/-/actions", h.MemberListActions)
	o.GET("/members/-/csv", h.MemberListCSV)
	o.GET("/members/-/compare", h.MemberCompare)
	o.GET("/members/-/compare/csv", h.MemberCompareCSV)
	for _, action := range []services.MembersAction{services.SuspendMany, services.ReactivateMany, services.EndSessionsMany} {
		o.GET("/members/-/many/"+string(action), h.MembersAsk(action))
		o.POST("/members/-/many/"+string(action), h.MembersDo(action))
	}
	o.GET("/members/-/many/remove", h.MembersRemoveAsk)
	o.POST("/members/-/many/remove", h.MembersRemove)
	o.GET("/members/-/many/groups", h.MembersAddAsk)
	o.POST("/members/-/many/groups", h.MembersAdd)
	o.GET("/members/-/many/leave", h.MembersLeaveAsk)
	o.POST("/members/-/many/leave", h.MembersLeave)
	o.GET("/members/-/many/end", h.MembersEndAsk)
	o.POST("/members/-/many/end", h.MembersEnd)
	o.GET("/members/-/you", h.OwnAccess)
	o.GET("/members/-/invite", h.InvitePanel)
	o.POST("/members/-/invite", h.Invite)
	o.GET("/members/-/invite/done", h.InviteDone)
	o.GET("/members/-/invitations/:invitation/renew", h.InvitationRenewAsk)
	o.POST("/members/-/invitations/:invitation/renew", h.InvitationRenew)
	for _, action := range []services.InvitationsAction{services.ResendMany, services.ExtendMany, services.RevokeMany} {
		o.GET("/members/-/invitations/-/many/"+string(action), h.InvitationsAsk(action))
		o.POST("/members/-/invitations/-/many/"+string(action), h.InvitationsDo(action))
	}
	o.GET("/members/-/invitations/-/many/links", h.InvitationsAsk(services.LinksMany))
	o.POST("/members/-/invitations/-/many/links", h.InvitationsLinks)
	o.GET("/members/-/invitations/-/many/links/shown", h.InvitationsLinksShow)
	o.POST("/members/-/invitations/-/many/links/file", h.InvitationsLinksFile)
	o.GET("/members/-/invitations", h.InvitationList)
	o.GET("/members/-/invitations/-/actions", h.InvitationListActions)
	o.GET("/members/-/invitations/-/csv", h.InvitationListCSV)
	o.GET("/members/:member", h.MemberAccess)
	o.GET("/members/:member/groups", h.MemberGroups)
	o.GET("/members/:member/groups.csv", h.MemberGroupsCSV)
	o.POST("/members/:member/groups", h.SetMemberGroups)
	o.POST("/members/:member/groups/preview", h.PreviewMemberGroups)
	o.GET("/members/:member/sessions", h.MemberSessions)
	o.POST("/members/:member/sessions/end", h.MemberSessionEnd)
	o.POST("/members/:member/sessions/end-all", h.MemberSessionsEnd)
	o.GET("/members/:member/address", h.MemberAddressAsk)
	o.POST("/members/:member/address", h.MemberAddressPropose)
	o.POST("/members/:member/address/withdraw", h.MemberAddressWithdraw)
	o.GET("/members/:member/suspend", h.MemberSuspendAsk)
	o.POST("/members/:member/suspend", h.MemberSuspend)
	o.GET("/members/:member/reactivate", h.MemberReactivateAsk)
	o.POST("/members/:member/reactivate", h.MemberReactivate)
	o.GET("/members/:member/delete", h.MemberDeleteAsk)
	o.POST("/members/:member/delete", h.MemberDelete)

	// What a group may do, and who may edit the group.
	o.GET("/groups/:group/privileges", h.Privileges)
	o.POST("/groups/:group/privileges", h.SavePrivileges)
	o.POST("/groups/:group/privileges/preview", h.PreviewPrivileges)
	o.GET("/groups/:group/access", h.Access)
	o.POST("/groups/:group/access", h.SetAccess)
	o.POST("/groups/:group/access/preview", h.PreviewAccess)
	o.GET("/groups/:group/people", h.People)
	o.GET("/groups/:group/people.csv", h.PeopleCSV)

	// API keys.
	o.GET("/api-keys", h.APIKeyList)
	o.GET("/api-keys/-/actions", h.APIKeyActions)
	o.GET("/api-keys/-/csv", h.APIKeyListCSV)
	o.GET("/api-keys/-/add", h.APIKeyNew)
	o.POST("/api-keys/-/add", h.APIKeyCreate)
	o.POST("/api-keys/-/preview", h.PreviewNewAPIKey)
	for _, action := range []services.APIKeysAction{services.ActivateKeys, services.DeactivateKeys, services.ExtendKeys} {
		o.GET("/api-keys/-/many/"+string(action), h.APIKeysAsk(action))
		o.POST("/api-keys/-/many/"+string(action), h.APIKeysDo(action))
	}
	o.GET("/api-keys/:key", h.APIKeyEdit)
	o.POST("/api-keys/:key", h.APIKeyUpdate)
	o.POST("/api-keys/:key/activate", h.APIKeyActivate)
	o.POST("/api-keys/:key/deactivate", h.APIKeyDeactivate)
	o.GET("/api-keys/:key/duplicate", h.APIKeyDuplicateAsk)
	o.POST("/api-keys/:key/duplicate", h.APIKeyDuplicate)
	o.GET("/api-keys/:key/secret", h.APIKeySecret)
	o.GET("/api-keys/:key/rotate", h.APIKeyRotateAsk)
	o.POST("/api-keys/:key/rotate", h.APIKeyRotate)
	o.GET("/api-keys/:key/delete", h.APIKeyDeleteAsk)
	o.POST("/api-keys/:key/delete", h.APIKeyDelete)
	o.GET("/api-keys/:key/privileges", h.Privileges)
	o.POST("/api-keys/:key/privileges", h.SavePrivileges)
	o.POST("/api-keys/:key/privileges/preview", h.PreviewPrivileges)
	o.GET("/api-keys/:key/access", h.Access)
	o.POST("/api-keys/:key/access", h.SetAccess)
	o.POST("/api-keys/:key/access/preview", h.PreviewAccess)
	o.GET("/api-keys/:key/people", h.People)
	o.GET("/api-keys/:key/people.csv", h.PeopleCSV)

	// Mails that wait or could not be sent.
	o.GET("/mail", h.MailList)
	o.GET("/mail/-/csv", h.MailListCSV)
	o.GET("/mail/-/actions", h.MailActions)
	o.POST("/mail/-/retry", h.MailRetryAll)
	o.POST("/mail/:mail/retry", h.MailRetry)
	o.POST("/mail/:mail/give-up", h.MailGiveUp)

	// Temporary access of the vendor's personnel, as administrators see it.
	o.GET("/temporary-access", h.TemporaryAccessList)
	o.GET("/temporary-access/-/actions", h.TemporaryAccessActions)
	o.GET("/temporary-access/-/csv", h.TemporaryAccessListCSV)
	o.POST("/temporary-access/-/subscribe", h.SubscribeToRequests)
	o.POST("/temporary-access/-/unsubscribe", h.UnsubscribeFromRequests)
	o.POST("/temporary-access/-/memberships/:membership/keep", h.MembershipKeep)
	o.GET("/temporary-access/:access", h.TemporaryAccessShow)
	o.GET("/temporary-access/:access/revoke", h.TemporaryAccessRevokeAsk)
	o.POST("/temporary-access/:access/revoke", h.TemporaryAccessRevoke)

	// What happened, to everything or to one thing.
	o.GET("/activity", h.Activity)
	o.GET("/activity/-/csv", h.ActivityCSV)
	o.POST("/activity/:activity/revert", h.ActivityRevert)
	o.POST("/activity/:activity/revert-change", h.ActivityRevertChange)
	o.POST("/activity/:activity/undo", h.ActivityUndo)

	// The things of every domain that names a resource, as the catalogue has them.
	domain := o.Group("/resources/:service/:domain")
	domain.GET("", h.ResourceList)
	domain.GET("/-/actions", h.ResourceActions)
	domain.GET("/-/csv", h.ResourceListCSV)
	domain.GET("/-/add", h.ResourceNew)
	domain.POST("/-/add", h.ResourceCreate)
	domain.POST("/-/preview", h.PreviewNewResource)
	for _, action := range []services.ResourcesAction{services.GiveResources, services.ChangeOwners, services.RunOnResources, services.DeleteMany} {
		domain.GET("/-/many/"+string(action), h.ResourcesAsk(action))
		domain.POST("/-/many/"+string(action), h.ResourcesDo(action))
	}
	domain.GET("/:resource", h.ResourceEdit)
	domain.POST("/:resource", h.ResourceUpdate)
	domain.POST("/:resource/run", h.ResourceRun)
	domain.GET("/:resource/duplicate", h.ResourceDuplicateAsk)
	domain.POST("/:resource/duplicate", h.ResourceDuplicate)
	domain.GET("/:resource/delete", h.ResourceDeleteAsk)
	domain.POST("/:resource/delete", h.ResourceDelete)
	domain.GET("/:resource/access", h.Access)
	domain.POST("/:resource/access", h.SetAccess)
	domain.POST("/:resource/access/preview", h.PreviewAccess)
	domain.GET("/-/people", h.People)
	domain.GET("/-/people.csv", h.PeopleCSV)
	domain.GET("/:resource/people", h.People)
	domain.GET("/:resource/people.csv", h.PeopleCSV)
}

func health(c echo.Context) error { return c.String(http.StatusOK, "ok\n") }
