import { describe, expect, test } from '@jest/globals';
import { flowOf, problemsOf, small } from './fixture.ts';

const hour = 3_600_000;
/** `dev` comes after `first`. */
const file = (environment: string) => small({ environment, top: '  first:\n    from: first' });
const gatesOf = (environment: string) => flowOf(file(environment)).environments.dev?.gates;

describe('how the gates that look into AWS are written', () => {
  test.each<[string, object]>([
    ['alarms-ok: prod-orders', { 'alarms-ok': { here: [{ name: 'prod-orders' }], earlier: [] } }],
    ['alarms-ok: [prod-*, other]', { 'alarms-ok': { here: [{ prefix: 'prod-' }, { name: 'other' }], earlier: [] } }],
    [
      'alarms-ok: { here: prod-*, earlier: [stage-*] }\nafter: first',
      { 'alarms-ok': { here: [{ prefix: 'prod-' }], earlier: [{ prefix: 'stage-' }] } },
    ],
    ['soak: 24h\nafter: first', { soak: { for: 24 * hour, alarms: [] } }],
    [
      'soak: { for: 1h30m, alarms: stage-* }\nafter: first',
      { soak: { for: 1.5 * hour, alarms: [{ prefix: 'stage-' }] } },
    ],
    [
      'backups: [{ dynamodb: notes, point-in-time: 1h, backup: 24h }, { rds-cluster: db, snapshot: 24h }]',
      {
        backups: [
          { kind: 'point-in-time', of: 'dynamodb', name: 'notes', within: hour },
          { kind: 'copy', of: 'dynamodb', name: 'notes', within: 24 * hour },
          { kind: 'copy', of: 'rds-cluster', name: 'db', within: 24 * hour },
        ],
      },
    ],
    [
      'backups: { terraform-state: s3://notes-state/a/notes.tfstate, written: 7d }',
      {
        backups: [{ kind: 'terraform-state', bucket: 'notes-state', key: 'a/notes.tfstate', within: 7 * 24 * hour }],
      },
    ],
    [
      'backups: { terraform-state: s3://notes-state/notes.tfstate }',
      { backups: [{ kind: 'terraform-state', bucket: 'notes-state', key: 'notes.tfstate' }] },
    ],
    ['stack-complete: true\nafter: first', { 'stack-complete': { ofComponents: true, stacks: [] } }],
    ['stack-complete: [web, net]\nafter: first', { 'stack-complete': { ofComponents: false, stacks: ['web', 'net'] } }],
    ['stack-complete: false', {}],
    ['way-back: true', { 'way-back': { components: [] } }],
    ['way-back: [api, web]', { 'way-back': { components: ['api', 'web'] } }],
    ['way-back: false', {}],
  ])('%s', (environment, gates) => {
    const read = gatesOf(environment);
    expect(read).toEqual(gates);
    expect(JSON.parse(JSON.stringify(read))).toEqual(gates);
  });
});

describe('mistakes', () => {
  test.each<[string, string]>([
    [
      'break-glass: { rules: [window], by: ops, reviews: { by: ann } }\nreviews: { count: 2 }',
      '12:46 environments.dev.break-glass.reviews: says nothing while no emergency may break `reviews` (add `reviews` to `rules`, or take these out)',
    ],
    [
      'break-glass: { rules: [reviews], by: ops, reviews: { by: ann } }',
      '12:47 environments.dev.break-glass.reviews: `dev` asks for no `reviews` that they could stand for',
    ],
    ['soak: 24h', '12:5 environments.dev.soak: there is no earlier environment to soak in (name it with `after`)'],
    [
      'soak: 24\nafter: first',
      '12:11 environments.dev.soak: must be a duration like 90s, 30m or 2h or a mapping, found the number 24',
    ],
    [
      'soak: 31d\nafter: first',
      '12:11 environments.dev.soak: is longer than the 30 d for which CloudWatch remembers alarms',
    ],
    [
      'soak: { for: 31d }\nafter: first',
      '12:18 environments.dev.soak.for: is longer than the 30 d for which CloudWatch remembers alarms',
    ],
    [
      'soak: { alarms: x }\nafter: first',
      '12:5 environments.dev.soak.for: `for` is missing (it is a duration like 90s, 30m or 2h)',
    ],
    [
      'soak: { for: 1h, alarm: x }\nafter: first',
      '12:22 environments.dev.soak.alarm: unknown key `alarm` (did you mean `alarms`?)',
    ],
    [
      'alarms-ok: "*"',
      '12:16 environments.dev.alarms-ok: does not name an alarm (write its name, or the beginning of it and a *)',
    ],
    ['alarms-ok: {}', '12:5 environments.dev.alarms-ok: names no alarm (give `here` or `earlier`)'],
    ['alarms-ok: []', '12:16 environments.dev.alarms-ok: is an empty list'],
    [
      'alarms-ok: { earlier: stage-* }',
      '12:18 environments.dev.alarms-ok.earlier: there is no earlier environment (name it with `after`)',
    ],
    [
      'alarms-ok: { there: stage-* }',
      '12:18 environments.dev.alarms-ok.there: unknown key `there` (did you mean `here`?)',
    ],
    [
      'read-role: release-read',
      '12:16 environments.dev.read-role: `release-read` is not the ARN of a role (it reads like arn:aws:iam::111111111111:role/release)',
    ],
    [
      'backups: { dynamodb: notes }',
      '12:26 environments.dev.backups.dynamodb: nothing is asked of it (give `point-in-time` or `backup`)',
    ],
    [
      'backups: { dynamodb: notes, snapshot: 24h }',
      '12:33 environments.dev.backups.snapshot: `dynamodb` has no `snapshot` (dynamodb has `point-in-time` and `backup`)',
    ],
    [
      'backups: { dynamodb: notes, rds: db, point-in-time: 1h }',
      '12:14 environments.dev.backups: names several things: dynamodb, rds (write an entry for each)',
    ],
    [
      'backups: [{ backup: 24h }]',
      '12:15 environments.dev.backups[0]: does not say of what (give one of `dynamodb`, `rds`, `rds-cluster`, `terraform-state`)',
    ],
    [
      'backups: {}',
      '12:14 environments.dev.backups: does not say of what (give one of `dynamodb`, `rds`, `rds-cluster`, `terraform-state`)',
    ],
    [
      'backups: { dynamodb: notes, within: 24h }',
      '12:33 environments.dev.backups.within: unknown key `within` (known here: dynamodb, rds, rds-cluster, terraform-state, point-in-time, backup, snapshot, written)',
    ],
    [
      'backups: { terraform-state: notes-state/notes.tfstate }',
      '12:33 environments.dev.backups.terraform-state: `notes-state/notes.tfstate` is not an object of S3 (write the bucket and the key, as in s3://notes-prod-state/notes.tfstate)',
    ],
    [
      'backups: { rds: db, point-in-time: 0h }',
      '12:40 environments.dev.backups.point-in-time: must be longer than nothing',
    ],
    ['backups: notes', '12:14 environments.dev.backups: must be a mapping or a list, found `notes`'],
    [
      'stack-complete: true',
      '12:5 environments.dev.stack-complete: there is no earlier environment (name it with `after`)',
    ],
  ])('%s', (environment, problem) => {
    expect(problemsOf(file(environment))).toEqual([problem]);
  });
});
