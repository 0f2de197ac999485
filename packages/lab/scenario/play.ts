import { Refusal } from '../github/world/refusal.ts';
import { ServiceError } from '../wire/service.ts';
import { editFile } from './browser.ts';
import { runCommandLine } from './command-line.ts';
import { happen } from './happen.ts';
import type { Step } from './schema.ts';
import { newestRun, type Stage, tell } from './stage.ts';
import { wordsOf } from './words-of.ts';

/** GitHub tells of an event a second after it happened; then the runs that it starts can be waited for. */
const eventDelay = 2_000;

/** What starts runs or moves them. */
const stirring = [
  ...([
    'push',
    'tag',
    'publish',
    'edit-file',
    'dispatch',
    'schedule',
    'rerun',
    'approve',
    'reject',
    'cancel',
    'kill',
  ] as const),
  ...(['delete-branch', 'open-pull-request', 'merge-pull-request'] as const),
];

/** The story cannot go on, for the reason in the message. */
export class StoryEnds extends Error {}

/** `file:line` of a part of the present step. */
export type Where = (...path: readonly (string | number)[]) => string;

/**
 * Plays one step, and waits until nothing goes on but waiting for people. Answers what was said when its act was refused, which
 * only a step with `refused` may be.
 */
export async function play(stage: Stage, step: Step, where: Where): Promise<string | undefined> {
  const { clock, runner } = stage.lab;
  if (step.chapter !== undefined) {
    stage.narrate(`\n── ${step.chapter}`);
    stage.chapters.push({ heading: step.chapter, at: clock.now() });
  }
  const later = planMeanwhile(stage, step, where);
  const refusal = await attempt(stage, step, where());
  if (stirring.some(deed => step[deed] !== undefined) || later.length > 0) {
    await stage.time.pass(() => clock.sleep(eventDelay));
    await stage.time.pass(() => runner.waitForIdle());
  }
  for (const { cancel, state, at } of later) {
    cancel();
    if (state.error !== undefined) throw new StoryEnds(`${at}: ${wordsOf(state.error)}`);
    if (!state.came) stage.troubles.push(`${at}: this never came: everything was over before`);
  }
  return refusal;
}

interface Planned {
  readonly at: string;
  readonly cancel: () => void;
  readonly state: { came: boolean; error?: unknown };
}

function planMeanwhile(stage: Stage, { meanwhile = [] }: Step, where: Where): readonly Planned[] {
  const { clock } = stage.lab;
  return meanwhile.map(({ after, ...happening }, nth) => {
    const at = where('meanwhile', nth);
    const state: Planned['state'] = { came: false };
    const cancel = clock.at(clock.now() + after, () => {
      state.came = true;
      // Nobody would hear an error that is thrown out of an event of the clock.
      try {
        happen(stage, happening, at);
      } catch (error) {
        state.error = error;
      }
    });
    return { at, cancel, state };
  });
}

async function attempt(stage: Stage, step: Step, at: string): Promise<string | undefined> {
  try {
    await act(stage, step, at);
    return undefined;
  } catch (error) {
    if (step.refused !== undefined && isRefusal(error)) return wordsOf(error);
    throw new StoryEnds(`${at}: ${wordsOf(error)}`, { cause: error });
  }
}

async function act(stage: Stage, step: Step, at: string): Promise<void> {
  const { lab, repository, time } = stage;
  happen(stage, step, at);
  if (step.wait !== undefined) {
    const { wait } = step;
    await time.pass(() => lab.clock.sleep(wait));
  }
  if (step['edit-file'] !== undefined) await editFile(stage, step['edit-file']);
  if (step['command-line'] !== undefined) await runCommandLine(stage, step['command-line']);
  if (step.rerun !== undefined) {
    tell(stage, `${step.rerun.by} runs it again`);
    repository.rerun(step.rerun.by, newestRun(stage, undefined, step.rerun.of).id, {
      failedOnly: step.rerun['failed-only'] ?? false,
    });
  }
  for (const kind of ['approve', 'reject'] as const) {
    const review = step[kind];
    if (review === undefined) continue;
    const { after = 0, by, environment, of, comment = '' } = review;
    await time.pass(() => lab.clock.sleep(after));
    tell(stage, `${by} ${kind === 'approve' ? 'approves' : 'rejects'} ${environment}`);
    repository[kind](by, newestRun(stage, undefined, of).id, [environment], comment);
  }
}

/** GitHub or AWS says no: that is part of a story, unlike an error of the lab. */
function isRefusal(error: unknown): boolean {
  return error instanceof Refusal || error instanceof ServiceError;
}
