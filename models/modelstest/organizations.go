package modelstest

// The organizations that tests share, as files for `bailiwick apply`. Everybody's address is NAME@example.com. A test that
// needs one thing more replaces a line.

// AcmeFile has one person of each kind for the pages of every domain: an administrator, an editor and a viewer of most domains,
// somebody who edits sources without the minimum privilege ("outdoors"), and "several", who is in GlobexFile too. The team
// has nobody in it.
const AcmeFile = `
version: 1
organization: {key: acme, name: Acme}
groups:
  - key: viewers
    name: Viewers
    privileges:
      content/extensions: view
      content/fields: view
      content/sources: view
      machine-learning/models: view
      organization/activities: view
      organization/api-keys: view
      organization/groups: view
      organization/organization: view
      search/query-pipelines: view
      search/search-pages: view
  - key: editors
    name: Editors
    privileges:
      content/extensions: edit
      content/fields: edit
      content/sources: edit
      machine-learning/models: edit
      organization/activities: view
      organization/api-keys: edit
      organization/groups: edit
      organization/organization: view
      search/query-pipelines: edit
      search/search-pages: edit
  - key: outdoors
    name: Outdoors
    privileges:
      content/sources: edit
  - key: team
    name: Team
    privileges:
      organization/organization: view
members:
  - {email: admin@example.com, name: Acme Administrator, groups: [administrators]}
  - {email: editor@example.com, name: Editor, groups: [editors]}
  - {email: outdoors@example.com, name: Outdoors, groups: [outdoors]}
  - {email: several@example.com, name: Several, groups: [viewers]}
  - {email: viewer@example.com, name: Viewer, groups: [viewers]}
api_keys:
  - {key: connector, name: Connector, privileges: {content/sources: view}}
resources:
  content/sources:
    - {key: jira, name: Jira, type: jira-cloud}
`

// GlobexFile is beside AcmeFile: outsider administers it, and so does several, who only views in the other.
const GlobexFile = `
version: 1
organization: {key: globex, name: Globex}
members:
  - {email: outsider@example.com, name: Outsider, groups: [administrators]}
  - {email: several@example.com, name: Several, groups: [administrators]}
`

// StoryFile has two administrators, and people who may different things about groups and sources: "delegates" may edit and
// add groups and hold little else, "makers" may create sources, "readers" only look, "insiders" see neither groups nor
// sources. Nobody is in the groups "strong", which holds more than the delegates, and "team".
const StoryFile = `
version: 1
organization: {key: story, name: Story}
groups:
  - key: delegates
    name: Delegates
    privileges:
      content/extensions: view
      content/sources: {level: custom, edit: [jira]}
      organization/groups: edit
      organization/organization: view
  - key: insiders
    name: Insiders
    privileges:
      organization/organization: view
  - key: makers
    name: Makers
    privileges:
      content/sources: {level: custom, can_create: true}
      organization/organization: view
  - key: readers
    name: Readers
    privileges:
      content/sources: view
      organization/groups: view
      organization/organization: view
  - key: strong
    name: Strong
    privileges:
      content/fields: edit
      organization/organization: view
  - key: team
    name: Team
    privileges:
      content/sources: {level: custom, edit: [jira]}
      organization/organization: view
members:
  - {email: admin@example.com, name: Story Administrator, groups: [administrators, readers]}
  - {email: deputy@example.com, name: Deputy Administrator, groups: [administrators, readers]}
  - {email: delegate@example.com, name: Delegate, groups: [delegates]}
  - {email: insider@example.com, name: Insider, groups: [insiders]}
  - {email: maker@example.com, name: Maker, groups: [makers]}
  - {email: reader@example.com, name: Reader, groups: [readers]}
resources:
  content/sources:
    - {key: jira, name: Jira}
    - {key: web, name: Web}
`

// StrangeFile is beside StoryFile, with things of its own under a key that the other does not have.
const StrangeFile = `
version: 1
organization: {key: strange, name: Strange}
groups:
  - {key: elsewhere, name: Elsewhere}
members:
  - {email: stranger@example.com, name: Stranger, groups: [administrators, elsewhere]}
api_keys:
  - {key: elsewhere, name: Elsewhere}
resources:
  content/sources:
    - {key: elsewhere, name: Elsewhere}
`

// AboveFile is where people reach above themselves. "delegate" may edit every group and holds little else, "narrow" may edit
// its own group and another, "keeper" every API key; "friend" is somebody to do a favour. There is a resource of most
// domains, a key that holds more than the keeper and one that holds less.
const AboveFile = `
version: 1
organization: {key: story, name: Story}
groups:
  - key: delegates
    name: Delegates
    privileges:
      content/extensions: view
      content/sources: {level: custom, edit: [jira]}
      organization/groups: edit
      organization/organization: view
  - key: friends
    name: Friends
    privileges:
      organization/organization: view
  - key: keepers
    name: Keepers
    privileges:
      analytics/analytics-data: push
      content/sources: view
      organization/api-keys: edit
      organization/organization: view
      search/execute-queries: allowed
  - key: narrow
    name: Narrow
    privileges:
      content/sources: view
      organization/groups: {level: custom, edit: [narrow, team]}
      organization/organization: view
  - key: strong
    name: Strong
    privileges:
      content/fields: edit
      content/sources: {level: custom, edit: [web]}
      organization/api-keys: edit
      organization/organization: view
  - key: team
    name: Team
    privileges:
      organization/organization: view
members:
  - {email: admin@example.com, name: Story Administrator, groups: [administrators]}
  - {email: delegate@example.com, name: Delegate, groups: [delegates]}
  - {email: friend@example.com, name: Friend, groups: [friends]}
  - {email: keeper@example.com, name: Keeper, groups: [keepers]}
  - {email: narrow@example.com, name: Narrow, groups: [narrow]}
api_keys:
  - {key: mighty, name: Mighty, status: disabled, expires: 2027-02-01T00:00:00Z, privileges: {content/fields: edit, content/sources: {level: custom, edit: [web]}}}
  - {key: modest, name: Modest, template: custom, expires: 2027-02-01T00:00:00Z, privileges: {content/sources: view}}
resources:
  content/extensions:
    - {key: tidy-titles, name: Tidy titles}
  content/sources:
    - {key: jira, name: Jira}
    - {key: web, name: Web}
  machine-learning/models:
    - {key: rank, name: Rank}
  search/query-pipelines:
    - {key: main, name: Main}
`

// LeadsFile has a leader who edits two groups of their own kind and a stronger one, a coordinator who edits all groups but
// holds little, a viewer of groups, and "other", who may not look at groups. John Smith reads, and owns a source.
const LeadsFile = `version: 1
organization: {key: acme, name: Acme}
groups:
  - key: auditors
    name: Auditors
    privileges: {content/sources: {level: custom, edit: [jira]}, organization/organization: view}
  - key: coordinators
    name: Coordinators
    privileges: {organization/groups: edit, organization/organization: view}
  - key: leads
    name: Leads
    privileges:
      content/sources: {level: custom, edit: [jira]}
      organization/groups: {level: custom, edit: [auditors, readers, webmasters]}
      organization/organization: view
  - {key: others, name: Others, privileges: {organization/organization: view}}
  - {key: readers, name: Readers, privileges: {content/sources: view, organization/organization: view}}
  - {key: viewers, name: Viewers, privileges: {organization/groups: view, organization/organization: view}}
  - key: webmasters
    name: Webmasters
    privileges: {content/sources: {level: custom, edit: [jira, web]}, organization/organization: view}
  - {key: writers, name: Writers, privileges: {content/sources: edit, search/execute-queries: allowed}}
members:
  - {email: administrator@example.com, name: Administrator, groups: [administrators]}
  - {email: coordinator@example.com, name: Coordinator, groups: [coordinators]}
  - {email: john.smith@example.com, name: John Smith, groups: [readers]}
  - {email: leader@example.com, name: Leader, groups: [leads]}
  - {email: other@example.com, name: Other, groups: [others, writers]}
  - {email: viewer@example.com, name: Viewer, groups: [viewers]}
resources:
  content/sources:
    - {key: jira, name: Jira, owner: john.smith@example.com}
    - {key: web, name: Web}
`

// VisitedFile is what the vendor's people visit: its administrator looks after temporary access, the auditor looks at it,
// the reader only reads sources.
const VisitedFile = `version: 1
organization: {key: acme, name: Acme}
groups:
  - {key: auditors, name: Auditors, privileges: {organization/activities: view, organization/organization: view, organization/temporary-access: view}}
  - {key: readers, name: Readers, privileges: {content/sources: view, organization/organization: view}}
members:
  - {email: administrator@example.com, name: Administrator, groups: [administrators]}
  - {email: auditor@example.com, name: Auditor, groups: [auditors]}
  - {email: reader@example.com, name: Reader, groups: [readers]}
resources:
  content/sources:
    - {key: jira, name: Jira}
    - {key: web, name: Web}
`

// ExplainedFile has somebody in several groups, a key that nobody may use, one that will expire, and a group that sees
// little.
const ExplainedFile = `version: 1
organization: {key: acme, name: Acme}
groups:
  - key: atlassian
    name: Atlassian
    privileges:
      content/sources: {level: custom, edit: [jira]}
      organization/organization: view
  - key: marketing
    name: Marketing
    privileges:
      content/sources: {level: custom, can_create: true, edit: [web]}
      organization/organization: view
  - key: readers
    name: Readers
    privileges:
      content/sources: view
      content/fields: view
      organization/organization: view
  - {key: visitors, name: Visitors, privileges: {organization/organization: view}}
members:
  - {email: administrator@example.com, name: Administrator, groups: [administrators]}
  - {email: john.smith@example.com, name: John Smith, groups: [atlassian, readers, visitors]}
  - {email: visitor@example.com, name: Visitor, groups: [visitors]}
api_keys:
  - {key: push, name: Push, status: disabled, privileges: {content/sources: edit}}
  - {key: search, name: Search, template: anonymous-search, privileges: {search/execute-queries: allowed}}
  - {key: pull, name: Pull, expires: 2027-05-01T00:00:00Z, privileges: {content/sources: {level: custom, edit: [jira]}}}
resources:
  content/sources:
    - {key: jira, name: Jira}
    - {key: web, name: Web}
`

// KeepersFile has keepers who look after all API keys, and hold what the template anonymous-search grants, but view sources
// only.
const KeepersFile = `version: 1
organization: {key: acme, name: Acme}
groups:
  - key: keepers
    name: Keepers
    privileges:
      analytics/analytics-data: push
      content/sources: view
      organization/api-keys: edit
      organization/organization: view
      search/execute-queries: allowed
  - key: lookers
    name: Lookers
    privileges:
      organization/api-keys: view
      organization/organization: view
members:
  - {email: administrator@example.com, name: Administrator, groups: [administrators]}
  - {email: keeper@example.com, name: Keeper, groups: [keepers]}
  - {email: looker@example.com, name: Looker, groups: [lookers]}
api_keys:
  - {key: strong, name: Strong, expires: 2027-03-01T00:00:00Z, privileges: {content/sources: {level: custom, edit: [web]}}}
  - {key: sleeping, name: Sleeping, status: disabled, expires: 2027-03-01T00:00:00Z, privileges: {content/sources: edit}}
  - {key: weak, name: Weak, expires: 2027-03-01T00:00:00Z, privileges: {content/sources: view}}
resources:
  content/sources:
    - {key: web, name: Web}
`

// CompleteFile has one of everything that a file can hold.
const CompleteFile = `version: 1
organization: {key: acme, name: Acme, seats: 2}
groups:
  - key: editors
    name: Editors
    privileges:
      content/sources: {level: custom, can_create: true, edit: [jira]}
      organization/organization: view
members:
  - {email: administrator@example.com, name: Administrator, groups: [administrators]}
  - {email: editor@example.com, name: Editor, groups: [editors]}
api_keys:
  - key: connector
    name: Connector
    template: custom
    expires: 2027-05-01T00:00:00Z
    privileges:
      content/sources: {level: custom, edit: [jira]}
resources:
  content/sources:
    - {key: jira, name: Jira, type: jira-cloud, visibility: secured, owner: editor@example.com}
    - {key: web, name: Web}
`

// EditorsFile has an editor of sources, a lead who edits their group, and a key of the connector.
const EditorsFile = `version: 1
organization: {key: acme, name: Acme, seats: 9}
groups:
  - key: editors
    name: Editors
    privileges:
      content/sources: {level: custom, can_create: true, edit: [jira, web]}
      content/fields: view
      organization/organization: view
  - key: leads
    name: Leads
    privileges:
      content/sources: view
      organization/groups: {level: custom, edit: [editors]}
      organization/organization: view
members:
  - {email: administrator@example.com, name: Administrator, groups: [administrators]}
  - {email: editor@example.com, name: Editor, groups: [editors]}
  - {email: lead@example.com, name: Lead, groups: [leads]}
api_keys:
  - {key: connector, name: Connector, template: custom, expires: 2027-05-01T00:00:00Z, privileges: {content/sources: {level: custom, edit: [jira]}}}
resources:
  content/sources:
    - {key: jira, name: Jira, owner: editor@example.com}
    - {key: web, name: Web}
`

// MakersFile has a maker who adds sources, edits web through one group alone and sees all groups and keys.
const MakersFile = `
version: 1
organization: {key: acme, name: Acme}
groups:
  - key: makers
    name: Makers
    privileges:
      content/sources: {level: custom, can_create: true, edit: [web]}
      organization/api-keys: view
      organization/groups: view
      organization/organization: view
  - key: wiki
    name: Wiki
    privileges:
      content/sources: {level: custom, edit: [wiki]}
      organization/organization: view
  - key: readers
    name: Readers
    privileges:
      content/sources: view
  - key: editors
    name: Editors
    privileges:
      content/sources: edit
members:
  - {email: administrator@example.com, name: Administrator, groups: [administrators]}
  - {email: maker@example.com, name: Maker, groups: [makers, readers]}
api_keys:
  - {key: connector, name: Connector, privileges: {content/sources: {level: custom, edit: [web]}}}
resources:
  content/sources:
    - {key: web, name: Web}
    - {key: wiki, name: Wiki}
`

// SmallFile is the least organization that somebody can enter.
const SmallFile = `version: 1
organization: {key: acme, name: Acme}
members: [{email: john.smith@example.com, name: John Smith, groups: [users]}]
`

// OtherFile is an organization beside another, with nothing in it.
const OtherFile = "version: 1\norganization: {key: other, name: Other}\n"
