import type { Access, PermissionName, Permissions } from '../../github/ports.ts';
import { NotModelled } from '../fault.ts';

/** `permissions:` as written. */
export type PermissionSpec = 'read-all' | 'write-all' | Readonly<Record<string, string>>;

const NAMES: readonly PermissionName[] = [
  'actions',
  'artifact-metadata',
  'attestations',
  'checks',
  'contents',
  'deployments',
  'discussions',
  'id-token',
  'issues',
  'models',
  'packages',
  'pages',
  'pull-requests',
  'security-events',
  'statuses',
];

const RANK: Readonly<Record<Access, number>> = { none: 0, read: 1, write: 2 };

/** The repository setting "Read repository contents and packages permissions", the default of new repositories. */
export const RESTRICTED_DEFAULT: Permissions = { contents: 'read', packages: 'read' };

/** What a `permissions:` key grants. It replaces what would be inherited: a scope that it does not name is `none`. */
export function grantedBy(spec: PermissionSpec | undefined, inherited: Permissions): Permissions {
  if (spec === undefined) return inherited;
  if (spec === 'read-all') return Object.fromEntries(NAMES.filter(readable).map(name => [name, 'read']));
  if (spec === 'write-all') return Object.fromEntries(NAMES.map(name => [name, name === 'models' ? 'read' : 'write']));
  return Object.fromEntries(
    Object.entries(spec)
      .map(([name, level]): [PermissionName, Access] => [permissionName(name), accessLevel(level)])
      .filter(([, level]) => level !== 'none'),
  );
}

export interface Excess {
  readonly permission: PermissionName;
  readonly requested: Access;
  readonly allowed: Access;
}

/** What `requested` has beyond `allowed`: a called workflow may only keep or narrow what its caller has. */
export function excessOver(requested: Permissions, allowed: Permissions): readonly Excess[] {
  return NAMES.flatMap(permission => {
    const wanted = requested[permission] ?? 'none';
    const limit = allowed[permission] ?? 'none';
    return RANK[wanted] > RANK[limit] ? [{ permission, requested: wanted, allowed: limit }] : [];
  });
}

export function describeExcess(excess: readonly Excess[]): string {
  const list = (level: 'requested' | 'allowed') => excess.map(one => `${one.permission}: ${one[level]}`).join(', ');
  return `requesting '${list('requested')}', but is only allowed '${list('allowed')}'`;
}

/** There is no `id-token: read`. */
function readable(name: PermissionName): boolean {
  return name !== 'id-token';
}

function permissionName(name: string): PermissionName {
  const known = NAMES.find(one => one === name);
  if (!known) throw new NotModelled(`the permission '${name}'`);
  return known;
}

function accessLevel(level: string): Access {
  if (level === 'read' || level === 'write' || level === 'none') return level;
  throw new Error(`Unexpected value '${level}'`);
}
