import { describe, expect, test } from '@jest/globals';
import type { MigrationsPolicy } from '#core/flow/gates/migrations';
import { judgeGates } from '#core/gate/gates';
import { isFinal, judgeMigrations, migrationChanges } from '#core/gate/migrations';
import { planOf, release } from '../fixture.ts';
import { gateFacts } from './fixture.ts';

const policy: MigrationsPolicy = { files: ['db/'], irreversible: ['*_final.sql'], components: [] };
const files = (...paths: readonly string[]) => new Map(paths.map(path => [path, `hash of ${path}`]));
const first = 'db/1_users.sql';
const second = 'db/2_teams.sql';
const last = 'db/3_final.sql';

describe('what one commit has that another has not', () => {
  test.each<[string, readonly string[], readonly string[], number, readonly string[]]>([
    ['nothing', [first], [first], 0, []],
    ['a new one', [first, second], [first], 1, []],
    ['one that cannot be undone', [first, second, last], [first], 2, [last]],
    ['one that is no migration', [first, 'src/4_final.sql'], [first], 0, []],
    ['one that is gone', [first], [first, last], 0, []],
  ])('%s', (_name, newer, older, count, irreversible) => {
    const changes = migrationChanges(policy, files(...newer), files(...older));
    expect([changes.files, changes.irreversible]).toEqual([count, irreversible]);
  });

  test('one that says something else is another one', () => {
    expect(migrationChanges(policy, new Map([[last, 'a']]), new Map([[last, 'b']])).irreversible).toEqual([last]);
  });
});

const changed = (newer: readonly string[], older: readonly string[]): MigrationsPolicy => ({
  ...policy,
  changes: { known: true, value: migrationChanges(policy, files(...newer), files(...older)) },
});
const unreadable = { reason: 'files-unreadable', message: 'Too many.', evidence: {} } as const;

describe('the reviewer is told of them, and nothing goes back across one that cannot be undone (argo-cd#6344)', () => {
  test.each<[string, MigrationsPolicy, string, string]>([
    ['none', changed([first], [first]), 'pass no-migrations', 'pass no-migrations'],
    ['two that can be undone', changed([first, second], []), 'pass migrations-ahead', 'pass migrations-stay'],
    ['one that cannot', changed([second, last], []), 'pass migrations-irreversible', 'fail rollback-incompatible'],
    ['nothing runs', { ...policy, changes: { known: true, value: null } }, 'pass no-migrations', 'pass no-migrations'],
    [
      'files that cannot be read',
      { ...policy, changes: { known: false, finding: unreadable } },
      'inconclusive files-unreadable',
      'inconclusive files-unreadable',
    ],
    ['nobody looked', policy, 'error gate-not-looked-up', 'error gate-not-looked-up'],
    ['they are of another component', { ...policy, components: ['db'] }, 'pass no-migrations', 'pass no-migrations'],
  ])('%s', (_name, given, ahead, back) => {
    const verdictOf = (operation: 'release' | 'rollback') =>
      judgeGates(gateFacts({ plan: planOf('1.4.0', { operation }, { gates: { migrations: given } }), found }))
        .map(({ verdict, reason }) => `${verdict} ${reason}`)
        .join();
    const found = { migrations: { known: true, value: null } } as const;
    expect([verdictOf('release'), verdictOf('rollback')]).toEqual([ahead, back]);
  });

  test('what is not known may be one', () => {
    expect(isFinal({ ...policy, changes: { known: false, finding: unreadable } })).toBe(true);
    expect(isFinal(changed([first], []))).toBe(false);
    expect(isFinal(policy)).toBe(false);
  });

  test('it says which, and that the way out leads forward', () => {
    const given = changed([second, last], []);
    const [ahead] = judgeMigrations(given, planOf('1.4.0', { runs: release('1.3.0') }));
    expect(ahead?.message).toBe(
      '2 since 1.3.0: db/2_teams.sql, db/3_final.sql. ⚠ **1 of them cannot be undone: db/3_final.sql.** A failure is left as it is: 1.3.0 would not work with what they leave.',
    );
    const [back] = judgeMigrations(given, planOf('1.3.0', { operation: 'rollback', from: release('1.4.0') }));
    expect(back?.message).toBe('1.4.0 brought what cannot be undone, and 1.3.0 does not work with it: db/3_final.sql.');
    expect(back?.next).toContain('Go forward: release a fix on top of 1.4.0');
  });
});
