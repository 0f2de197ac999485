import { subjectDigest } from '#action-kit/plan-text';
import { FindingError } from '#core/finding';
import type { ApprovalFacts, GateFacts } from '#core/gate/facts';
import type { LockJudgement } from '#core/journal/lock';
import type { EnvironmentState, Standing } from '#core/journal/state';
import type { GoesOn, Plan } from '#core/plan/plan';
import type { Writer } from '#github/journal/append';
import { lockJudgement } from '#github/journal/lock';
import { type Journal, readJournal } from '#github/journal/read';
import { reviewersOf } from '#github/reviewers';
import { whatWasSaid, whoApproved } from '../../actions/gate-approval/people.ts';
import { record as recordJudgement } from '../../actions/gate-approval/record.ts';
import { run as reference } from '../core/fixture.ts';
import type { Commit } from './history.ts';
import type { Journals } from './journals.ts';
import type { Judges } from './judges.ts';
import { foundIn, note, type World } from './world.ts';

/** A run of a workflow, at the point that it has come to. */
export type Run = ReleaseRun | RollbackRun;

interface AnyRun {
  readonly number: number;
  /** Everybody who wanted it. */
  readonly by: readonly string[];
  attempt: number;
  phase: Phase;
  plan?: Plan;
  /** Its plan passed, so that its other job was asked about. */
  planned?: boolean;
  /** One step at a time, whoever meddles. */
  busy: boolean;
}

export type Phase = 'asked' | 'let in' | 'judged' | 'begun' | 'changed' | 'over';

export interface ReleaseRun extends AnyRun {
  readonly kind: 'release';
  readonly commit: Commit;
  /** Whose word on a parked release it is, where it is one. */
  readonly word?: Word;
  /** What it deploys does not work. */
  readonly fails: boolean;
  /** It has built another artifact than stage has. */
  readonly rebuilt: boolean;
}

export interface RollbackRun extends AnyRun {
  readonly kind: 'rollback';
  /** The version that it is to go to, where whoever asks names one. */
  readonly version?: string;
  /** Whose word it is on the rollback that waits, where it is one. */
  readonly word?: 'approve' | 'reject';
  /** From when it takes the environment. */
  goal?: Standing;
}

export interface Word {
  readonly by: GoesOn['by'];
  readonly since: string;
  readonly login: string;
}

export interface Setting {
  readonly world: World;
  readonly journals: Journals;
  readonly judges: Judges;
}

/** What a run does next, by the phase in which it is. */
export type Steps<R extends Run> = {
  readonly [P in Exclude<Phase, 'asked' | 'let in' | 'over'>]: (setting: Setting, run: R, plan: Plan) => Promise<void>;
};

/** The end of the job `plan`: what no click can change is judged, and then somebody is asked. */
export async function judgeAhead(setting: Setting, run: Run, plan: Plan, { prod, stage }: Known): Promise<void> {
  const { attempt } = run;
  const reviewers = await reviewersOf(prod.writer.github, 'prod');
  const said = saidBy(run);
  if (said !== undefined && attempt === 1) note(setting.world, { what: 'said', ...ofRun(run), ...said });
  const { login = '' } = said ?? {};
  const event = 'workflow_dispatch';
  const dispatch = said === undefined ? {} : { dispatch: { login, triggeredBy: login, attempt, event, comment: '' } };
  await judgeNow(setting, run, plan, { prod, stage, approval: { kind: 'ahead', reviewers, ...dispatch } }, 'asked');
}

function saidBy(run: Run): { readonly login: string; readonly word: 'approve' | 'reject' } | undefined {
  if (run.word === undefined) return undefined;
  if (run.kind === 'rollback') return { login: run.by[0] ?? '', word: run.word };
  const { by: word, login } = run.word;
  return word === 'go' ? undefined : { login, word };
}

/** The beginning of the job behind the click: everything is judged once more. */
export async function look(setting: Setting, run: Run, plan: Plan): Promise<void> {
  const { prod, stage } = await states(setting, run);
  note(setting.world, { what: 'looked', ...ofRun(run) });
  const approval = await whoApproved(prod.writer, plan, prod.state);
  await judgeNow(setting, run, plan, { prod, stage, approval }, 'judged');
}

async function judgeNow(
  setting: Setting,
  run: Run,
  plan: Plan,
  known: Known & { readonly approval: ApprovalFacts },
  then: Phase,
): Promise<void> {
  const facts = await factsOf(setting, run, plan, known);
  const judgement = setting.judges.gate(facts);
  await recordJudgement(known.prod.writer, JSON.stringify(plan), facts, judgement);
  const passed = judgement.verdict.verdict === 'pass';
  if (then === 'asked') run.planned = passed;
  if (passed) run.phase = then;
  else end(setting, run);
}

/** What is asked once more of whoever has the lock. */
export function assertAllowed(
  { world: { now }, judges }: Setting,
  plan: Plan,
  { state }: Journal,
  lock: LockJudgement,
): void {
  const against = judges.underLock({ plan, state, lock, now }).filter(({ verdict }) => verdict !== 'pass');
  if (against.length > 0) throw new FindingError(against);
}

export function end({ world }: Setting, run: Run): void {
  run.phase = 'over';
  world.runs[run.number] = 'completed';
  note(world, { what: 'ended', ...ofRun(run) });
}

async function factsOf(
  { world }: Setting,
  run: Run,
  plan: Plan,
  { prod, stage, approval }: Known & { readonly approval: ApprovalFacts },
): Promise<GateFacts> {
  const lock = await lockJudgement(prod.writer, prod.journal);
  const said = await whatWasSaid(prod.writer, plan, prod.state);
  const stageOfJob = approval.kind === 'ahead' ? 'plan' : 'release';
  const { now } = world;
  return {
    plan,
    stage: stageOfJob,
    state: prod.state,
    earlier: stage,
    subject: subjectDigest(plan),
    ...said,
    lock,
    now,
    // Nobody looks for a rollback what only releases are asked for.
    found: run.kind === 'release' ? foundIn(world, run.commit) : {},
    approval,
    overdue: [],
  };
}

export interface Known {
  readonly prod: { readonly writer: Writer; readonly journal: Journal; readonly state: EnvironmentState };
  readonly stage: EnvironmentState;
}

export async function states(setting: Setting, run: Run): Promise<Known> {
  const writer = writerOf(setting, run);
  const journal = await readJournal(writer.github, 'prod');
  const stage = await readJournal(setting.journals.stage.github('prod'), 'stage');
  return { prod: { writer, journal, state: journal.state }, stage: stage.state };
}

export function ofRun({ number, attempt }: Run) {
  return { run: number, attempt };
}

/** As GitHub knows it, set off by whoever wanted it last. */
export function referenceOf({ number, by, attempt }: Run) {
  return reference(number, by.at(-1), attempt);
}

export function writerOf({ journals }: Setting, run: Run): Writer {
  return journals.writer(journals.prod, referenceOf(run));
}
