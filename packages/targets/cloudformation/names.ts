import { createHash } from 'node:crypto';
import type { Random } from '#core/clock';
import type { StackGoal } from './goal.ts';

const prefix = 'release-actions';

/**
 * What is wanted, in sixteen digits: a run that takes over from a killed one knows its work by it. Secrets are left out: a name
 * is read by everybody.
 */
export function intentOf({ stack, digest, given, capabilities, tags, imports }: StackGoal): string {
  const parameters = [...given].map(([key, { value, secret }]) => [key, secret ? '' : value]).toSorted();
  const wanted = JSON.stringify([stack, digest, parameters, [...capabilities].toSorted(), tags, imports]);
  return createHash('sha256').update(wanted).digest('hex').slice(0, 16);
}

/** What the name of a change set ends in that people read before they are asked: no other run takes it up, or takes it away. */
const shownMark = '-shown';

/** Names a change set: `release-actions-<intent>-<run>-<attempt>-<nonce>`, never used twice. */
export function changeSetName(intent: string, runToken: string, random: Random, shown = false): string {
  const nonce = Math.floor(random() * 0xff_ff_ff)
    .toString(16)
    .padStart(6, '0');
  return (
    `${prefix}-${intent}-${runToken.replace(/[^A-Za-z0-9-]/g, '-')}-${nonce}`.slice(0, 114) + (shown ? shownMark : '')
  );
}

/** Whether a name or token is of the suite, whichever run and intent. */
export function isOwn(name: string | undefined): boolean {
  return name?.startsWith(`${prefix}-`) ?? false;
}

/** Whether it waits for people who read it. */
export function isShown(name: string): boolean {
  return name.endsWith(shownMark);
}

/** What its execution is asked for with: every event of the operation bears it. */
export function tokenOf(changeSet: string): string {
  return `${changeSet.slice(0, 120)}-go`;
}

/** Whether it stands for this very work: of any run, or of any attempt of this run where a secret is part of it. */
export function isSameWork(name: string | undefined, intent: string, runToken: string, secret: boolean): boolean {
  const run = secret ? runToken.replace(/-\d+$/, '') : '';
  return name?.startsWith(`${prefix}-${intent}-${run}${run === '' ? '' : '-'}`) ?? false;
}

export function digestOf(body: string): string {
  return `sha256:${createHash('sha256').update(body).digest('hex')}`;
}
