import { FindingError } from '#core/finding';
import type { Plan } from '#core/plan/plan';
import { planRelease, releaseSteps } from './release-run.ts';
import { planReturn, rollbackSteps } from './rollback-run.ts';
import { end, look, type Run, type Setting } from './run.ts';

/** The job `plan`. */
export function planJob(setting: Setting, run: Run): Promise<void> {
  setting.world.runs[run.number] = 'in_progress';
  return run.kind === 'release' ? planRelease(setting, run) : planReturn(setting, run);
}

/** The next step of the job behind the click, as far as the run may go. What is thrown for people ends the run. */
export async function nextStep(setting: Setting, run: Run): Promise<void> {
  const { plan } = run;
  if (plan === undefined) return;
  try {
    await step(setting, run, plan);
  } catch (error) {
    if (!(error instanceof FindingError)) throw error;
    end(setting, run);
  }
}

async function step(setting: Setting, run: Run, plan: Plan): Promise<void> {
  const { phase } = run;
  switch (phase) {
    case 'over':
      return;
    case 'asked':
      if (setting.world.reviewers.length === 0) run.phase = 'let in';
      return;
    case 'let in':
      return look(setting, run, plan);
    case 'judged':
    case 'begun':
    case 'changed':
      return run.kind === 'release'
        ? releaseSteps[phase](setting, run, plan)
        : rollbackSteps[phase](setting, run, plan);
  }
}
