import { formatDuration } from '../duration.ts';
import type { BackupWanted, CopyWanted } from '../flow/gates/backups.ts';
import { minuteAt } from '../report/minute.ts';
import type { RuleVerdict } from '../verdict.ts';
import type { GateFacts } from './facts.ts';
import type { BackupFound } from './lookups.ts';
import { rule } from './rule.ts';
import { judgeSeen } from './seen.ts';
import type { Seen } from './sought.ts';

const name = 'backups';

interface Asked {
  readonly policy: readonly BackupWanted[];
  /** In the order of the policy. */
  readonly found: readonly Seen<BackupFound>[];
  readonly facts: GateFacts;
}

/** Everything that data shall be brought back from is there, and is new enough. Each has a row of its own. */
export function judgeBackups({ policy, found, facts }: Asked): readonly RuleVerdict[] {
  return policy.flatMap((wanted, index) => {
    const seen = found[index];
    if (seen === undefined) return [rule(name, 'error', 'gate-not-looked-up', `Nobody looked at ${whatText(wanted)}.`)];
    return judgeSeen(name, seen, facts, backup => [judgeBackup(wanted, backup, facts)]);
  });
}

function judgeBackup(wanted: BackupWanted, found: BackupFound, { now, state, plan }: GateFacts): RuleVerdict {
  const what = whatText(wanted);
  switch (found.kind) {
    case 'absent': {
      const environment = plan.environment.name;
      if (state.verified === null) {
        const message = `⚠ ${what}: there is no ${thingText(wanted)}, so there is nothing to bring back. Nothing has been verified in ${environment} yet: from then on it has to be there.`;
        return rule(name, 'pass', 'nothing-deployed-yet', message, { what });
      }
      const next = `Check its name and the region of ${environment}; where somebody deleted it, bring it back before anything is released.`;
      return rule(name, 'fail', 'data-missing', `${what}: there is no ${thingText(wanted)}.`, { what }, next);
    }
    case 'off':
      return rule(name, 'fail', 'recovery-off', `${what}: ${offText(wanted)}.`, { what }, nextText(wanted));
    case 'none':
      return rule(name, 'fail', 'backup-missing', `${what}: there is none.`, { what }, nextText(wanted));
    case 'there': {
      const age = now - found.at;
      const at = `${minuteAt(found.at)} UTC`;
      const evidence = {
        what,
        at: new Date(found.at).toISOString(),
        ...(found.id === undefined ? {} : { id: found.id }),
      };
      const is = `${what}: ${thereText(wanted)} ${at}, ${formatDuration(age)} ago`;
      // What is not asked for holds whatever its age.
      const { within = Number.POSITIVE_INFINITY } = wanted;
      if (age <= within) return rule(name, 'pass', 'backup-recent', `${is}.`, evidence);
      const message = `${is}; ${formatDuration(within)} are allowed.`;
      return rule(name, 'fail', 'backup-too-old', message, evidence, nextText(wanted));
    }
  }
}

function whatText(wanted: BackupWanted): string {
  switch (wanted.kind) {
    case 'point-in-time':
      return `Point-in-time recovery of ${wanted.name}`;
    case 'copy':
      return `${copyWord(wanted)} of ${wanted.name}`;
    case 'terraform-state':
      return `State s3://${wanted.bucket}/${wanted.key}`;
  }
}

function copyWord({ of }: CopyWanted): string {
  return of === 'dynamodb' ? 'Backup' : 'Snapshot';
}

function offText({ kind }: BackupWanted): string {
  return kind === 'terraform-state'
    ? 'its bucket keeps no versions, so none can be gone back to'
    : 'it is switched off';
}

function thingText(wanted: BackupWanted): string {
  if (wanted.kind === 'terraform-state') return 'such object';
  return wanted.of === 'dynamodb' ? 'such table' : 'such database';
}

function thereText({ kind }: BackupWanted): string {
  switch (kind) {
    case 'point-in-time':
      return 'up to';
    case 'copy':
      return 'the newest is of';
    case 'terraform-state':
      return 'its bucket keeps versions, the newest of';
  }
}

/** How it is had, as people would type it. */
function nextText(wanted: BackupWanted): string {
  switch (wanted.kind) {
    case 'point-in-time':
      return wanted.of === 'dynamodb'
        ? `Switch it on, and wait until it has caught up: aws dynamodb update-continuous-backups --table-name ${wanted.name} --point-in-time-recovery-specification PointInTimeRecoveryEnabled=true`
        : `Give ${wanted.name} a backup retention period of a day at least; where it has one, look why its backups lag.`;
    case 'copy':
      return copyCommand(wanted);
    case 'terraform-state':
      return `Check bucket and key; switch its versions on: aws s3api put-bucket-versioning --bucket ${wanted.bucket} --versioning-configuration Status=Enabled`;
  }
}

function copyCommand({ of, name: database }: CopyWanted): string {
  switch (of) {
    case 'dynamodb':
      return `Make one: aws dynamodb create-backup --table-name ${database} --backup-name before-release`;
    case 'rds':
      return `Take one, and wait until it is available: aws rds create-db-snapshot --db-instance-identifier ${database} --db-snapshot-identifier before-release`;
    case 'rds-cluster':
      return `Take one, and wait until it is available: aws rds create-db-cluster-snapshot --db-cluster-identifier ${database} --db-cluster-snapshot-identifier before-release`;
  }
}
