import type { ActionEnd, Kit } from '#action-kit/kit';
import { targetRuntime } from '#action-kit/runtime';
import { findingsOf, outcomeOfError, writtenDown } from '#action-kit/thrown';
import type { Component } from '#core/flow/targets/registry';
import { isSuccess } from '#core/outcome';
import { writeReceipts } from '#core/receipt';
import type { TargetRuntime } from '#core/target';
import { createDrivers, type Drivers } from '#targets/registry';
import { type ComponentEnding, type ComponentWork, deployComponent, refusal } from './component.ts';
import { conclude } from './conclude.ts';
import { artifactFiles } from './files.ts';
import { inWaves, type Worker } from './in-waves.ts';
import type { Inputs } from './inputs.ts';
import { openRecord } from './open-record.ts';
import type { DeployRecord } from './record.ts';
import { summarise } from './summary.ts';
import { previewedIn, readWork, type Work } from './work.ts';

/** Deploys the components of a release, follows each to its own end, and leaves a way back. */
export async function deploy(kit: Kit, inputs: Inputs): Promise<ActionEnd> {
  const asked = await readWork(inputs);
  if (asked.part === 'all' && asked.plan !== undefined) {
    const { awaitParts } = await import('./await-parts.ts');
    return awaitParts(kit, inputs, asked.plan);
  }
  const { githubToken: token, savePlans } = inputs;
  const filesOf = artifactFiles(kit, token);
  const work = await workWithPlans(kit, inputs, asked, filesOf);
  const commit = work.plan?.release.sha ?? kit.run.sha;
  const driverOf = createDrivers(targetRuntime(kit, { filesOf, token, commit }), work.artifacts);
  const record = await openRecord(kit, inputs, work);
  const endings = await inWaves(work.waves, atOnce, workerOf(kit, { work, driverOf, record, dryRun: inputs.dryRun }));
  const ended = conclude(endings.map(ending => ({ ...ending, changed: ending.changes.length > 0 })));
  const done = new Set(endings.map(ending => ending.component));
  const notStarted = work.waves.flatMap(wave => wave.map(({ name }) => name).filter(name => !done.has(name)));
  if (savePlans === undefined) kit.summary(summarise('Deployment', endings, notStarted));
  else {
    const { showSaved } = await import('./save-plans.ts');
    showSaved(kit, work, endings, isSuccess(ended.outcome));
  }
  kit.setOutput('receipt', writeReceipts(endings));
  const result = await writtenDown(ended, () => record.finish(ended));
  // What ran and what runs is in the receipt: hundreds of services are not told twice.
  const components = endings.map(({ before: _before, after: _after, ...told }) => told);
  return { kind: 'outcome', result, details: { components, notStarted } };
}

/** What is planned before anybody is asked: here and now, or by the job that people have read. */
async function workWithPlans(kit: Kit, inputs: Inputs, work: Work, filesOf: TargetRuntime['filesOf']): Promise<Work> {
  const { savePlans, dryRun } = inputs;
  if (savePlans !== undefined) {
    const { toBeSaved } = await import('./save-plans.ts');
    return toBeSaved(kit, savePlans, work);
  }
  const previews = dryRun ? [] : previewedIn(work);
  if (previews.length === 0) return work;
  const { withSavedPlans } = await import('./saved-plans.ts');
  return withSavedPlans(work, previews, inputs, filesOf);
}

const atOnce = { looking: 20, changing: 200 };

interface Setting {
  readonly work: Work;
  readonly driverOf: Drivers;
  readonly record: DeployRecord;
  readonly dryRun: boolean;
}

function workerOf(kit: Kit, setting: Setting): Worker<Component, ComponentWork, ComponentEnding> {
  const { work, driverOf, record, dryRun } = setting;
  const alone = work.waves.flat().length === 1;

  /** What ends one component before its change leaves the others of its wave under way: they are followed to their ends. */
  const notDeployed = (component: Component, thrown: unknown): ComponentEnding => {
    if (alone) throw thrown;
    const findings = findingsOf(thrown);
    const message = findings.map(finding => finding.message).join('\n');
    const nothingDone = { changes: [], explanation: [], before: null, after: null, began: kit.clock.now(), took: 0 };
    return { ...findings[0], ...nothingDone, message, outcome: outcomeOfError(findings), component: component.name };
  };

  return {
    isGood: ({ outcome }) => isSuccess(outcome),
    async discard({ planned }) {
      if (planned.kind === 'change') await planned.discard?.();
    },
    async prepare(component) {
      const began = kit.clock.now();
      try {
        const driver = await driverOf(component);
        const planned = await driver.prepare();
        if (planned.kind === 'refused') return { ended: refusal(kit, component, planned, began) };
        return { ready: { component, driver, planned, record, began, dryRun } };
      } catch (thrown) {
        return { ended: notDeployed(component, thrown) };
      }
    },
    change: ready => deployComponent(kit, ready).catch((thrown: unknown) => notDeployed(ready.component, thrown)),
  };
}
