import { describe, expect, test } from '@jest/globals';
import type { BackupWanted } from '#core/flow/gates/backups';
import { judgeGates } from '#core/gate/gates';
import type { BackupFound } from '#core/gate/lookups';
import type { Seen } from '#core/gate/sought';
import { type EnvironmentState, emptyState } from '#core/journal/state';
import { MINUTE, NOON, planOf, standing } from '../fixture.ts';
import { gateFacts } from './fixture.ts';

const hour = 60 * MINUTE;
const recovery: BackupWanted = { kind: 'point-in-time', of: 'dynamodb', name: 'notes', within: hour };
const copy: BackupWanted = { kind: 'copy', of: 'rds', name: 'notes-db', within: 24 * hour };
const state: BackupWanted = { kind: 'terraform-state', bucket: 'notes-state', key: 'notes.tfstate' };
const ago = (minutes: number): BackupFound => ({ kind: 'there', at: NOON - minutes * MINUTE, id: 'arn' });
const released: EnvironmentState = { ...emptyState('prod'), verified: standing('1.3.0') };
const known = (value: BackupFound): Seen<BackupFound> => ({ known: true, value });

function judged(
  policy: readonly BackupWanted[],
  found: readonly Seen<BackupFound>[],
  stage: 'plan' | 'release' = 'release',
  state = released,
) {
  const plan = planOf('1.4.0', {}, { gates: { backups: policy } });
  return judgeGates(gateFacts({ plan, stage, state, found: { backups: { known: true, value: found } } }));
}

const denied = { reason: 'access-denied', message: 'AWS refused rds:DescribeDBSnapshots', evidence: {} } as const;

describe('what data can be brought back from', () => {
  test.each<[string, BackupWanted, Seen<BackupFound>, string]>([
    ['to any moment up to five minutes ago', recovery, known(ago(5)), 'pass backup-recent'],
    ['up to an hour ago, as is allowed', recovery, known(ago(60)), 'pass backup-recent'],
    ['up to a minute more', recovery, known(ago(61)), 'fail backup-too-old'],
    ['nothing: recovery is switched off', recovery, known({ kind: 'off' }), 'fail recovery-off'],
    ['a snapshot of yesterday', copy, known(ago(23 * 60)), 'pass backup-recent'],
    ['a snapshot of the day before', copy, known(ago(47 * 60)), 'fail backup-too-old'],
    ['no snapshot', copy, known({ kind: 'none' }), 'fail backup-missing'],
    ['a state of long ago, with its versions', state, known(ago(90 * 24 * 60)), 'pass backup-recent'],
    ['a state that was written lately', { ...state, within: hour }, known(ago(30)), 'pass backup-recent'],
    ['a state that was not, where that is asked', { ...state, within: hour }, known(ago(90)), 'fail backup-too-old'],
    ['a state without versions', state, known({ kind: 'off' }), 'fail recovery-off'],
    ['no state', state, known({ kind: 'none' }), 'fail backup-missing'],
    ['no such table, where something has been verified', recovery, known({ kind: 'absent' }), 'fail data-missing'],
    ['nobody may look', copy, { known: false, finding: denied }, 'inconclusive access-denied'],
    ['the release job should have looked', copy, { known: 'later' }, 'error gate-not-looked-up'],
  ])('%s', (_name, wanted, found, expected) => {
    expect(judged([wanted], [found]).map(({ verdict, reason }) => `${verdict} ${reason}`)).toEqual([expected]);
  });

  test('each has its row; one that nobody looked at is an error', () => {
    const rows = judged([recovery, copy, state], [known(ago(5)), known({ kind: 'none' })]);
    expect(rows.map(({ verdict }) => verdict)).toEqual(['pass', 'fail', 'error']);
  });

  test.each<[BackupWanted, string]>([
    [recovery, 'Point-in-time recovery of notes: there is no such table'],
    [copy, 'Snapshot of notes-db: there is no such database'],
    [state, 'State s3://notes-state/notes.tfstate: there is no such object'],
  ])('the first release makes what has to be there from then on: %j', (wanted, message) => {
    const first = emptyState('prod');
    const rows = judged([wanted], [known({ kind: 'absent' })], 'release', first);
    expect(rows).toMatchObject([{ verdict: 'pass', reason: 'nothing-deployed-yet' }]);
    expect(rows[0]?.message).toContain(`⚠ ${message}, so there is nothing to bring back.`);
    expect(judged([wanted], [known({ kind: 'off' })], 'release', first)[0]?.verdict).toBe('fail');
    expect(judged([wanted], [known({ kind: 'absent' })])).toMatchObject([{ verdict: 'fail', reason: 'data-missing' }]);
  });

  test('in the plan job without a role to look with, it stops nobody', () => {
    expect(judged([copy], [{ known: 'later' }], 'plan')[0]?.reason).toBe('judged-before-change');
  });

  test.each<[BackupWanted, BackupFound, string, string]>([
    [
      recovery,
      ago(61),
      'Point-in-time recovery of notes: up to 2026-11-02 10:59 UTC, 1 h 1 min ago; 1 h are allowed.',
      'aws dynamodb update-continuous-backups --table-name notes',
    ],
    [copy, { kind: 'none' }, 'Snapshot of notes-db: there is none.', '--db-instance-identifier notes-db'],
    [
      { ...copy, of: 'rds-cluster' },
      ago(48 * 60),
      'Snapshot of notes-db: the newest is of 2026-10-31 12:00 UTC, 2 d ago; 1 d are allowed.',
      '--db-cluster-identifier notes-db',
    ],
    [
      state,
      { kind: 'off' },
      'State s3://notes-state/notes.tfstate: its bucket keeps no versions, so none can be gone back to.',
      'put-bucket-versioning --bucket notes-state',
    ],
  ])('the message says what, of when, and how to have another: %j', (wanted, found, message, next) => {
    const [rule] = judged([wanted], [known(found)]);
    expect(rule?.message).toBe(message);
    expect(rule?.next).toContain(next);
  });
});
