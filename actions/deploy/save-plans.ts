import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import type { Kit } from '#action-kit/kit';
import { FindingError } from '#core/finding';
import type { Component } from '#core/flow/targets/registry';
import { isPreviewed, previewsOf } from '#core/plan/previews';
import { digestOfSaved } from '#targets/saved-plan';
import type { ComponentEnding } from './component.ts';
import { planPage } from './plan-page.ts';
import type { Work } from './work.ts';

/** Of a plan, the components that are previewed: each planned by who may only read, its own plan written into the folder. */
export function toBeSaved({ run }: Kit, folder: string, { plan, waves, artifacts }: Work): Work {
  if (plan === undefined || previewsOf(plan).length === 0) throw nothingToSave();
  const { readRole: role } = plan.environment;
  const saving = (component: Component): readonly Component[] =>
    isPreviewed(component)
      ? [{ ...component, role, savePlan: resolve(run.workspace, folder, component.name), unlocked: true }]
      : [];
  return { plan, artifacts, waves: waves.map(wave => wave.flatMap(saving)).filter(wave => wave.length > 0) };
}

/** The page of the plans, whatever came of them; where all were written, by what the next job knows them. */
export function showSaved(kit: Kit, work: Work, endings: readonly ComponentEnding[], good: boolean): void {
  kit.summary(planPage(endings));
  if (good) tellSaved(kit, work);
}

/** Which plans were written, by component, for the job that applies them; and a name for their artifact that no others have. */
function tellSaved(kit: Kit, { waves }: Work): void {
  const digests = waves.flat().map(component => {
    const digest = isPreviewed(component) ? digestOfSaved(component.savePlan ?? '') : undefined;
    if (digest === undefined) throw new Error(`no plan of ${component.name} was written`);
    return [component.name, digest] as const;
  });
  const plans = JSON.stringify(Object.fromEntries(digests));
  kit.setOutput('plans', plans);
  kit.setOutput('plans-name', `plans-${createHash('sha256').update(plans).digest('hex').slice(0, 16)}`);
}

function nothingToSave(): FindingError {
  const message = 'Input `save-plans`: the plan has no component with `preview`.';
  const where = { kind: 'input', input: 'save-plans' } as const;
  const next = 'Ask only where the output `previews` of validate-tag names one.';
  return new FindingError([{ reason: 'input-invalid', message, evidence: {}, where, next }]);
}
