import type { ActionEnd, Kit } from '#action-kit/kit';
import { targetRuntime } from '#action-kit/runtime';
import { findingsOf, outcomeOfError, writtenDown } from '#action-kit/thrown';
import { concurrently } from '#core/concurrently';
import type { Component } from '#core/flow/targets/registry';
import { isSuccess } from '#core/outcome';
import { writeReceipts } from '#core/receipt';
import { createDrivers } from '#targets/registry';
import { type ComponentEnding, type ComponentWork, deployComponent, refusal } from './component.ts';
import { conclude } from './conclude.ts';
import { artifactFiles } from './files.ts';
import type { Inputs } from './inputs.ts';
import { openRecord } from './open-record.ts';
import { summarise } from './summary.ts';
import { readWork } from './work.ts';

/** Deploys the components of a release, follows each to its own end, and leaves a way back. */
export async function deploy(kit: Kit, inputs: Inputs): Promise<ActionEnd> {
  const work = await readWork(inputs);
  const { githubToken: token } = inputs;
  const commit = work.plan?.release.sha ?? kit.run.sha;
  const driverOf = createDrivers(
    targetRuntime(kit, { filesOf: artifactFiles(kit, token), token, commit }),
    work.artifacts,
  );
  const record = await openRecord(kit, inputs, work.plan);
  const endings: ComponentEnding[] = [];
  for (const wave of work.waves) {
    const ended = await deployWave(wave);
    endings.push(...ended);
    if (ended.some(ending => !isSuccess(ending.outcome))) break;
  }
  const notStarted = namesOf(work.waves.flat()).filter(name => !endings.some(ending => ending.component === name));
  kit.summary(summarise('Deployment', endings, notStarted));
  kit.setOutput('receipt', writeReceipts(endings));
  const ended = conclude(endings);
  const result = await writtenDown(ended, () => record.finish(ended));
  // What ran and what runs is in the receipt: hundreds of services are not told twice.
  const components = endings.map(({ before: _before, after: _after, ...told }) => told);
  return { kind: 'outcome', result, details: { components, notStarted } };

  /** Components that do not need each other: none is changed before all of them are known to be right. */
  async function deployWave(wave: readonly Component[]): Promise<readonly ComponentEnding[]> {
    const prepared = await concurrently(wave, atOnce.looking, component =>
      prepareOne(component).catch((thrown: unknown) => notDeployed(component, thrown)),
    );
    const wrong = prepared.filter(one => 'outcome' in one);
    const ready = prepared.filter(one => 'planned' in one);
    if (wrong.length > 0) {
      for (const { planned } of ready) if (planned.kind === 'change') await planned.discard?.();
      return wrong;
    }
    return concurrently(ready, atOnce.changing, one =>
      deployComponent(kit, one).catch((thrown: unknown) => notDeployed(one.component, thrown)),
    );
  }

  async function prepareOne(component: Component): Promise<ComponentWork | ComponentEnding> {
    const started = kit.clock.now();
    const driver = await driverOf(component);
    const planned = await driver.prepare();
    if (planned.kind === 'refused') return refusal(kit, component, planned.findings, started);
    return { component, driver, planned, record, started, dryRun: inputs.dryRun };
  }

  /** What ends one component before its change leaves the others of its wave under way: they are followed to their ends. */
  function notDeployed(component: Component, thrown: unknown): ComponentEnding {
    if (work.waves.flat().length === 1) throw thrown;
    const findings = findingsOf(thrown);
    const message = findings.map(finding => finding.message).join('\n');
    const nothingDone = { changes: [], explanation: [], before: null, after: null, took: 0 };
    return { ...findings[0], ...nothingDone, message, outcome: outcomeOfError(findings), component: component.name };
  }
}

/** Components at the same time: looking makes many calls, waiting makes few. Past that, a matrix of jobs is the way. */
const atOnce = { looking: 20, changing: 200 };

function namesOf(components: readonly Component[]): readonly string[] {
  return components.map(component => component.name);
}
