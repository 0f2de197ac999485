import { subjectDigest } from '#action-kit/plan-text';
import { FindingError } from '#core/finding';
import type { ApprovalFacts, GateFacts } from '#core/gate/facts';
import type { EnvironmentState } from '#core/journal/state';
import { rollbackGoal } from '#core/plan/goal';
import { makePlan } from '#core/plan/make-plan';
import type { GoesOn, Plan } from '#core/plan/plan';
import { type Release, sameContent } from '#core/release';
import type { Writer } from '#github/journal/append';
import { appendAsHolder, assertStillHolder, giveBack, lockEnvironment, lockJudgement } from '#github/journal/lock';
import { type Journal, readJournal } from '#github/journal/read';
import { reviewersOf } from '#github/reviewers';
import { endHappenings, startHappenings } from '../../actions/deploy/record.ts';
import { whatWasSaid, whoApproved } from '../../actions/gate-approval/people.ts';
import { record as recordJudgement } from '../../actions/gate-approval/record.ts';
import { record as recordReturn } from '../../actions/rollback/record.ts';
import { run as reference, snapshot } from '../core/fixture.ts';
import { type Commit, rules } from './history.ts';
import type { Journals } from './journals.ts';
import type { Judges } from './judges.ts';
import { flows, foundIn, note, type World } from './world.ts';

/** A run of the release workflow, at the point that it has come to. */
export interface ReleaseRun {
  readonly number: number;
  readonly commit: Commit;
  /** Everybody who wanted it. */
  readonly by: readonly string[];
  /** Whose word on a parked release it is, where it is one. */
  readonly word?: Word;
  /** What it deploys does not work. */
  readonly fails: boolean;
  /** It has built another artifact than stage has. */
  readonly rebuilt: boolean;
  attempt: number;
  phase: 'asked' | 'let in' | 'judged' | 'begun' | 'changed' | 'over';
  plan?: Plan;
  /** One step at a time, whoever meddles. */
  busy: boolean;
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

/** The job `plan`: what no click can change is judged, and then somebody is asked. */
export async function planJob(setting: Setting, run: ReleaseRun): Promise<void> {
  const { world, judges } = setting;
  const writer = writerOf(setting, run);
  world.runs[run.number] = 'in_progress';
  const [prod, stage] = await states(setting, writer);
  const plan = planOf(setting, run, prod.state, stage);
  run.plan = plan;
  const { commit, by, word, attempt } = run;
  note(world, { what: 'planned', ...ofRun(run), commit, by, digest: plan.artifacts[rules.component]?.image ?? '' });
  const reviewers = await reviewersOf(writer.github, 'prod');
  const dispatch =
    word === undefined || word.by === 'go'
      ? {}
      : {
          dispatch: {
            ...{ login: word.login, triggeredBy: word.login, attempt },
            event: 'workflow_dispatch',
            comment: '',
          },
        };
  const facts = await factsOf(setting, run, { plan, prod, stage, approval: { kind: 'ahead', reviewers, ...dispatch } });
  if (word !== undefined && word.by !== 'go' && attempt === 1) {
    note(world, { what: 'said', ...ofRun(run), login: word.login, word: word.by });
  }
  const judgement = judges.gate(facts);
  await recordJudgement(writer, JSON.stringify(plan), facts, judgement);
  if (judgement.verdict.verdict === 'pass') run.phase = 'asked';
  else end(setting, run);
}

/** The next step of the job `release`, as far as the run may go. What is thrown for people ends the run. */
export async function nextStep(setting: Setting, run: ReleaseRun): Promise<void> {
  const { plan } = run;
  if (plan === undefined) return;
  try {
    await steps[run.phase](setting, run, plan);
  } catch (error) {
    if (!(error instanceof FindingError)) throw error;
    end(setting, run);
  }
}

type Step = (setting: Setting, run: ReleaseRun, plan: Plan) => Promise<void>;

const steps: { readonly [Phase in ReleaseRun['phase']]: Step } = {
  async asked({ world }, run) {
    if (world.reviewers.length === 0) run.phase = 'let in';
  },
  'let in': look,
  judged: begin,
  begun: change,
  changed: conclude,
  over: async () => undefined,
};

async function look(setting: Setting, run: ReleaseRun, plan: Plan): Promise<void> {
  const { world, judges } = setting;
  const writer = writerOf(setting, run);
  const [prod, stage] = await states(setting, writer);
  note(world, { what: 'looked', ...ofRun(run) });
  const approval = await whoApproved(writer, plan, prod.state);
  const facts = await factsOf(setting, run, { plan, prod, stage, approval });
  const judgement = judges.gate(facts);
  await recordJudgement(writer, JSON.stringify(plan), facts, judgement);
  if (judgement.verdict.verdict === 'pass') run.phase = 'judged';
  else end(setting, run);
}

async function begin(setting: Setting, run: ReleaseRun, plan: Plan): Promise<void> {
  const { world } = setting;
  await lockEnvironment(writerOf(setting, run), 'prod', `release of ${plan.release.version}`, current => {
    assertAllowed(setting, plan, current);
    return startHappenings(plan);
  });
  note(world, { what: 'began', ...ofRun(run) });
  run.phase = 'begun';
}

async function change(setting: Setting, run: ReleaseRun, plan: Plan): Promise<void> {
  const { world } = setting;
  const writer = writerOf(setting, run);
  const { release } = plan;
  const current = await assertStillHolder(writer, 'prod');
  try {
    assertAllowed(setting, plan, current);
  } catch (error) {
    await giveBack(writer, 'prod', 'refused');
    throw error;
  }
  note(world, { what: 'changed', ...ofRun(run), digest: plan.artifacts[rules.component]?.image ?? '' });
  const before = current.state.running?.snapshots[rules.component] ?? snapshot('before the journal');
  const receipt = { component: rules.component, before, after: snapshot(release.version) };
  await appendAsHolder(writer, 'prod', () => [{ type: 'receipt', release, receipt, outcome: 'succeeded' }]);
  run.phase = 'changed';
}

/** It is verified, or brought back in the same job, and held. */
async function conclude(setting: Setting, run: ReleaseRun, plan: Plan): Promise<void> {
  const writer = writerOf(setting, run);
  const outcome = run.fails ? 'failed' : 'succeeded';
  const result = {
    outcome,
    reason: run.fails ? 'crash-loop' : 'deployed',
    message: 'It ended.',
    evidence: {},
  } as const;
  await appendAsHolder(writer, 'prod', () => endHappenings(plan, result));
  if (run.fails) await bringBack(setting, run, plan);
  end(setting, run);
}

async function bringBack(setting: Setting, run: ReleaseRun, plan: Plan): Promise<void> {
  const { world } = setting;
  const writer = writerOf(setting, run);
  const { state } = await assertStillHolder(writer, 'prod');
  const bad = plan.release;
  const goal = rollbackGoal(state, undefined, bad);
  note(world, { what: 'came-back', ...ofRun(run), to: goal.release.sha });
  const result = { outcome: 'succeeded', reason: 'restored', message: 'It runs again.', evidence: {} } as const;
  const ended = { plan, goal, bad, result, returns: [], took: 1, decided: new Set<string>(), reason: 'crash-loop' };
  await recordReturn(writer, ended);
  const { version } = bad;
  const already = state.holds.some(hold => hold.version === version && hold.component === undefined);
  if (!already) note(world, { what: 'held', hold: { id: `rollback-${version}`, version } });
}

/** What is asked once more of whoever has the lock. */
function assertAllowed({ world, judges }: Setting, plan: Plan, { state }: Journal): void {
  const against = judges.underLock({ plan, state, now: world.now }).filter(({ verdict }) => verdict !== 'pass');
  if (against.length > 0) throw new FindingError(against);
}

export function end({ world }: Setting, run: ReleaseRun): void {
  run.phase = 'over';
  world.runs[run.number] = 'completed';
  note(world, { what: 'ended', ...ofRun(run) });
}

function planOf({ world }: Setting, run: ReleaseRun, prod: EnvironmentState, stage: EnvironmentState): Plan {
  const release = releaseOf(run.commit);
  const { running } = prod;
  const { word } = run;
  const recorded = [...stage.recorded, ...prod.recorded];
  const known =
    recorded.find(entry => entry.release.sha === release.sha) ??
    recorded.find(entry => sameContent(entry.release, release));
  const made = makePlan({
    ...{ flow: flows[world.quorum], file: '.github/release-flow.yml', environment: 'prod', release, now: world.now },
    artifacts: run.rebuilt
      ? { [rules.component]: { image: `sha256:built by run ${run.number}` } }
      : (known?.artifacts ?? {}),
    ...(word === undefined ? {} : { goesOn: { by: word.by, since: word.since } }),
    ref: `refs/tags/${release.tag}`,
    ...{ originators: run.by, vars: {}, operation: 'release', only: [] },
    ...(running === null ? {} : { runs: running.release }),
  });
  if (!made.ok) throw new FindingError(made.findings);
  const { attempt } = run;
  const reviews = world.blind.has('approvals') && attempt > 1 ? undefined : (world.clicks.get(run.number)?.length ?? 0);
  return reviews === undefined ? made.plan : { ...made.plan, asked: { attempt, reviews } };
}

async function factsOf(
  { world }: Setting,
  run: ReleaseRun,
  { plan, prod, stage, approval }: Known,
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
    found: foundIn(world, run.commit),
    approval,
    overdue: [],
  };
}

interface Prod {
  readonly writer: Writer;
  readonly journal: Journal;
  readonly state: EnvironmentState;
}

interface Known {
  readonly plan: Plan;
  readonly prod: Prod;
  readonly stage: EnvironmentState;
  readonly approval: ApprovalFacts;
}

async function states({ journals }: Setting, writer: Writer): Promise<readonly [Prod, EnvironmentState]> {
  const journal = await readJournal(writer.github, 'prod');
  const stage = await readJournal(journals.stage.github('prod'), 'stage');
  return [{ writer, journal, state: journal.state }, stage.state];
}

export function releaseOf({ version, sha, tree }: Commit): Release {
  return { version, tag: `v${version}`, sha, tree };
}

export function ofRun({ number, attempt }: ReleaseRun) {
  return { run: number, attempt };
}

function writerOf({ journals }: Setting, { number, by, attempt }: ReleaseRun): Writer {
  return journals.writer(journals.prod, reference(number, by.at(-1), attempt));
}
