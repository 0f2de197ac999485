import * as z from 'zod/mini';
import { asList } from '../fields.ts';
import type { AlarmSelector } from '../names.ts';
import type { Mistake } from '../problem.ts';
import type { RawRecord } from '../raw.ts';
import { type AlarmsPolicy, alarmsOk, checkAlarms, readAlarms } from './alarms-ok.ts';
import { type BackupWanted, backups, checkBackups, readBackup } from './backups.ts';
import { type ChecklistPolicy, checklist, readChecklistKey } from './checklist.ts';
import { type RequiredChecks, readChecks, requiredChecks } from './checks.ts';
import { checkFreeze, type FreezePolicy, freeze, readFreeze } from './freeze.ts';
import { type MigrationsPolicy, migrations, readMigrations } from './migrations.ts';
import { noOpenIssues } from './no-open-issues.ts';
import { type Reviews, readReviews, reviews, withPeople } from './reviews.ts';
import { checkSoak, readSoak, type SoakPolicy, soak } from './soak.ts';
import { checkStacks, readStacks, type StacksPolicy, stackComplete } from './stack-complete.ts';
import { readWayBack, type WayBackPolicy, wayBack } from './way-back.ts';
import { checkWindow, readWindow, type WindowPolicy, window } from './window.ts';

/** The conditions that an environment sets, as keys of the flow file. */
export const gateKeys = {
  window: z.optional(window),
  freeze: z.optional(freeze),
  checks: z.optional(requiredChecks),
  reviews: z.optional(reviews),
  'no-open-issues': z.optional(noOpenIssues),
  soak: z.optional(soak),
  'alarms-ok': z.optional(alarmsOk),
  'stack-complete': z.optional(stackComplete),
  backups: z.optional(backups),
  'way-back': z.optional(wayBack),
  checklist: z.optional(checklist),
  migrations: z.optional(migrations),
} as const;

const values = z.strictObject(gateKeys);
export type GateValues = z.output<typeof values>;

/** What is asked before anything is changed, by gate. */
export interface Policies {
  /** When releases start. */
  readonly window: WindowPolicy;
  /** When nothing is released. */
  readonly freeze: FreezePolicy;
  /** What has to have succeeded on the commit. */
  readonly checks: RequiredChecks;
  /** All of them. */
  readonly reviews: readonly Reviews[];
  /** Labels: an open issue with one of them stops releases. */
  readonly 'no-open-issues': readonly string[];
  /** How long the earlier environment has to have run this release, and been well. */
  readonly soak: SoakPolicy;
  /** Alarms that have to be quiet. */
  readonly 'alarms-ok': AlarmsPolicy;
  /** Stacks of the earlier environment that have to be complete. */
  readonly 'stack-complete': StacksPolicy;
  /** All of them: what data can be brought back from. */
  readonly backups: readonly BackupWanted[];
  /** Whose way back is looked up. */
  readonly 'way-back': WayBackPolicy;
  /** Boxes that people tick, and boxes that rules decide. */
  readonly checklist: ChecklistPolicy;
  /** Which files are migrations, and which of them cannot be undone. */
  readonly migrations: MigrationsPolicy;
}

export type GateName = keyof Policies;

/** The gates that an environment has. They travel in the plan, and are judged from there. */
export type Gates = { readonly [Name in GateName]?: Policies[Name] };

/** In the order in which people read them. */
export const gateNames: readonly GateName[] = [
  'window',
  'freeze',
  'checks',
  'reviews',
  'no-open-issues',
  'soak',
  'alarms-ok',
  'stack-complete',
  'backups',
  'way-back',
  'checklist',
  'migrations',
];

export function readGates(given: GateValues): Gates {
  const wanted = readReviews(given.reviews);
  const labels = asList(given['no-open-issues']);
  const alarms = given['alarms-ok'];
  const back = readWayBack(given['way-back']);
  const stacks = readStacks(given['stack-complete']);
  const copies = asList(given.backups).flatMap(readBackup);
  return {
    ...(given.window === undefined ? {} : { window: readWindow(given.window) }),
    ...(given.freeze === undefined ? {} : { freeze: readFreeze(given.freeze) }),
    ...(given.checks === undefined ? {} : { checks: readChecks(given.checks) }),
    ...(wanted.length === 0 ? {} : { reviews: wanted }),
    ...(labels.length === 0 ? {} : { 'no-open-issues': labels }),
    ...(given.soak === undefined ? {} : { soak: readSoak(given.soak) }),
    ...(alarms === undefined ? {} : { 'alarms-ok': readAlarms(alarms) }),
    ...(stacks === undefined ? {} : { 'stack-complete': stacks }),
    ...(copies.length === 0 ? {} : { backups: copies }),
    ...(back === undefined ? {} : { 'way-back': back }),
    ...(given.checklist === undefined ? {} : { checklist: readChecklistKey(given.checklist) }),
    ...(given.migrations === undefined ? {} : { migrations: readMigrations(given.migrations) }),
  };
}

/** What the schema cannot say of the gates of an environment. */
export function checkGates(name: string, environment: RawRecord): readonly Mistake[] {
  return [
    ...checkWindow(name, environment.window),
    ...checkFreeze(name, environment.freeze),
    ...checkSoak(name, environment),
    ...checkAlarms(name, environment),
    ...checkStacks(name, environment),
    ...checkBackups(name, environment),
  ];
}

/** What the flow file leaves to the plan of a release. */
export interface Resolution {
  /** The people behind one name of the flow file. */
  readonly peopleOf: (name: string) => readonly string[];
  /** What is in the file of the checklist. */
  readonly checklist?: Pick<ChecklistPolicy, 'boxes' | 'body'>;
  /** The migrations between what runs and what is planned. */
  readonly migrations?: NonNullable<MigrationsPolicy['changes']>;
}

/** The gates of a plan: who is named by a role is named by login, and the checklist has its boxes. */
export function resolveGates(gates: Gates, { peopleOf, checklist: file, migrations: changes }: Resolution): Gates {
  const { reviews: wanted, checklist: named, migrations: policy, ...others } = gates;
  return {
    ...others,
    ...(wanted === undefined ? {} : { reviews: withPeople(wanted, peopleOf) }),
    ...(named === undefined ? {} : { checklist: { ...named, ...file } }),
    ...(policy === undefined ? {} : { migrations: { ...policy, ...(changes === undefined ? {} : { changes }) } }),
  };
}

/** A soak that names no alarms goes by those that are watched in the earlier environment. */
export function withAlarmsOf(gates: Gates, watched: readonly AlarmSelector[]): Gates {
  const { soak: wanted, ...others } = gates;
  if (wanted === undefined || wanted.alarms.length > 0) return gates;
  return { ...others, soak: { ...wanted, alarms: watched } };
}

/** Stacks that a gate asks for as those of the components there. */
export function withStacks(gates: Gates, ofComponents: () => readonly string[]): Gates {
  const { 'stack-complete': wanted, ...others } = gates;
  if (wanted === undefined || !wanted.ofComponents) return gates;
  return { ...others, 'stack-complete': { ...wanted, stacks: ofComponents() } };
}

/** Whether a gate looks at the earlier environment in AWS. */
export function asksEarlier({ soak: wanted, 'alarms-ok': alarms, 'stack-complete': stacks }: Gates): boolean {
  if (stacks !== undefined) return true;
  return (wanted?.alarms.length ?? 0) + (alarms?.earlier.length ?? 0) > 0;
}

/** The same of the environment itself. */
export function asksHere({ 'alarms-ok': alarms, backups: copies, 'way-back': back }: Gates): boolean {
  return (alarms?.here.length ?? 0) > 0 || copies !== undefined || back !== undefined;
}
