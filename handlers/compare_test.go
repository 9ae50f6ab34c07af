package handlers

import (
	"net/url"
	"slices"
	"testing"
	"time"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views"
)

func comparedGroup(name string, set access.PrivilegeSet) services.Compared {
	return services.Compared{Name: name, Group: &models.Group{Resource: models.Resource{Key: name, Name: name}}, Set: set}
}

func compared(address string, columns ...services.Compared) views.Compare {
	return comparison(address, services.Comparison{Columns: columns}).view()
}

func comparison(address string, c services.Comparison) comparePage {
	values, err := url.ParseQuery(address)
	if err != nil {
		panic(err)
	}
	q := readCompare(values, comparedGroups)
	for _, col := range c.Columns {
		if !col.Catalog() {
			q.keys = append(q.keys, col.Group.Key)
		}
	}
	return comparePage{c, q, catalog, siteOf("o")}
}

func rowsOf(page views.Compare) []views.CompareRow {
	var all []views.CompareRow
	for _, s := range page.Services {
		all = append(all, s.Rows...)
	}
	return all
}

func counts(page views.Compare) []string {
	var all []string
	for _, s := range page.Show {
		all = append(all, s.Count)
	}
	return all
}

func TestAComparisonShowsWhereGroupsDiffer(t *testing.T) {
	interns := comparedGroup("Interns", access.PrivilegeSet{sources: {Level: access.LevelCustom, CanCreate: true}, "content/fields": {Level: access.LevelView}})
	interns.Lengths, interns.Group.Members = map[access.DomainKey]int{sources: 2}, 31
	leads := comparedGroup("Leads", access.PrivilegeSet{sources: {Level: access.LevelEdit}, "content/fields": {Level: access.LevelView}})
	c := comparison("", services.Comparison{Columns: []services.Compared{interns, leads}, Totals: map[access.DomainKey]int{sources: 400}})
	page := c.view()
	if !slices.Equal(counts(page), []string{"1", "2", "53"}) || len(rowsOf(page)) != 1 {
		t.Fatalf("%q, drawn as %+v", counts(page), rowsOf(page))
	}
	if col := page.Columns[0]; col.Name != "Interns" || col.Letter != "A" || col.Count.Label != "31 members" || col.Note != "2 domains" || col.Without != "/o/o/groups/-/compare?group=Leads" {
		t.Errorf("the column is %+v", col)
	}
	row := rowsOf(page)[0]
	if cell := row.Cells[0]; row.Name != "Sources" || cell.Level != "custom" || cell.List.Label != "Edit on 2 of 400" || !slices.Equal(cell.Notes, []string{"Can create"}) {
		t.Errorf("the row is %+v", row)
	}
	if cell := row.Cells[1]; cell.Word != "Edit all" || cell.List.Label != "" || cell.Notes != nil {
		t.Errorf("beside it: %+v", cell)
	}
	for show, want := range map[string]int{"show=granted": 2, "show=all": 53, "show=all&q=fields+content": 1, "q=sourc": 1} {
		if rows := rowsOf(compared(show, interns, leads)); len(rows) != want {
			t.Errorf("%s has %d rows, want %d", show, len(rows), want)
		}
	}
}

func TestWhatIsTheSameIsFoldedAndSaysWhatItIs(t *testing.T) {
	view, edit := access.Privilege{Level: access.LevelView}, access.Privilege{Level: access.LevelEdit}
	one := comparedGroup("one", access.PrivilegeSet{"organization/organization": view, "content/fields": view})
	two := comparedGroup("two", access.PrivilegeSet{"organization/organization": view, "content/fields": edit})
	folds := map[string]string{}
	page := compared("same=content", one, two, two)
	for _, s := range page.Services {
		folds[s.Name] = s.Fold.Text
		if opened := s.Fold.Open; opened != (s.Name == "Content") || opened != (len(s.Same) > 0) {
			t.Errorf("%s: open %t with %d rows", s.Name, opened, len(s.Same))
		}
	}
	for service, want := range map[string]string{
		"Organization": "12 domains are the same: View on Organization, None on 11", "Analytics": "15 domains are the same: None in all three"} {
		if folds[service] != want {
			t.Errorf("%s: %q, want %q", service, folds[service], want)
		}
	}
	if page := compared("q=content+extens", one, two); len(page.Services) != 1 || page.Services[0].Fold.Text != "1 domain is the same: None on Extensions" {
		t.Errorf("one alone: %+v", page.Services[0].Fold)
	}
}

func TestWhatALevelBringsByItselfIsNoDifference(t *testing.T) {
	box := comparedGroup("box", access.PrivilegeSet{sources: {Level: access.LevelEdit, CanCreate: true}})
	none := comparedGroup("none", access.PrivilegeSet{sources: {Level: access.LevelEdit}})
	if page := compared("", box, none); counts(page)[0] != "0" || page.Empty == nil || page.Empty.Title != "These groups hold the same." {
		t.Errorf("%q, %+v", counts(page), page.Empty)
	}
}

// Services say where lists differ, for the domains that the viewer may view; lengths tell nothing by themselves.
func TestEditorListsDifferWhereServicesSaySo(t *testing.T) {
	custom := access.PrivilegeSet{sources: {Level: access.LevelCustom}}
	one, two := comparedGroup("one", custom), comparedGroup("two", custom)
	if page := compared("", one, two); page.Empty == nil {
		t.Errorf("unseen, they differ: %+v", page.Services)
	}
	for name, c := range map[string]struct {
		apart       services.Apart
		text, count string
	}{
		"counted":  {services.Apart{Count: 31}, "31 sources differ", "1 of 31 sources that differ"},
		"one":      {services.Apart{Count: 1}, "1 source differs", "1 of 1 source that differs"},
		"too long": {services.Apart{Long: true}, "Compare sources", "1 source on this page"},
	} {
		found := services.Comparison{Columns: []services.Compared{one, two}, Apart: map[access.DomainKey]services.Apart{sources: c.apart}}
		if row := rowsOf(comparison("", found).view())[0]; row.More == nil || row.More.Text != c.text || row.More.Open || row.Rows != nil {
			t.Errorf("%s: %+v", name, row)
		}
		found.Rows = services.ApartRows{Domain: sources, Listing: models.Listing[models.Resource]{Rows: []models.Resource{{ID: 7, Name: "Web"}}}}
		if row := rowsOf(comparison("rows=content/sources", found).view())[0]; !row.More.Open || row.Count != c.count || len(row.Rows) != 1 || row.Rows[0].Cells[0].Word != "View" {
			t.Errorf("%s, open: %+v", name, row)
		}
	}
}

func TestAComparisonSaysWhatThereIsToChoose(t *testing.T) {
	users := comparedGroup("users", access.PrivilegeSet{})
	catalogue := services.Compared{Name: "users", Set: access.PrivilegeSet{}}
	choices := []models.Group{{Resource: models.Resource{Key: "leads", Name: "Leads"}, Members: 1}}
	for name, c := range map[string]struct {
		address       string
		found         services.Comparison
		empty, choice string
	}{
		"nothing chosen":  {"", services.Comparison{}, "No groups to compare yet", "closed"},
		"one":             {"", services.Comparison{Columns: []services.Compared{users}}, "One group alone", "closed"},
		"one built in":    {"", services.Comparison{Columns: []services.Compared{users, catalogue}}, "These groups hold the same.", "closed"},
		"no domain":       {"q=xyz", services.Comparison{Columns: []services.Compared{users, catalogue}}, "No domain matches “xyz”", "closed"},
		"choosing":        {"add=yes", services.Comparison{Choices: choices}, "No groups to compare yet", ""},
		"more to choose":  {"add=yes", services.Comparison{Choices: choices, More: true}, "No groups to compare yet", "1 group shown. Type a name to find others."},
		"nothing to find": {"add=yes&find=xyz", services.Comparison{}, "No groups to compare yet", "No further group matches “xyz”."},
		"no room": {"add=yes&group=1&group=2&group=3&group=4&group=5&group=6&group=7", services.Comparison{Columns: []services.Compared{users}, Choices: choices},
			"One group alone", "No more than 8 groups. Leave one out to choose another."},
	} {
		page, choice := comparison(c.address, c.found).view(), "closed"
		if page.Choice != nil {
			choice = page.Choice.More
		}
		if page.Empty == nil || page.Empty.Title != c.empty || choice != c.choice {
			t.Errorf("%s: %+v, %q", name, page.Empty, choice)
		}
	}
}

func TestACarriedComparisonIsTheSame(t *testing.T) {
	const address = "after=x&before=y&group=b&group=a&q=web&rows=content%2Fsources&same=content&same=search&show=all"
	values, err := url.ParseQuery(address + "&group=b&drop=c&group=c")
	if err != nil {
		t.Fatal(err)
	}
	if got := readCompare(values, comparedGroups).at("/c"); got != "/c?"+address {
		t.Errorf("carried as %s", got)
	}
}

func TestAComparisonSaysThroughWhatAMemberHasALevel(t *testing.T) {
	group := func(id access.GranteeID, name string) access.Grantee {
		return access.Grantee{Kind: access.Group, ID: id, Key: name, Name: name}
	}
	lent := access.Grantee{Kind: access.TemporaryAccess, ID: 9, Name: "Mia Lang"}
	held := func(via access.Grantee, level access.Level, create bool) access.Grant {
		return access.Grant{Via: via, Domain: sources, Level: level, CanCreate: create}
	}
	interns, leads, users := group(1, "Interns"), group(2, "Leads"), group(3, "Users")
	for name, c := range map[string]struct {
		grants        []access.Grant
		through, href string
	}{
		"nothing":          {nil, "", ""},
		"one group":        {[]access.Grant{held(interns, access.LevelCustom, false), held(users, access.LevelView, false)}, "Interns", "/o/o/groups/Interns/privileges"},
		"two groups":       {[]access.Grant{held(interns, access.LevelCustom, false), held(leads, access.LevelCustom, false)}, "Interns and Leads", "/o/o/members/7"},
		"another creates":  {[]access.Grant{held(interns, access.LevelCustom, false), held(users, access.LevelView, true)}, "Interns and Users", "/o/o/members/7"},
		"a group in turn":  {[]access.Grant{held(interns, access.LevelEdit, false), held(interns, access.LevelEdit, false)}, "Interns", "/o/o/groups/Interns/privileges"},
		"temporary access": {[]access.Grant{held(interns, access.LevelView, false), held(lent, access.LevelEdit, false)}, "temporary access", "/o/o/members/7"},
	} {
		member := &services.ComparedMember{Member: models.Member{ID: 7}, Rights: access.Resolve(catalog, c.grants, nil, time.Now())}
		p := comparePage{catalog: catalog, site: siteOf("o")}
		if got := p.through(catalog.Domain(sources), services.Compared{Member: member}); got.Label != c.through || got.Href != c.href {
			t.Errorf("%s: through %q, to %s; want %q, %s", name, got.Label, got.Href, c.through, c.href)
		}
	}
}
