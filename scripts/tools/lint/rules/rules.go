//go:build ruleguard

// Package rules has the rules of this house that ruleguard holds. Each says where something may be written, and what to write
// in all other places.
package rules

import "github.com/quasilyte/go-ruleguard/dsl"

// operations have their names in one file. A text becomes one by a conversion, or by standing where one is asked for.
func operations(m dsl.Matcher) {
	m.Import("bailiwick/models")
	m.Match(`models.Operation($_)`, `Operation($_)`).
		Where(m["$$"].Type.Is(`models.Operation`) && !m.File().Name.Matches(`^operation\.go$`)).
		Report(`a text is no operation: use models.Op… of models/operation.go, or list a new one there`)
	m.Match(`$_($text, $*_)`, `$_($_, $text, $*_)`, `$_($_, $_, $text, $*_)`, `$_($_, $_, $_, $text, $*_)`, `$_ == $text`, `$_ != $text`, `$_ = $text`).
		Where(m["text"].Node.Is(`BasicLit`) && m["text"].Type.Is(`models.Operation`) && m["text"].Text != `""` && !m.File().Name.Matches(`^operation\.go$`)).
		Report(`a text is no operation: use models.Op… of models/operation.go, or list a new one there`)
}

// transactions are opened in one place, which reads the caller anew, holds the guards and records what was done.
func transactions(m dsl.Matcher) {
	m.Import("bailiwick/models")
	m.Import("bailiwick/services")
	m.Match(`Tx{$*_}`, `new(Tx)`).
		Where(m.File().PkgPath.Matches(`^bailiwick/services$`) && !m.File().Name.Matches(`^change\.go$`)).
		Report(`a change made by hand has no guards and no record: do the work inside Console.change or Console.open`)
	m.Match(`$store.Change($*_)`).
		Where(m["store"].Type.Is(`*models.Store`) && m.File().PkgPath.Matches(`^bailiwick/services$`) && !m.File().Name.Matches(`^change\.go$`)).
		Report(`a change opened by hand has no guards and no record: use Console.change or Console.open`)
	m.Match(`$scope.Append($*_)`).
		Where((m["scope"].Type.Is(`*models.Scope`) || m["scope"].Type.Is(`*services.Tx`) || m["scope"].Type.Is(`services.Tx`)) && m.File().PkgPath.Matches(`^bailiwick/services$`) && !m.File().Name.Matches(`^record.*\.go$`)).
		Report(`what is written into the record by hand may differ from what is done: use tx.record inside the change`)
}

// nobodySignedIn are the files that ask the store where nobody is signed in: for who comes by a link or with a key, for the clock,
// for the operator's shell, to find out who somebody is, and about one person in all organizations.
const nobodySignedIn = `^(api_key_use|check|console|export|invitation_join|member_use|organizations|record_own|support|temporary_access_entry|temporary_access_mail|verify)\.go$`

// views are made in one place, so that a question has one moment and one caller. A transaction of a view comes from the one
// that opens it, or from making an organization.
func views(m dsl.Matcher) {
	m.Import("bailiwick/models")
	m.Import("bailiwick/services")
	m.Match(`view{$*_}`, `new(view)`).
		Where(m.File().PkgPath.Matches(`^bailiwick/services$`) && !m.File().Name.Matches(`^view\.go$`)).
		Report(`a view made by hand may lack its moment or its console: use Console.view or Console.viewIn`)
	m.Match(`$c.scope($*_)`).
		Where(m["c"].Type.Is(`*services.Console`) && m.File().PkgPath.Matches(`^bailiwick/services$`) && !m.File().Name.Matches(`^(view|record)\.go$`)).
		Report(`a question asked of the store by hand has no moment and no must: use Console.view`)
	m.Match(`$s.In($*_)`).
		Where(m["s"].Type.Is(`*models.Store`) && m.File().PkgPath.Matches(`^bailiwick/services$`) && !m.File().Name.Matches(nobodySignedIn)).
		Report(`what somebody asks takes a view: use Console.view; where nobody is signed in, name the file in nobodySignedIn`)
	m.Match(`$c.viewIn($*_)`).
		Where(m["c"].Type.Is(`*services.Console`) && m.File().PkgPath.Matches(`^bailiwick/services$`) && !m.File().Name.Matches(`^(view|change|explain|invitation_standing)\.go$`)).
		Report(`a view of somebody else than the caller is for judging what they may do: use Console.view`)
	m.Match(`$c.newTx($*_)`).
		Where(m["c"].Type.Is(`*services.Console`) && m.File().PkgPath.Matches(`^bailiwick/services$`) && !m.File().Name.Matches(`^(change|organizations)\.go$`)).
		Report(`a change made by hand has no guards and no record: do the work inside Console.change or Console.open`)
}
