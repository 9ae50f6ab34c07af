package parts_test

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"bailiwick/views/parts"
	"bailiwick/views/viewstest"

	"github.com/a-h/templ"
)

var (
	field    = parts.Field{ID: "name", Name: "name", Label: "Name", Value: "Web", Help: "At most 125 characters."}
	wrong    = parts.Field{ID: "name", Name: "name", Label: "Name", Help: "At most 125 characters.", Error: "Enter a name.", Required: true}
	area     = parts.TextArea{ID: "why", Name: "why", Label: "Why", Lines: 3, Help: "In a few words."}
	options  = []parts.Option{{Label: "Choose"}, {Value: "a", Label: "First", Selected: true}}
	choice   = parts.SelectField{ID: "kind", Name: "kind", Label: "Kind", Options: options}
	next     = &parts.Link{Label: "Add group", Href: "/groups/-/add", Icon: "plus"}
	selected = parts.ActionBar{State: "editable", Selected: "web", Subject: "Web", Level: "edit", Word: "Can edit", Clear: "/", Why: "It can’t be deleted.", WhyHref: "/why",
		Actions: []parts.Action{{Label: "Edit", Icon: "pencil", Href: "/edit"}, {Label: "Rebuild", Href: "/run", Post: true, Name: "action", Value: "rebuild"},
			{Label: "Copy", Href: "/copy", Post: true}, {Label: "Delete", Href: "/delete", Danger: true}, {Label: "Activity", Href: "/activity", More: true}}}
	table = parts.Listing{Action: "/groups", ActionsURL: "/groups/-/actions", Bar: selected, Caption: "Groups of Acme.", Count: "1 group", Note: "Times are UTC.",
		Columns: []parts.Column{{Label: "Group", Href: "/?sort=-name", Sort: "ascending"}, {Label: "Members", Href: "/?sort=members", Class: "num p2"}, {Label: "Note"}},
		Hidden:  []parts.Hidden{{Name: "q", Value: "we"}}, Pager: parts.Pager{First: "/", Previous: "/?before=x", Next: "/?after=x"}}
	answer = parts.Answer{Yes: true, Verdict: "Web Developers can edit Web.", Summary: "1 of 1 group gives it.", AsOf: "revision 4", At: "2027-01-04T12:00:00Z", Again: "/explain",
		Chain: []parts.ChainLink{{Icon: "user", Name: "John Smith", Edge: "is in", Link: next}, {Icon: "users", Name: "Web Developers", Note: "custom group"}},
		Also:  []parts.ToldGrant{{Name: "Users", Text: "View all", Level: "view", Word: "View"}}, Changes: []string{"Without it View remains."}}
	event = parts.ActivityEvent{At: parts.When{ISO: "2027-01-04T12:00:00Z", Text: "12:00"}, Initials: "JS", Kind: "Group",
		Sentence: []parts.Phrase{{Text: "John Smith", Strong: true}, {Text: " (john@example.com)", Muted: true}, {Text: " renamed a group"}},
		Changes:  []parts.ChangeRow{{Label: "Name", Before: "Web", After: "Web Team"}, {Label: "Until", None: "For good"}}, More: "and 2 more changes",
		Facts: []parts.Fact{{Term: "From", Value: "192.0.2.1"}, {Term: "At", Value: "12:00", DateTime: "2027-01-04T12:00:00Z"}}, All: next,
		ID: "activity-7", Here: "?open=7#activity-7", Revert: "?open=7&revert=1", Reverted: next}
	reversal = parts.Reversal{Lead: "What would change against today, 4 January.", Action: "/activity/7/revert", Hidden: []parts.Hidden{{Name: "shown", Value: "x"}},
		Button: "Revert 1 of 2", Cancel: "?open=7", Note: " What you give ends soon.", Effects: []parts.ReversalEffect{{Gains: true, Who: "2 members", What: "View", Rest: " on Content / Fields"}, {Who: "2 members", What: "Edit", Rest: " on Web"}},
		Change: parts.ReversalPart{Title: "1 would change", More: "and 3 more", Lines: []parts.ReversalLine{{Label: "Content / Fields", Today: parts.Value{Level: "none", Word: "None"}, Reverted: parts.Value{Level: "view", Word: "View"}}}},
		Stay:   parts.ReversalPart{Title: "1 stays as it is", Lines: []parts.ReversalLine{{Label: "Name", Today: parts.Value{Word: "Web"}, Why: "Changed again.", See: next}}}}
)

// components are all parts, each in the states that draw other markup: "Name" or "Name: state".
func components() map[string]templ.Component {
	refused, several := event, parts.Confirm{Title: "Delete Web?", Text: []string{"It is gone.", "For everybody."}, Action: "/delete", Button: "Delete", Cancel: "/", Danger: true}
	refused.Refused, refused.Changes, refused.All = "It needs Edit.", nil, nil
	unreverted, opened := reversal, event
	unreverted.Change, unreverted.Effects, unreverted.Nothing, unreverted.Changed = parts.ReversalPart{}, nil, "Nothing to revert.", "Something was changed."
	opened.Open, opened.Revert, opened.Reversal = true, "", &reversal
	naming := parts.Confirm{Title: "Duplicate Web?", Text: []string{"It gets its configuration."}, Action: "/duplicate", Button: "Duplicate source", Cancel: "/", Name: &field,
		Warning: &parts.Notice{ID: "lockout", Tone: "warning", Title: "You will not be able to edit it.", Text: "None of your groups will."},
		Boxes:   []parts.Confirmation{{Name: "confirm", Label: "I know", DescribedBy: "lockout"}}}
	empty, denied := table, answer
	empty.Empty, empty.Count, empty.Note, empty.Bar = &parts.Empty{Icon: "users", Title: "No groups", Text: "Add one.", Action: next}, "", "", parts.ActionBar{State: "none", Hint: "Select a group."}
	denied.Yes, denied.Chain = false, nil
	filters := parts.Filters{Action: "/groups", Search: parts.Search{Label: "Filter groups"}}
	filtered := filters
	filtered.Selects, filtered.Hidden, filtered.Clear = []parts.SelectField{choice}, []parts.Hidden{{Name: "sort", Value: "name"}}, "/groups"
	boxes := table
	boxes.Many = &parts.Picks{Page: "Select all 13 groups on this page", All: true, Carried: []parts.Hidden{{Name: "selected", Value: "other"}}}
	member := parts.MemberField{Field: field, Chosen: parts.Control{Name: "found", Label: "Members found"}, More: "1 of 23 shown. Type more to narrow.",
		Found: []parts.FoundLine{{Value: "john@example.com", Name: parts.Words{{Text: "John", Marked: true}}, Sub: parts.Words{{Text: "john@example.com"}}, Checked: true}}}
	member.Error = "Nobody has this address."
	return map[string]templ.Component{
		"ActionBarFragment": parts.ActionBarFragment(selected), "ActionBarFragment: nothing selected": parts.ActionBarFragment(empty.Bar),
		"Answer": answer.Component(), "Answer: no": denied.Component(),
		"Button": parts.Button{Label: "Save"}, "Button: icon": parts.Button{Label: "Undo", Of: "the change", Icon: "undo-2", Size: parts.IconOnly},
		"ButtonLink": parts.ButtonLink{Label: "Cancel", Href: "/"}, "ButtonLink: icon": parts.CloseButton("/"), "MenuHead": within("details", around(parts.MenuHead(parts.Plain, parts.Fitting), "More")),
		"Callout": parts.Callout("danger", "Not saved.", "Try again."), "Callout: plain": parts.Callout("", "", "A remark."),
		"Flash":                   parts.Flash{Tone: "success", Title: "Saved.", Text: "It applies now."}.Component(),
		"Flash: undoable":         parts.Flash{Tone: "success", Title: "Saved.", Text: "It applies now.", Undo: "/activity/7/undo", Back: "/groups"}.Component(),
		"ConfirmationBox":         parts.ConfirmationBox(parts.Confirmation{Name: "sure", Label: "I am sure"}, "check", ""),
		"ConfirmationBox: ticked": parts.ConfirmationBox(parts.Confirmation{Name: "sure", Label: "I am sure", Checked: true}, "check", parts.TabForm),
		"Segments":                parts.Segments("show", "Show sources", []parts.Segment{{Label: "All", Count: "400", ID: "shown"}, {Value: "changed", Label: "Changed", Count: "3", Checked: true}}),
		"ConflictNotice":          parts.ConflictNotice(&parts.Conflict{Who: "Lead", When: "2 min ago", Rows: []parts.ConflictRow{{Label: "Name", Yours: "A", Theirs: "B"}}}),
		"ConflictNotice: no rows": parts.ConflictNotice(&parts.Conflict{Who: "Somebody else"}), "ConflictNotice: none": parts.ConflictNotice(nil),
		"DefaultButton": parts.DefaultButton(), "Dialog": parts.Dialog(several), "Dialog: asks for a name": parts.Dialog(naming), "EmptyState": parts.EmptyState(*empty.Empty), "EmptyState: no step": parts.EmptyState(parts.Empty{Icon: "x", Title: "None"}),
		"ErrorSummary": parts.ErrorSummary([]parts.FieldError{{ID: "name", Label: "Name", Text: "Enter one."}}), "ErrorSummary: none": parts.ErrorSummary(nil),
		"Event": parts.Event(event), "Event: refused": parts.Event(refused), "Event: being reverted": parts.Event(opened),
		"Reversal": reversal.Component(), "Reversal: of nothing": unreverted.Component(), "Facts": parts.Facts(event.Facts),
		"Found": parts.Found(parts.FoundChoices{Choice: parts.Control{Name: "into", Label: "Groups"}, More: "2 groups shown.",
			Lines: []parts.FoundLine{{Value: "users", Name: parts.Words{{Text: "Users"}}, Note: "22 members"}, {Value: "team", Name: parts.Words{{Text: "Team"}}, Sub: parts.Words{{Text: "You can’t give this."}}, Locked: true}}}),
		"Found: one is chosen": parts.Found(parts.FoundChoices{Choice: member.Chosen, One: true, Lines: member.Found}), "Found: nothing": parts.Found(parts.FoundChoices{}),
		"PickerSearch": parts.PickerSearch(parts.Control{Name: "find", Label: "Find groups"}, "users"),
		"Tokens":       parts.Tokens("chosen", parts.Control{Name: "into", Label: "Groups"}, "drop", []parts.Token{{Value: "users", Name: "Users"}}),
		"FieldMember":  parts.FieldMember(member), "FieldMember: nobody found": parts.FieldMember(parts.MemberField{Field: field}),
		"FieldGroupedSelect":        parts.FieldGroupedSelect(parts.GroupedSelect{ID: "who", Name: "who", Label: "Who", Groups: []parts.OptionGroup{{Options: options}, {Label: "Groups", Options: options}}}),
		"FieldGroupedSelect: wrong": parts.FieldGroupedSelect(parts.GroupedSelect{ID: "who", Name: "who", Label: "Who", Error: "Choose again."}),
		"FieldNotes":                parts.FieldNotes("name", "At most 125 characters.", "Enter a name."), "FieldNotes: none": parts.FieldNotes("name", "", ""),
		"FieldSelect": parts.FieldSelect(choice), "FieldText": parts.FieldText(field), "FieldText: wrong": parts.FieldText(wrong), "FieldTextArea": parts.FieldTextArea(area),
		"EventText":     parts.EventText([]parts.Phrase{{Text: "Administrator", Strong: true}, {Text: "admin@example.com", Muted: true}, {Text: " added a group"}}),
		"FilterBarWith": parts.FilterBarWith(parts.Filters{Action: "/groups", Search: parts.Search{Label: "Filter groups"}}),
		"ColumnHead":    within("tr", parts.ColumnHead(parts.Column{Label: "Name", Href: "/groups?sort=-name", Sort: "ascending", Class: "p2"})),
		"FilterBar":     parts.FilterBar(filters), "FilterBar: narrowed": parts.FilterBar(filtered), "FormButtons": parts.FormButtons("Save", "/"), "FormButtons: no way back": parts.FormButtons("Save", ""),
		"FormPagerButtons":       parts.FormPagerButtons(parts.FormPager{Name: "page", Of: "groups", Range: "50 rows on this page", Previous: "b:x", Next: "a:y"}, "/groups"),
		"FormPagerButtons: none": parts.FormPagerButtons(parts.FormPager{}, "/groups"), "HiddenInputs": parts.HiddenInputs(table.Hidden),
		"Icon": parts.Icon("plus"), "IconEnd": parts.IconEnd("chevron-down"), "Mark": parts.Mark(),
		"Level": parts.Level("edit", "Edit"), "Level: of another catalogue": parts.Level("approve", "Approve"), "LevelPill": parts.LevelPill("view", "View only"),
		"LinkBody": parts.LinkBody(*next), "PageAction": parts.PageAction(*next), "PageAction: changes something": parts.PageAction(parts.Link{Label: "Retry", Href: "/retry", Post: true}),
		"PanelLink": parts.PanelLink(next), "PanelLink: none": parts.PanelLink(nil), "ListingFrame": parts.ListingFrame(table), "ListingFrame: empty": parts.ListingFrame(empty), "ListingFoot": parts.ListingFoot(table),
		"ListRow":   within("tbody", parts.ListRow(parts.Row{Key: "web", Name: "Web", Icon: "globe", Under: "web.example.com", Sub: "View", Selected: true, ReadOnly: true})),
		"EntryName": parts.EntryName("name-web", parts.WordsOf("Web"), "/web"), "EntryName: leads nowhere": parts.EntryName("name-web", parts.WordsOf("Web"), ""),
		"Box": within("label", templ.Join(parts.EntryName("name-7", parts.WordsOf("John Smith"), "/7"), parts.Pick{Key: "7", Checked: true}.Box())), "ListingFrame: boxes": parts.ListingFrame(boxes),
		"ActionBarFragment: several": parts.ActionBarFragment(several12), "ReviewDialog": parts.ReviewDialog(review), "ReviewDialog: of none": parts.ReviewDialog(parts.Review{Title: "Remove?", Lead: "None can be removed.", Cancel: "/"}),
		"Needed": parts.Needed("To rename it, you need Edit on it."), "Options": within("select aria-label=Kind", parts.Options(options)),
		"Remark": parts.Remark(parts.Notice{ID: "gives", Tone: "warning", Title: "Administrators may do everything.", Text: "Always."}), "OptionalRemark": parts.OptionalRemark(&parts.Notice{Title: "Known."}), "OptionalRemark: none": parts.OptionalRemark(nil),
		"PagerLinks": parts.PagerLinks(table.Pager), "PagerLinks: one page": parts.PagerLinks(parts.Pager{}),
		"Reach": parts.Reach{Label: "1 of 1 domain: 1 edit", Services: [][]parts.Strength{{parts.StrengthFull}}}.Component(), "SaveBar": within("div", sampleSaveBarBesideItsReason()), "SaveBar: idle": parts.SaveBar{}.Component(),
		"SignInElsewhere": parts.SignInElsewhere("/groups", parts.Large),
		"SaveBarTroubles": parts.SaveBarTroubles("/here", "/groups"), "SaveBarTroubles: nothing to discard": parts.SaveBarTroubles("", "/groups"),
		"StatusMark": parts.StatusMark(parts.Status{Tone: "off", Word: "Ended"}),
		"Chips":      parts.Chips([]parts.Chip{{Tone: "warning", Word: "Suspended"}, {Word: "2 people have this name"}}),
		"Tabs":       parts.Tabs([]parts.Tab{{Label: "Configuration", Href: "/", Current: true}, {Label: "Members", Disabled: "Add the group first."}, {Label: "Privileges", Submit: "privileges"}, {Label: "Access", Href: "/access", Count: "7"}}),
		"Tabs: none": parts.Tabs(nil), "Time": parts.Time(parts.When{ISO: "2027-01-04T12:00:00Z", Text: "just now"}), "Time: never": parts.Time(parts.When{Text: "Never"}), "Document": parts.Document("Groups", "dark"),
	}
}

// sampleSaveBarBesideItsReason is the bar without the box whose reason stands on the page.
func sampleSaveBarBesideItsReason() templ.Component {
	bar := sampleSaveBar()
	bar.Confirm[0].DescribedBy = bar.Warnings[0].ID
	return bar.Component()
}

// within draws a part inside of the element that it belongs into; attributes may follow its name.
func within(element string, c templ.Component) templ.Component {
	name, _, _ := strings.Cut(element, " ")
	return templ.Join(templ.Raw("<"+element+">"), c, templ.Raw("</"+name+">"))
}

// around draws a part around a text.
func around(c templ.Component, text string) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		return c.Render(templ.WithChildren(ctx, templ.Raw(text)), w)
	})
}

func TestEveryPartIsSoundInEveryState(t *testing.T) {
	for name, c := range components() {
		t.Run(name, func(t *testing.T) {
			for _, fault := range viewstest.Faults(viewstest.HTML(t, c)) {
				t.Error(fault)
			}
		})
	}
}

// A part without any of what it shows draws nothing, not an empty frame.
func TestPartsWithoutContentDrawNothing(t *testing.T) {
	for name, c := range components() {
		_, state, _ := strings.Cut(name, ": ")
		if drawn := strings.TrimSpace(viewstest.HTML(t, c)); (state == "none" || state == "one page") && drawn != "" {
			t.Errorf("%s draws %s", name, drawn)
		}
	}
}

func TestEveryPartIsTested(t *testing.T) {
	tested := map[string]bool{}
	for name := range components() {
		part, _, _ := strings.Cut(name, ":")
		tested[part] = true
	}
	files, err := filepath.Glob("*.templ")
	if err != nil || len(files) < 25 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	part := regexp.MustCompile(`(?m)^templ (?:\(\w+ (\w+)\) (?:Component|element)|([A-Z]\w*))\(`)
	for _, path := range files {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range part.FindAllStringSubmatch(string(text), -1) {
			if name := m[1] + m[2]; !tested[name] {
				t.Errorf("%s: no test draws %s", path, name)
			}
		}
	}
}
