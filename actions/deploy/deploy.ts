import type { ActionEnd, Kit } from '#action-kit/kit';
import { targetRuntime } from '#action-kit/runtime';
import { findingsOf, outcomeOfError, writtenDown } from '#action-kit/thrown';
import type { Component } from '#core/flow/targets/registry';
import { writeReceipts } from '#core/receipt';
import { createDrivers } from '#targets/registry';
import { type ComponentEnding, deployComponent } from './component.ts';
import { conclude } from './conclude.ts';
import type { Inputs } from './inputs.ts';
import { openRecord } from './open-record.ts';
import { summarise } from './summary.ts';
import { readWork } from './work.ts';

/** Deploys the components of a release, follows each to its own end, and leaves a way back. */
export async function deploy(kit: Kit, inputs: Inputs): Promise<ActionEnd> {
  const work = await readWork(inputs);
  const driverOf = createDrivers(targetRuntime(kit), work.artifacts);
  const record = await openRecord(kit, inputs, work.plan);
  const endings: ComponentEnding[] = [];
  for (const wave of work.waves) {
    const ended = await Promise.all(wave.map(component => deployOne(component).catch(notDeployed(component))));
    endings.push(...ended);
    if (ended.some(ending => !['succeeded', 'no-op'].includes(ending.outcome))) break;
  }
  kit.summary(summarise('Deployment', endings));
  kit.setOutput('receipt', writeReceipts(endings));
  const ended = conclude(endings);
  const result = await writtenDown(ended, () => record.finish(ended));
  // What ran and what runs is in the receipt: hundreds of services are not told twice.
  const components = endings.map(({ before: _before, after: _after, ...told }) => told);
  return { kind: 'outcome', result, details: { components } };

  /** What ends one component before its change leaves the others of its wave under way: they are followed to their ends. */
  function notDeployed(component: Component) {
    return (thrown: unknown): ComponentEnding => {
      if (work.waves.flat().length === 1) throw thrown;
      const findings = findingsOf(thrown);
      const message = findings.map(finding => finding.message).join('\n');
      const nothingDone = { changes: [], explanation: [], before: null, after: null, took: 0 };
      return { ...findings[0], ...nothingDone, message, outcome: outcomeOfError(findings), component: component.name };
    };
  }

  async function deployOne(component: Component): Promise<ComponentEnding> {
    const driver = await driverOf(component);
    return deployComponent(kit, { component, driver, record, dryRun: inputs.dryRun });
  }
}
