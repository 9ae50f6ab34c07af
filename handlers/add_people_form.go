package handlers

import (
	"errors"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"bailiwick/addresslist"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
	"bailiwick/words"
)

// peopleForm is what the sheet that adds people sends.
type peopleForm struct {
	services.NewPeople
	List       addresslist.List // of all that was pasted so far
	Ticked     []string         // addresses of members who were found
	Typed      string           // what stays in the field
	Query      string           // words to find members by
	GroupQuery string           // groups to choose from
	UntilTyped string
	Like       *services.GroupsLike // of the colleague whose groups it began with

	Step  string
	Fresh bool // the field had a list that nobody has seen read
	Live  bool // the script asks, and draws the answer into its page

	wrong []services.FieldError // what could not be read
}

// newPeople is the sheet as it opens.
func newPeople() peopleForm {
	return peopleForm{NewPeople: services.NewPeople{Provider: services.ProviderPassword, Notify: true}}
}

// redraws tells whether the form was sent to be drawn again.
func (f peopleForm) redraws() bool { return f.Step != "" }

// dropping is the step of the crosses, which have none of their own.
const dropping = "left-out"

func readPeople(values url.Values, file []byte) peopleForm {
	f := peopleForm{
		NewPeople: services.NewPeople{
			Provider: services.Provider(values.Get(views.PeopleProvider.Name)), Notify: values.Get(views.PeopleNotify.Name) == "yes",
			Groups: distinctTexts(values[views.AddToGroup.Name]), Sure: values[views.PeopleSure.Name],
			Confirmed: services.Confirmed{Administrators: values.Get(parts.ConfirmAdministrators) == "yes", Unproven: values.Get(parts.ConfirmUnproven) == "yes"},
		},
		List: addresslist.Carried(values.Get(views.PeopleLines.Name)), Ticked: distinctTexts(values[views.PeoplePerson.Name]),
		Typed: values.Get(views.PeopleTyped.Name), GroupQuery: cutRunes(values.Get(views.PeopleGroups.Name), 200),
		UntilTyped: strings.TrimSpace(values.Get(views.PeopleUntil.Name)), Step: values.Get(parts.StepName),
	}
	f.readUntil()
	f.readTyped()
	if values.Get(views.PeopleFile.Name) != "" { // the name alone: the form was not sent as one with a file
		f.wrong = append(f.wrong, services.FieldError{Field: "Emails", Text: "The file was not read. Choose it again, then choose Read file."})
	}
	f.readFile(file)
	f.leaveOut(values.Get(views.PeopleDrop.Name), values.Get(views.PeopleDropped.Name))
	f.takeStep()
	f.Emails = distinctTexts(append(f.List.Emails(), f.Ticked...))
	return f
}

// readTyped reads a list that stands in the field; words stay there, to find members by.
func (f *peopleForm) readTyped() {
	switch {
	case f.Step == parts.FilterStep || !addresslist.Listed(f.Typed):
		if !strings.ContainsAny(f.Typed, "\n\t;") {
			f.Query = cutRunes(strings.TrimSpace(f.Typed), 200)
		}
		return
	}
	read := f.List.Join(addresslist.Read(f.Typed, f.List.Last()))
	if f.tooMany(read) {
		return
	}
	f.List, f.Typed, f.Fresh = read, "", true
}

func (f *peopleForm) readFile(file []byte) {
	if len(file) == 0 {
		return
	}
	read, err := addresslist.ReadCSV(file)
	var wrong addresslist.FileError
	switch read = f.List.Join(read); {
	case errors.As(err, &wrong):
		f.wrong = append(f.wrong, services.FieldError{Field: "Emails", Text: wrong.Text})
	case err == nil && !f.tooMany(read):
		f.List, f.Fresh = read, true
	}
}

// asRead are the values that draw the form with what was read of its file, which is not sent again.
func (f peopleForm) asRead(sent url.Values) url.Values {
	values := maps.Clone(sent)
	values.Set(views.PeopleLines.Name, f.List.Carry())
	values.Set(views.PeopleTyped.Name, f.Typed)
	values.Set(parts.StepName, parts.FilterStep)
	return values
}

// tooMany refuses a list that is longer than one may be, and leaves it where it was.
func (f *peopleForm) tooMany(read addresslist.List) bool {
	if read.Size() <= addresslist.MostAtOnce {
		return false
	}
	f.wrong = append(f.wrong, services.FieldError{Field: "Emails", Text: words.TooMany(words.Addresses, addresslist.MostAtOnce, read.Size())})
	return true
}

// unread is what of a list or a file could not be read: said as soon as it is, before anybody is added.
func (f peopleForm) unread() []services.FieldError {
	return slices.DeleteFunc(slices.Clone(f.wrong), func(wrong services.FieldError) bool { return wrong.Field != "Emails" })
}

// readUntil reads the end of the memberships.
func (f *peopleForm) readUntil() {
	end, problem := readLastDay(f.UntilTyped, time.Now().AddDate(0, 1, 0))
	f.Until, f.wrong = end, wrongOnce(f.wrong, services.FieldError{Field: "Until", Text: problem})
}

// leaveOut takes a line out of the list, or a group out of the choice.
func (f *peopleForm) leaveOut(line, group string) {
	if line != "" {
		f.Step = dropping
		if number, text, found := strings.Cut(line, ":"); found {
			n, _ := strconv.Atoi(number)
			f.List = f.List.WithoutLine(n, text)
		}
		f.List = f.List.Without(line)
		f.Ticked = slices.DeleteFunc(f.Ticked, func(email string) bool { return email == line })
	}
	if group != "" {
		f.Step = dropping
		f.Groups = slices.DeleteFunc(f.Groups, func(key string) bool { return key == group })
		if f.Groups == nil {
			f.Groups = []string{}
		}
	}
}

// takeStep empties the list, or puts what can't be used back into the field.
func (f *peopleForm) takeStep() {
	switch f.Step {
	case views.PeopleClearStep:
		f.List, f.Ticked = addresslist.List{}, nil
	case parts.CorrectStep:
		var texts []string
		for _, u := range f.List.Unusable {
			texts = append(texts, u.Text)
		}
		if f.Typed != "" {
			texts = append(texts, f.Typed)
		}
		f.Typed, f.List.Unusable, f.Query = strings.Join(texts, "\n"), nil, ""
	}
}

// distinctTexts are the texts in their order, each once.
func distinctTexts(all []string) []string {
	var once []string
	seen := map[string]bool{}
	for _, text := range all {
		if text != "" && !seen[text] {
			seen[text] = true
			once = append(once, text)
		}
	}
	return once
}

// unsureWords ask about addresses that look like others.
func unsureWords(doubtful []services.DoubtfulAddress) string {
	if len(doubtful) == 1 {
		return "Check " + doubtful[0].Email + ": " + doubtful[0].Why + ". Confirm below that it is right, or correct it."
	}
	return "Check " + words.Addresses.Count(len(doubtful)) + ": they may look like others. Confirm below that they are right, or correct them."
}

// noMailServer is what the console says where mails can't be sent.
const noMailServer = "This console has no mail server."

// givesUntil says until when the viewer can give something that they hold until then themselves (R7).
func givesUntil(end time.Time) string {
	return "until " + words.EndMinute(end) + ", when your own access ends."
}

// joinedThemselves is what somebody confirms who gives more to a member whose address nobody has proven.
const joinedThemselves = "I have asked this member, and it was them"
