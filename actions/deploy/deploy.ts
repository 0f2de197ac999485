import type { ActionEnd, Kit } from '#action-kit/kit';
import { targetRuntime } from '#action-kit/runtime';
import type { Component } from '#core/flow/targets/registry';
import { worst } from '#core/outcome';
import { writeReceipts } from '#core/receipt';
import { createDrivers } from '#targets/registry';
import { type ComponentEnding, deployComponent } from './component.ts';
import { artifactFiles } from './files.ts';
import type { Inputs } from './inputs.ts';
import { openRecord } from './open-record.ts';
import { summarise } from './summary.ts';
import { readWork } from './work.ts';

/** Deploys the components of a release, follows each to its own end, and leaves a way back. */
export async function deploy(kit: Kit, inputs: Inputs): Promise<ActionEnd> {
  const work = await readWork(inputs);
  const driverOf = createDrivers(targetRuntime(kit, artifactFiles(kit, inputs.githubToken)), work.artifacts);
  const record = await openRecord(kit, inputs, work.plan);
  const endings: ComponentEnding[] = [];
  for (const wave of work.waves) {
    const ended = await Promise.all(wave.map(component => deployOne(component)));
    endings.push(...ended);
    if (ended.some(ending => !['succeeded', 'no-op'].includes(ending.outcome))) break;
  }
  kit.summary(summarise('Deployment', endings));
  kit.setOutput('receipt', writeReceipts(endings));
  const result = worst(endings) ?? nothing();
  await record.finish(result);
  return { kind: 'outcome', result, details: { components: endings } };

  async function deployOne(component: Component): Promise<ComponentEnding> {
    const driver = await driverOf(component);
    return deployComponent(kit, { component, driver, record, dryRun: inputs.dryRun });
  }
}

function nothing(): never {
  throw new Error('a plan without components reached the deployment');
}
