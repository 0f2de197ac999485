import { nextOf, stateKey } from './context.ts';
import { judgeProvisioned } from './judge.ts';
import { requestedOf } from './plan.ts';
import { tell, waitFor } from './wait.ts';
import type { Stopped, Work } from './work.ts';

/** Asks for what is wanted, where that is something else than what is there. */
export async function askForProvisioned(work: Work, wanted: number | undefined): Promise<void> {
  const { context, plan, alias } = work;
  if (wanted === undefined || alias === undefined) return;
  if (wanted === 0 && requestedOf(alias) === null) return;
  if (wanted === 0) await context.lambda.unprovision(plan.name, plan.aliasName);
  const provisioned = wanted === 0 ? undefined : await context.lambda.provision(plan.name, plan.aliasName, wanted);
  work.alias = { ...alias, provisioned };
  work.moved = true;
  tell(work, wanted === 0 ? 'provisioned concurrency taken away' : `provisioned concurrency: ${wanted} asked for`);
}

/** It goes with the alias: after every move it has to come up anew. */
export async function untilProvisioned(work: Work): Promise<Stopped | undefined> {
  const { context, plan } = work;
  if (requestedOf(work.alias) === null) return undefined;
  return waitFor(
    work,
    () => nextOf(context.provisioned, stateKey(plan.name, plan.aliasName)),
    provisioned => judgeProvisioned(provisioned, plan.aliasName),
  );
}
