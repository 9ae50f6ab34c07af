package services_test

import (
	"context"
	"testing"

	"bailiwick/models/modelstest"
	"bailiwick/services"
	"bailiwick/services/files"
)

// BenchmarkApply creates an organization with 10,000 members, 1,000 groups and 20,000 resources from its file, which is
// meant to take less than a minute, and applies the same file again, which changes nothing.
func BenchmarkApply(b *testing.B) {
	text := []byte(modelstest.Large{Key: "large", Members: 10_000, Groups: 1_000, Resources: 20_000}.File())
	for _, database := range modelstest.Databases(b) {
		b.Run(database+"/create", func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				console := consoleOn(b, database)
				b.StartTimer()
				applyText(b, console, text)
			}
		})
		b.Run(database+"/unchanged", func(b *testing.B) {
			console := consoleOn(b, database)
			applyText(b, console, text)
			for b.Loop() {
				if plan := applyText(b, console, text); !plan.Empty() {
					b.Fatal("applying the same file again changes something")
				}
			}
		})
	}
}

func consoleOn(b *testing.B, database string) *services.Console {
	b.Helper()
	clock := modelstest.NewClock()
	store := modelstest.New(b, modelstest.Options{Database: database, Clock: clock})
	return services.New(services.Config{Store: store, Catalog: files.DefaultCatalog(), Now: clock.Now})
}

func applyText(b *testing.B, console *services.Console, text []byte) services.Plan {
	b.Helper()
	organization, err := files.ReadOrganization("large.yaml", text, console.Catalog())
	if err != nil {
		b.Fatal(err)
	}
	plan, err := console.Apply(context.Background(), organization, services.ApplyOptions{})
	if err != nil {
		b.Fatal(err)
	}
	return plan
}
