package access

// IsAdministrator tells whether one of the grantees behind the rights is the Administrators group.
func (r Rights) IsAdministrator() bool { return r.holdsAll(Group) }
