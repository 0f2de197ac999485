/** What each reusable workflow of the suite asks of its caller: held against the workflows by test/repository/permissions.test.ts. */
export const askedPermissions: Readonly<Record<string, Readonly<Record<string, 'read' | 'write'>>>> = {
  'checks.yml': { actions: 'read', contents: 'read', issues: 'read', 'pull-requests': 'read' },
  'release.yml': {
    actions: 'read',
    checks: 'read',
    contents: 'write',
    deployments: 'write',
    'id-token': 'write',
    issues: 'write',
    'pull-requests': 'read',
    statuses: 'read',
  },
  'release-in-parts.yml': {
    actions: 'read',
    checks: 'read',
    contents: 'write',
    deployments: 'write',
    'id-token': 'write',
    issues: 'write',
    'pull-requests': 'read',
    statuses: 'read',
  },
  'rollback.yml': { actions: 'read', contents: 'write', deployments: 'write', 'id-token': 'write' },
};
