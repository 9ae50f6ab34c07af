package services

import (
	"context"
	"time"

	"bailiwick/models"
)

// MemberSessions are the sessions in which a member used the organization lately, for who may end them.
type MemberSessions struct {
	Member models.Member
	Groups int // that they are in, in force
	Rows   []models.MemberSession
}

// MemberSessions lists the sessions of a member that used this organization within SessionIdle, the last used first: a session that did
// nothing else for longer would have ended, and what it did elsewhere is nobody's business here (R19). It takes what removing the member
// takes.
func (c *Console) MemberSessions(ctx context.Context, by Caller, id models.MemberID) (MemberSessions, error) {
	v := c.view(by)
	if err := v.mustSuspend(ctx); err != nil {
		return MemberSessions{}, err
	}
	m, err := v.MemberByID(ctx, id)
	if err != nil {
		return MemberSessions{}, err
	}
	sessions := MemberSessions{}
	if sessions.Member, err = marked(ctx, v.Scope, m); err != nil {
		return MemberSessions{}, err
	}
	if sessions.Groups, err = v.CountMemberships(ctx, m.PersonID, v.At); err != nil {
		return MemberSessions{}, err
	}
	sessions.Rows, err = v.sessionsOf(ctx, m)
	return sessions, err
}

func (v *view) sessionsOf(ctx context.Context, m models.Member) ([]models.MemberSession, error) {
	return v.SessionsOfMember(ctx, m.PersonID, v.At.Add(-SessionIdle-time.Minute), v.At) // uses are noted to the minute
}

// EndMemberSession ends one session of a member here: it opens this organization no more, and ends where its account opens nothing
// else (R19). ErrNotFound when they have no such session.
func (c *Console) EndMemberSession(ctx context.Context, by Caller, id models.MemberID, session models.MemberSessionID) (models.Member, error) {
	return c.endSessions(ctx, by, id, func(ctx context.Context, tx *Tx, m models.Member) error {
		return tx.EndSessionHere(ctx, m.PersonID, session, tx.At)
	})
}

// EndMemberSessions ends all sessions of a member here, those that have not been used here yet among them.
func (c *Console) EndMemberSessions(ctx context.Context, by Caller, id models.MemberID) (models.Member, error) {
	return c.endSessions(ctx, by, id, func(ctx context.Context, tx *Tx, m models.Member) error {
		return tx.EndSessionsHere(ctx, []models.PersonID{m.PersonID}, tx.At)
	})
}

// endedState is what an activity keeps of a member's sessions: how many were listed.
type endedState struct {
	Sessions int `json:"sessions"`
}

func (c *Console) endSessions(
	ctx context.Context, by Caller, id models.MemberID, end func(context.Context, *Tx, models.Member) error,
) (models.Member, error) {
	var m models.Member
	err := c.change(ctx, by, models.OpMemberSessionsEnded, c.aboutMember(ctx, by, id), func(tx *Tx) error {
		err := tx.mustSuspend(ctx)
		if err != nil {
			return err
		}
		if m, err = tx.MemberByID(ctx, id); err != nil {
			return err
		}
		before, err := tx.sessionsOf(ctx, m)
		if err != nil {
			return err
		}
		if err := end(ctx, tx, m); err != nil {
			return err
		}
		after, err := tx.sessionsOf(ctx, m)
		if err != nil {
			return err
		}
		tx.record(models.OpMemberSessionsEnded, subject{Key: m.Email, Name: m.Name}, endedState{len(before)}, endedState{len(after)})
		return nil
	})
	if err != nil {
		return models.Member{}, err
	}
	return m, nil
}
