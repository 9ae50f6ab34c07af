package services

import (
	"context"

	"bailiwick/access"
	"bailiwick/models"
)

// otherLevels is on how many domains a group of a seed holds a level besides the one of its editor list.
const otherLevels = 6

func (s *seeder) makeGroups(ctx context.Context) error {
	team, err := s.makeGroup(ctx, teamKey, "Team", s.teamSet())
	if err != nil {
		return err
	}
	s.team = team
	for g := range s.Groups {
		if err := s.step(ctx, "groups and privileges", g, s.Groups); err != nil {
			return err
		}
		key, name := s.names.group(g)
		group, err := s.makeGroup(ctx, key, name, s.groupSet(g))
		if err != nil {
			return err
		}
		s.groups = append(s.groups, group)
	}
	return nil
}

// portionOfGroups is how many are filled between two looks at the progress.
const portionOfGroups = 1000

// step tells how far the groups are. PostgreSQL hears it too, whenever there are twice as many: it planned the statements
// for smaller tables, and would read all of them for each group that follows.
func (s *seeder) step(ctx context.Context, what string, done, all int) error {
	if done%portionOfGroups == 0 {
		s.Progress(what, done, all)
	}
	if done >= portionOfGroups/10 && done&(done-1) == 0 {
		return s.Store().Analyze(ctx)
	}
	return nil
}

func (s *seeder) makeGroup(ctx context.Context, key, name string, set access.PrivilegeSet) (models.Group, error) {
	group := models.Group{Resource: s.newResource(access.GroupsDomain, key, name)}
	if err := s.CreateGroup(ctx, &group); err != nil {
		return models.Group{}, err
	}
	if err := s.ReplacePrivileges(ctx, group.Grantee().ID, nil, set, s.At); err != nil {
		return models.Group{}, err
	}
	return group, nil
}

// teamSet is Custom on every domain that offers it, and View on the organization.
func (s *seeder) teamSet() access.PrivilegeSet {
	set := access.PrivilegeSet{access.OrganizationDomain: {Level: access.LevelView}}
	for _, d := range s.catalog.Domains() {
		if d.Granular() {
			set[d.Key] = access.Privilege{Level: access.LevelCustom}
		}
	}
	set[s.Domain] = access.Privilege{Level: access.LevelCustom, Editors: s.resources[:teamEdits]}
	return set
}

// groupSet is Custom on the one domain, and the lowest level on a few others.
func (s *seeder) groupSet(group int) access.PrivilegeSet {
	set := access.PrivilegeSet{}
	all := s.catalog.Domains()
	for range otherLevels {
		if d := all[s.chance.IntN(len(all))]; len(d.Levels) > 0 {
			set[d.Key] = access.Privilege{Level: d.Levels[0]}
		}
	}
	set[access.OrganizationDomain] = access.Privilege{Level: access.LevelView}
	set[s.Domain] = access.Privilege{Level: access.LevelCustom, Editors: s.spreadOver(s.listLength(group))}
	return set
}

// fillGroups puts everybody into two groups, the administrator into Administrators, and the viewer into "team" and the
// last two groups.
func (s *seeder) fillGroups(ctx context.Context) error {
	administrators, err := s.Group(ctx, s.catalog.Administrators().Key)
	if err != nil {
		return err
	}
	viewer := s.people[1:2]
	for _, first := range []struct {
		group  models.Group
		people []models.Person
	}{
		{administrators, s.people[:1]}, {s.team, viewer}, {s.groups[len(s.groups)-1], viewer}, {s.groups[len(s.groups)-2], viewer},
	} {
		if err := s.AddMemberships(ctx, first.group.Grantee().ID, first.people, s.At); err != nil {
			return err
		}
	}
	return s.joinGroups(ctx)
}

func (s *seeder) joinGroups(ctx context.Context) error {
	open := s.openGroups()
	in, forATime := make([][]models.Person, len(open)), make([][]models.Person, len(open))
	for m, person := range s.people[namedMembers:] {
		first, second := s.twoGroups(m, len(open))
		in[first] = append(in[first], person)
		if s.Lifelike && m%oneInEnding == 0 {
			forATime[second] = append(forATime[second], person)
		} else {
			in[second] = append(in[second], person)
		}
	}
	for g, group := range open {
		if err := s.step(ctx, "members in groups", g, len(open)); err != nil {
			return err
		}
		if err := s.AddMemberships(ctx, group.Grantee().ID, in[g], s.At); err != nil {
			return err
		}
		if err := s.joinForATime(ctx, group, forATime[g]); err != nil {
			return err
		}
	}
	return nil
}

// openGroups are the groups that get members: all, in a lifelike organization all but a few.
func (s *seeder) openGroups() []models.Group {
	if !s.Lifelike {
		return s.groups
	}
	var open []models.Group
	for g, group := range s.groups {
		if g%oneInEmpty != oneInEmpty-1 {
			open = append(open, group)
		}
	}
	return open
}

// twoGroups are those that a member is in, of so many: the first as the names want it, the other by chance.
func (s *seeder) twoGroups(member, groups int) (first, second int) {
	first = s.names.home(member, groups)
	if first < 0 {
		first = s.chance.IntN(groups)
	}
	return first, (first + 1 + s.chance.IntN(groups-1)) % groups
}

// joinForATime puts people into a group until different days.
func (s *seeder) joinForATime(ctx context.Context, group models.Group, people []models.Person) error {
	for _, person := range people {
		s.ending++
		until := s.inDays(soonestEnd + 7*s.ending%endingDays)
		if err := s.AddMembership(ctx, group.Grantee().ID, person, until, s.At); err != nil {
			return err
		}
	}
	return nil
}
