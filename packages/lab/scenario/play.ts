import { editFile } from './browser.ts';
import { happen } from './happen.ts';
import type { Step } from './schema.ts';
import { newestRun, type Stage, tell } from './stage.ts';

/** GitHub tells of an event a second after it happened; then the runs that it starts can be waited for. */
const eventDelay = 2_000;

/**
 * Plays one step, and waits until nothing goes on but waiting for people. While the scenario itself works, time is held: it must
 * not run away between two steps.
 */
export async function play(stage: Stage, step: Step): Promise<void> {
  const { clock } = stage.lab;
  if (step.chapter !== undefined) {
    stage.narrate(`\n── ${step.chapter}`);
    stage.chapters.push({ heading: step.chapter, at: clock.now() });
  }
  const later = (step.meanwhile ?? []).map(({ after, ...happening }) =>
    clock.at(clock.now() + after, () => happen(stage, happening)),
  );
  const acted = await act(stage, step);
  if (acted || later.length > 0) {
    await letTimePass(stage, () => clock.sleep(eventDelay));
    await letTimePass(stage, () => stage.lab.runner.waitForIdle());
  }
  for (const cancel of later) cancel();
}

async function act(stage: Stage, step: Step): Promise<boolean> {
  const { lab, repository } = stage;
  happen(stage, step);
  if (step.wait !== undefined) {
    const { wait } = step;
    await letTimePass(stage, () => lab.clock.sleep(wait));
  }
  if (step['edit-file'] !== undefined) await editFile(stage, step['edit-file']);
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
    await letTimePass(stage, () => lab.clock.sleep(after));
    tell(stage, `${by} ${kind === 'approve' ? 'approves' : 'rejects'} ${environment}`);
    repository[kind](by, newestRun(stage, undefined, of).id, [environment], comment);
  }
  return ['push', 'tag', 'dispatch', 'rerun', 'approve', 'reject'].some(verb => step[verb as keyof Step] !== undefined);
}

let release = () => {};

/** Opens the stage: from here on time passes only in `letTimePass`. */
export function holdTime(stage: Pick<Stage, 'lab'>): void {
  release = stage.lab.clock.hold('the scenario is at work');
}

async function letTimePass(stage: Stage, wait: () => Promise<void>): Promise<void> {
  release();
  await wait();
  holdTime(stage);
}
