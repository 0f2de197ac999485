import type { ActionEnd, Kit } from '#action-kit/kit';
import { targetRuntime } from '#action-kit/runtime';
import { FindingError } from '#core/finding';
import { type Result, worst } from '#core/outcome';
import { readReceipts } from '#core/receipt';
import { createRestorer } from '#targets/registry';
import type { Inputs } from './inputs.ts';
import { type ComponentReturn, returnComponent, toldOf } from './return-component.ts';
import { summarise } from './summary.ts';

/** Brings back what ran before a deployment on its own, from the receipt that it left. Nothing is recorded. */
export async function returnByReceipt(
  kit: Kit,
  { receipt, where }: Extract<Inputs['work'], { kind: 'receipt' }>,
  { reason, dryRun, githubToken }: Inputs,
): Promise<ActionEnd> {
  const receipts = readReceipts(receipt);
  if (receipts === undefined) throw unreadable();
  const restorerOf = createRestorer(targetRuntime(kit, { token: githubToken }), where);
  const returns: ComponentReturn[] = [];
  for (const { component, before } of receipts.toReversed()) {
    if (before === null) continue;
    const driver = await restorerOf(before);
    returns.push(await returnComponent(kit, { name: component, driver, snapshot: before, cause: 'by-itself', dryRun }));
  }
  kit.summary(summarise('this deployment', 'what ran before', reason, returns));
  const result = worst<Result>(returns) ?? nothingBefore();
  kit.setOutput('version', '');
  kit.setOutput('release-sha', '');
  return { kind: 'outcome', result, details: { components: toldOf(returns) } };
}

function nothingBefore(): Result {
  const message = 'The receipt says that nothing ran before, so there is nothing to go back to.';
  return { outcome: 'refused', reason: 'no-way-back', message, evidence: {} };
}

function unreadable(): FindingError {
  const where = { kind: 'input', input: 'receipt' } as const;
  const message = 'Input `receipt`: is not the receipt of a deployment of this version.';
  const next = 'Hand over the output `receipt` of deploy as it is.';
  return new FindingError([{ reason: 'input-invalid', message, evidence: {}, where, next }]);
}
