package services

import (
	"context"
	"strings"

	"golang.org/x/text/unicode/norm"

	"bailiwick/access"
	"bailiwick/models"
)

// ExplainChoices are what the form of a question offers the caller: some of everything that they may ask about.
type ExplainChoices struct {
	Members   []models.Member
	Groups    []models.Resource
	APIKeys   []models.Resource
	Resources []models.Resource // of the domain
	More      bool              // there are more members, groups or keys than these
	MoreOf    bool              // there are more resources than these
}

// ExplainChoices reads the choices: of the members, groups and keys those whose name contains what was typed.
func (c *Console) ExplainChoices(ctx context.Context, by Caller, typed string, domain access.DomainKey) (ExplainChoices, error) {
	choices := ExplainChoices{}
	v, page := c.view(by), models.Page{Query: typed, Fitting: true}
	if by.Rights.May(ViewGroups, 0) {
		members, err := v.Members(ctx, models.MemberFilter{Page: page}, v.At)
		if err != nil {
			return ExplainChoices{}, err
		}
		choices.Members, choices.More = members.Rows, members.Next != ""
		if choices.Groups, err = choices.some(ctx, v.Scope, access.GroupsDomain, page); err != nil {
			return ExplainChoices{}, err
		}
	}
	if by.Rights.May(ViewAPIKeys, 0) {
		var err error
		if choices.APIKeys, err = choices.some(ctx, v.Scope, access.APIKeysDomain, page); err != nil {
			return ExplainChoices{}, err
		}
	}
	if !c.mayNameIn(by, domain) {
		return choices, nil
	}
	resources, err := v.Resources(ctx, domain, models.ResourceFilter{})
	if err != nil {
		return ExplainChoices{}, err
	}
	choices.Resources, choices.MoreOf = resources.Rows, resources.Next != ""
	return choices, nil
}

// some are things of a domain to choose from, and notes whether there are more.
func (e *ExplainChoices) some(ctx context.Context, scope *models.Scope, d access.DomainKey, page models.Page) ([]models.Resource, error) {
	listing, err := scope.Resources(ctx, d, models.ResourceFilter{Page: page})
	if err != nil {
		return nil, err
	}
	e.More = e.More || listing.Next != ""
	return listing.Rows, nil
}

// mayNameIn tells whether the caller may be shown names of the domain's things (R15).
func (c *Console) mayNameIn(by Caller, key access.DomainKey) bool {
	d := c.catalog.Domain(key)
	return d != nil && d.Resource != "" && by.Rights.May(ViewIn(key), 0)
}

// Named are some resources of a domain whose name contains what was typed.
type Named struct {
	Resources []models.Resource
	More      bool // there are more than these
}

// ResourcesNamed are the resources of a domain that what was typed may mean; the one that is called exactly so comes
// alone. A caller who may not view the domain is refused.
func (c *Console) ResourcesNamed(ctx context.Context, by Caller, key access.DomainKey, typed string) (Named, error) {
	if !c.mayNameIn(by, key) {
		return Named{}, Forbidden{ViewIn(key)}
	}
	listing, err := c.view(by).Resources(ctx, key, models.ResourceFilter{Page: models.Page{Query: typed, Fitting: true}})
	if err != nil {
		return Named{}, err
	}
	var exact []models.Resource
	for _, r := range listing.Rows {
		if strings.EqualFold(r.Name, strings.TrimSpace(norm.NFC.String(typed))) {
			exact = append(exact, r)
		}
	}
	if len(exact) == 1 {
		return Named{Resources: exact}, nil
	}
	return Named{Resources: listing.Rows, More: listing.Next != ""}, nil
}

// ExplainSubject is the subject of a question that is not finished yet. It refuses as Explain does; models.ErrNotFound
// where there is none such.
func (c *Console) ExplainSubject(ctx context.Context, by Caller, ref string) (Subject, error) {
	return c.subjectOf(ctx, c.view(by), ref)
}
