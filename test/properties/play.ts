import type { Happening } from '#core/journal/event';
import { chooseParked } from '#core/plan/choose-parked';
import { readJournal } from '#github/journal/read';
import { passed, run as reference, snapshot } from '../core/fixture.ts';
import type { Command } from './command.ts';
import { type Commit, type Held, type History, rules } from './history.ts';
import { nextStep, planJob } from './jobs.ts';
import { type Journals, machineGone, openJournals, write } from './journals.ts';
import { type Judges, product } from './judges.ts';
import { click } from './people-github.ts';
import { releaseOf } from './release-run.ts';
import { end, ofRun, type ReleaseRun, type RollbackRun, type Run } from './run.ts';
import { commits, note, openWorld, reviewers, type World } from './world.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

export interface Playing {
  readonly judges?: Judges;
  /** Nobody believes that another run is alive: every lock is taken over. */
  readonly lifeless?: boolean;
  readonly quorum?: World['quorum'];
}

/** Plays the commands with the product’s own rules and its own journal, and tells what has really happened. */
export async function play(commands: readonly Command[], options: Playing = {}): Promise<History> {
  const { judges = product, lifeless = false, quorum = 1 } = options;
  const world = openWorld(quorum);
  const runs = new Map<number, Run>();
  const perform = async (command: Command): Promise<void> => {
    world.now += SECOND;
    journals.land();
    await one({ world, journals, judges, runs }, command).catch((error: unknown) => {
      if (error !== machineGone) throw error;
    });
  };
  const journals = openJournals(world, perform, lifeless);
  for (const command of [...begin, ...commands]) await perform(command);
  return world.history;
}

/** Nearly everything is well in the beginning, so that not everything fails for the same reason. */
const begin: readonly Command[] = [
  ...[0, 1].map((commit): Command => ({ do: 'stage', commit, becomes: 'verified' })),
  ...[0, 1, 3].map((commit): Command => ({ do: 'review', commit, login: 'otto', says: 'approved', newest: true })),
];

interface Stage {
  readonly world: World;
  readonly journals: Journals;
  readonly judges: Judges;
  readonly runs: Map<number, Run>;
}

async function one(stage: Stage, command: Command): Promise<void> {
  const { world, journals, runs } = stage;
  switch (command.do) {
    case 'start': {
      const { run: number, commit, by, fails, rebuilt } = command;
      world.starts.set(number + 1, { event: 'push', login: by });
      return start(stage, number, { kind: 'release', commit: commitAt(commit), by: [by], fails, rebuilt });
    }
    case 'roll back': {
      const { run: number, by, to } = command;
      if (runs.has(number)) return;
      const version = to === undefined ? {} : { version: commitAt(to).version };
      world.starts.set(number + 1, { event: 'workflow_dispatch', login: by });
      world.wishes.set(number + 1, { by: [by], named: to !== undefined });
      return start(stage, number, { kind: 'rollback', by: [by], ...version });
    }
    case 'word on the rollback': {
      const { run: number, word, login } = command;
      if (runs.has(number)) return;
      world.starts.set(number + 1, { event: 'workflow_dispatch', login });
      return start(stage, number, { kind: 'rollback', by: [login], word });
    }
    case 'word':
      return saySo(stage, command);
    case 'step':
      journals.arm(command.meddling);
      await atWork(stage, runs.get(command.run), run => nextStep(stage, run));
      return journals.arm(undefined);
    case 'click': {
      const run = runs.get(command.run);
      if (run?.phase !== 'asked' || !world.reviewers.includes(command.login)) return;
      const { login, says } = command;
      click(world, ofRun(run), login, says);
      if (says === 'approved') run.phase = 'let in';
      else end(stage, run);
      return;
    }
    case 'run again': {
      const run = runs.get(command.run);
      if (run?.phase !== 'over' || run.plan === undefined) return;
      run.attempt += 1;
      // A job whose plan did not pass has never been there to fail.
      if (command.jobs === 'all' || run.planned !== true) return atWork(stage, run, () => planJob(stage, run));
      world.runs[run.number] = 'in_progress';
      run.phase = 'asked';
      return;
    }
    case 'kill': {
      const run = runs.get(command.run);
      if (run !== undefined && !run.busy && run.phase !== 'over') die(world, run);
      return;
    }
    case 'hold': {
      const until = command.minutes === undefined ? undefined : world.now + command.minutes * MINUTE;
      const hold: Held = {
        id: command.id,
        ...(command.of === 'version' ? { version: commitAt(command.commit ?? 0).version } : {}),
        ...(command.of === 'component' ? { component: rules.component } : {}),
        ...(until === undefined ? {} : { until }),
      };
      await writeToProd(stage, [{ type: 'held', hold: holdOf(hold, world.now) }]);
      return note(world, { what: 'held', hold });
    }
    case 'resume': {
      const { id } = command;
      await writeToProd(stage, [{ type: 'resumed', hold: holdOf({ id }, world.now), reason: 'it is over' }]);
      return note(world, { what: 'resumed', id });
    }
    case 'stood':
      return hasStood(stage, command.commits.map(commitAt));
    case 'stage':
      return happensOnStage(stage, commitAt(command.commit), command.becomes);
    case 'open issue':
      world.issues.set(command.issue, command.label);
      return note(world, { what: 'issue-opened', issue: command.issue, label: command.label });
    case 'close issue':
      world.issues.delete(command.issue);
      return note(world, { what: 'issue-closed', issue: command.issue });
    case 'review': {
      const { login, says, newest } = command;
      const { sha } = commitAt(command.commit);
      const opinion = { login, state: says, commit: newest ? 'newest' : 'earlier', belongs: true };
      world.opinions.set(sha, [...(world.opinions.get(sha) ?? []), opinion]);
      return note(world, { what: 'reviewed', sha, login, says, newest });
    }
    case 'freeze': {
      const from = world.now + command.inMinutes * MINUTE;
      const freeze = { from, to: from + command.minutes * MINUTE };
      world.freezes = [...world.freezes, freeze];
      return note(world, { what: 'frozen', ...freeze });
    }
    case 'thaw':
      world.freezes = [];
      return note(world, { what: 'thawed' });
    case 'protect':
      world.reviewers = command.on ? reviewers : [];
      return;
    case 'blind': {
      const { source, on } = command;
      if (on) world.blind.add(source);
      else world.blind.delete(source);
      return note(world, { what: on ? 'unreadable' : 'readable', source });
    }
    case 'wait':
      // The steps of a job follow each other: time passes while people are waited for, and while a release is watched.
      if (![...runs.values()].some(({ phase }) => phase === 'judged' || phase === 'begun')) {
        world.now += command.minutes * MINUTE;
      }
      return;
  }
}

type Wanted<R extends Run> = Omit<R, 'number' | 'attempt' | 'phase' | 'busy'>;

function start(stage: Stage, number: number, of: Wanted<ReleaseRun> | Wanted<RollbackRun>) {
  const run: Run = { ...of, number: number + 1, attempt: 1, phase: 'over', busy: false };
  stage.runs.set(number, run);
  return atWork(stage, run, () => planJob(stage, run));
}

/** Somebody lets the release go on that is parked, or approves or rejects it; or the clock lets it go on. */
async function saySo(stage: Stage, { run: number, word: by, login, clock }: Extract<Command, { do: 'word' }>) {
  const { world, journals, runs } = stage;
  if (runs.has(number)) return;
  const { state } = await readJournal(journals.prod.github('prod'), 'prod');
  const waiting = [{ environment: 'prod', queue: 'newest' as const, parked: state.parked }];
  const [choice] = chooseParked(waiting, { by, now: world.now, unasked: clock });
  const commit = commits.find(({ sha }) => sha === choice?.parked.release.sha);
  if (choice === undefined || commit === undefined) return;
  const { request, since } = choice.parked;
  world.starts.set(number + 1, { event: clock ? 'schedule' : 'workflow_dispatch', login });
  const wanted = by === 'go' && !clock ? [...request.originators, login] : request.originators;
  await start(stage, number, {
    kind: 'release',
    commit,
    by: wanted,
    word: { by, since, login },
    fails: false,
    rebuilt: false,
  });
}

async function atWork({ world }: Stage, run: Run | undefined, work: (run: Run) => Promise<void>): Promise<void> {
  if (run === undefined || run.busy) return;
  run.busy = true;
  try {
    await work(run);
  } catch (error) {
    if (error !== machineGone) throw error;
    die(world, run);
  }
  run.busy = false;
}

function die(world: World, run: Run): void {
  run.phase = 'over';
  world.runs[run.number] = 'completed';
  note(world, { what: 'died', ...ofRun(run) });
}

async function happensOnStage(
  { world, journals }: Stage,
  commit: Commit,
  becomes: Extract<Command, { do: 'stage' }>['becomes'],
): Promise<void> {
  const release = releaseOf(commit);
  const writer = journals.writer(journals.stage, reference(100));
  const digest = `sha256:${commit.tree} at ${world.now}`;
  const artifacts = { [rules.component]: { image: digest } };
  const built: Happening = { type: 'planned', release, artifacts, planDigest: '' };
  const isBuilt = world.history.some(entry => entry.what === 'stage-built' && entry.commit.sha === commit.sha);
  switch (becomes) {
    case 'built':
      await write(writer, 'stage', [built]);
      return note(world, { what: 'stage-built', commit, digest });
    case 'verified':
      if (!isBuilt) note(world, { what: 'stage-built', commit, digest });
      await write(writer, 'stage', [...(isBuilt ? [] : [built]), ...releasedAs(commit)]);
      return note(world, { what: 'stage-verified', commit });
    case 'came back': {
      const to = releaseOf({ version: '1.0.0', sha: 'commit-0', tree: 'tree-0' });
      await write(writer, 'stage', [{ type: 'rolled-back', from: release, to, reason: 'slow', snapshots: {} }]);
      return note(world, { what: 'stage-came-back', commit });
    }
  }
}

/** One after the other, long before anything else happens. */
async function hasStood(stage: Stage, all: readonly Commit[]): Promise<void> {
  for (const commit of all) {
    await writeToProd(stage, releasedAs(commit));
    note(stage.world, { what: 'stood', commit });
  }
}

function releasedAs(commit: Commit): readonly Happening[] {
  const release = releaseOf(commit);
  const receipt = { component: rules.component, before: null, after: snapshot(commit.version) };
  return [
    { type: 'started', release, components: [rules.component] },
    { type: 'receipt', release, receipt, outcome: 'succeeded' },
    { type: 'verified', release, checks: [passed] },
  ];
}

function writeToProd({ journals }: Stage, happenings: readonly Happening[]): Promise<void> {
  return write(journals.writer(journals.prod, reference(200)), 'prod', happenings);
}

function holdOf({ id, version, component, until }: Held, now: number) {
  return {
    ...{ id, environment: 'prod', reason: 'audit', owner: 'lena', since: new Date(now).toISOString() },
    ...(version === undefined ? {} : { version }),
    ...(component === undefined ? {} : { component }),
    ...(until === undefined ? {} : { until: new Date(until).toISOString() }),
  };
}

function commitAt(index: number): Commit {
  const commit = commits[index];
  if (commit === undefined) throw new Error(`there is no commit ${index}`);
  return commit;
}
