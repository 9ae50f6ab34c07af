package services_test

import (
	"context"
	"errors"
	"testing"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services"
)

const searchPages access.DomainKey = "search/search-pages"

// pageKey makes a key of the template Search pages, which stands in public and brings View on search pages, and the page Shop.
func pageKey(t *testing.T, k keyring) {
	t.Helper()
	ctx, by := context.Background(), k.as(t, "administrator")
	_, err := k.AddAPIKey(ctx, by, services.NewAPIKey{Once: k.NewFormToken(), Template: "search-pages",
		APIKeyConfiguration: services.APIKeyConfiguration{Name: "Page", Expires: onDay("2027-04-01")}})
	must(t, err)
	_, err = k.AddResource(ctx, by, searchPages, services.NewResource{
		ResourceConfiguration: services.ResourceConfiguration{Name: "Shop", Visibility: models.VisibilityShared}})
	must(t, err)
}

func editOfPageKey() services.AccessDraft {
	return services.AccessDraft{Choices: []services.AccessChoice{{Kind: access.APIKey, Key: "page", Edit: true, Revision: 1}}}
}

// wantBound fails where the row of the key leaves a choice.
func wantBound(t *testing.T, tab services.AccessTab) {
	t.Helper()
	for _, row := range tab.Rows {
		if row.Grantee.Key == "page" {
			if !row.Stands.Fixed || row.Stands.Level != access.LevelView || row.Bound != "Search pages" {
				t.Errorf("the row of the key is %+v", row)
			}
			return
		}
	}
	t.Error("the key has no row")
}

// Attack: give a key that stands in public Edit on a search page, by the page's Access tab (R11).
func TestAnAccessTabGivesAKeyNoMoreThanItsTemplateBrings(t *testing.T) {
	onKeyring(t, func(t *testing.T, k keyring) {
		ctx, by := context.Background(), k.as(t, "administrator")
		pageKey(t, k)
		which := services.ResourceRef{Domain: searchPages, Key: "shop"}
		tab, err := k.AccessTab(ctx, by, which, services.AccessDraft{})
		must(t, err)
		wantBound(t, tab)
		draft := editOfPageKey()
		draft.Revision = tab.Resource.Revision
		if tab, err := k.SaveAccess(ctx, by, which, draft); !errors.Is(err, models.ErrConflict) || len(tab.Changes) > 0 {
			t.Errorf("saved with %v, changes %+v", err, tab.Changes)
		}
	})
}

// Attack: the same, by the choices that a search page begins with.
func TestANewResourceGivesAKeyNoMoreThanItsTemplateBrings(t *testing.T) {
	onKeyring(t, func(t *testing.T, k keyring) {
		ctx, by := context.Background(), k.as(t, "administrator")
		pageKey(t, k)
		tab, err := k.AccessTab(ctx, by, services.ResourceRef{Domain: searchPages}, services.AccessDraft{})
		must(t, err)
		wantBound(t, tab)
		_, err = k.AddResource(ctx, by, searchPages, services.NewResource{Access: services.NewAccess{Choices: editOfPageKey().Choices},
			ResourceConfiguration: services.ResourceConfiguration{Name: "Help", Visibility: models.VisibilityShared}})
		var wrong services.Invalid
		if !errors.As(err, &wrong) || len(wrong.Fields) != 1 || wrong.Fields[0].Field != "Access" || wrong.Fields[0].Key != "api-key:page" {
			t.Errorf("added with %v", err)
		}
	})
}

// storeBeyond writes into the store what the template of the key does not bring, as an earlier version could.
func storeBeyond(t *testing.T, k keyring) {
	t.Helper()
	ctx, scope := context.Background(), k.store.In(1)
	key, err := scope.Resource(ctx, access.APIKeysDomain, "page")
	must(t, err)
	shop, err := scope.Resource(ctx, searchPages, "shop")
	must(t, err)
	before, err := scope.PrivilegesOf(ctx, access.GranteeID(key.ID))
	must(t, err)
	must(t, scope.ReplacePrivileges(ctx, access.GranteeID(key.ID), before, access.PrivilegeSet{
		searchPages: {Level: access.LevelCustom, Editors: []access.ResourceID{shop.ID}}, "content/fields": {Level: access.LevelEdit}}, k.clock.Now()))
}

// What was stored before it was refused is not copied.
func TestACopyOfAKeyHoldsNoMoreThanItsTemplateBrings(t *testing.T) {
	onKeyring(t, func(t *testing.T, k keyring) {
		ctx, by := context.Background(), k.as(t, "administrator")
		pageKey(t, k)
		storeBeyond(t, k)
		copied, err := k.DuplicateAPIKey(ctx, by, "page", services.APIKeyCopy{Once: k.NewFormToken(), Copy: services.Copy{Confirmed: true}})
		must(t, err)
		holds, err := k.store.In(1).PrivilegesOf(ctx, access.GranteeID(copied.ID))
		must(t, err)
		if !holds.Equal(access.PrivilegeSet{searchPages: {Level: access.LevelView}}, k.Catalog()) {
			t.Errorf("the copy holds %+v", holds)
		}
	})
}

// Nor does it count when the key is used, and the page and the explanation say so.
func TestAKeyIsUsedWithNoMoreThanItsTemplateBrings(t *testing.T) {
	onKeyring(t, func(t *testing.T, k keyring) {
		ctx, by := context.Background(), k.as(t, "administrator")
		pageKey(t, k)
		storeBeyond(t, k)
		app, err := k.AuthenticateKey(ctx, k.rotate(t, "page", 0).Secret, "192.0.2.1")
		must(t, err)
		fields := services.ViewIn("content/fields")
		if app.Rights.May(fields, 0) || !app.Rights.May(services.ViewIn(searchPages), 0) || len(app.Rights.Grants(searchPages)) != 1 ||
			app.Rights.Grants(searchPages)[0].Level != access.LevelView {
			t.Errorf("the key holds %+v", app.Rights.Grants(searchPages))
		}
		tab, err := k.AccessTab(ctx, by, services.ResourceRef{Domain: searchPages, Key: "shop"}, services.AccessDraft{})
		must(t, err)
		wantBound(t, tab)
	})
}
