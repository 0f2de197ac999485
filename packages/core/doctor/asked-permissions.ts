type Permissions = Readonly<Record<string, 'read' | 'write'>>;

const ofRelease: Permissions = {
  actions: 'read',
  checks: 'read',
  contents: 'write',
  deployments: 'write',
  'id-token': 'write',
  issues: 'write',
  'pull-requests': 'read',
  statuses: 'read',
};

/** What each reusable workflow of the suite asks of its caller: held against the workflows by test/repository/permissions.test.ts. */
export const askedPermissions: Readonly<Record<string, Permissions>> = {
  'checks.yml': { actions: 'read', contents: 'read', issues: 'read', 'pull-requests': 'read' },
  'release.yml': ofRelease,
  'release-in-parts.yml': ofRelease,
  'rollback.yml': { actions: 'read', contents: 'write', deployments: 'write', 'id-token': 'write' },
};
