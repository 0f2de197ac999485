import { findingOf } from '#aws/denied';
import { AwsCallError } from '#aws/errors';
import type { Result } from '#core/outcome';
import type { Snapshot } from '#core/receipt';
import { sentence } from '#core/report/sentence';
import type { Ending, Rollout } from '#core/target';
import { lastWords } from './explain.ts';
import { requestedOf } from './plan.ts';
import { askForProvisioned, untilProvisioned } from './provision.ts';
import { publish, tryOut } from './publish.ts';
import { move } from './route.ts';
import { shift } from './shift.ts';
import { lambdaSnapshot, routingText, sameRouting } from './snapshot.ts';
import { isStopped, type Work } from './work.ts';

/** A change under way, known by the version that it publishes. `succeeded`: how its good end is called. */
export function createRollout(work: Work, adopted: boolean, succeeded: 'deployed' | 'restored'): Rollout {
  let last: Result | undefined;

  const end = (result: Result, explanation: readonly string[] = []): Ending => {
    last = result;
    return { ...result, explanation, after: snapshotOf(work) };
  };

  return {
    get identity() {
      return [[work.plan.name, work.version].filter(part => part !== undefined).join(':')];
    },
    adopted,

    async follow() {
      try {
        return await carryOut(work, end, succeeded);
      } catch (error) {
        if (!(error instanceof AwsCallError)) throw error;
        return end(lostSight(work, error));
      }
    },

    async takeBack() {
      const failed = last ?? notFollowed(work);
      try {
        const bad = await goBack(work);
        if (bad?.outcome === 'superseded') work.memory.taken = bad;
        if (bad !== undefined) return end(bad);
        await untilProvisioned({ ...work, deadline: work.context.clock.now() + work.manner.timeout });
        if (work.plan.before === null) return end(failed);
        return end({ ...failed, outcome: 'rolled-back' });
      } catch (error) {
        if (!(error instanceof AwsCallError)) throw error;
        return end(lostSight(work, error));
      }
    },

    async letGo() {
      try {
        const bad = await goBack(work);
        return [bad === undefined ? whereItStands(work) : bad.message];
      } catch (error) {
        if (!(error instanceof AwsCallError)) throw error;
        const { message, next } = findingOf(error);
        return [`The alias could not be moved back: ${message}`, ...(next === undefined ? [] : [next])];
      }
    },
  };
}

type End = (result: Result, explanation?: readonly string[]) => Ending;

/** Code, configuration, version, a try, the alias, what is provisioned: in this order, and never further than what came before is sure. */
async function carryOut(work: Work, end: End, succeeded: 'deployed' | 'restored'): Promise<Ending> {
  const { plan } = work;
  const version = await publish(work);
  if (isStopped(version)) return end(version);
  work.version = version;
  const tried = plan.version === undefined ? await tryOut(work, version) : undefined;
  if (tried !== undefined)
    return end(
      withoutLog(tried),
      tried.log.map(line => `│ ${line}`),
    );
  const bad = (await shift(work, version)) ?? (await provisionedToo(work));
  if (bad !== undefined) {
    const words = telling.has(bad.reason) ? await lastWords(work, version) : [];
    return bad.outcome === 'failed' && work.moved && stepwise.has(bad.reason)
      ? backAtOnce(work, bad, end, words)
      : end(bad, words);
  }
  const before = plan.before === null ? '' : `, after version ${plan.before.version}`;
  const message = `The alias ${plan.aliasName} of ${plan.name} points to ${routingText(work.alias?.routing ?? { version, weights: {} })}${before}.`;
  const evidence = { function: plan.name, alias: plan.aliasName, version };
  return end({ outcome: 'succeeded', reason: succeeded, message, evidence });
}

async function provisionedToo(work: Work) {
  await askForProvisioned(work, work.plan.provisioned);
  return untilProvisioned(work);
}

/** The new version has something to say on these. */
const telling: ReadonlySet<string> = new Set(['alarm-triggered', 'init-failed', 'provisioning-failed']);

/** Between two steps: whatever the policy says, requests go back before anything else is done. */
const stepwise: ReadonlySet<string> = new Set(['alarm-triggered', 'alarm-missing', 'alarm-without-data']);

async function backAtOnce(work: Work, bad: Result, end: End, words: readonly string[]): Promise<Ending> {
  const kept = await goBack(work);
  if (kept !== undefined) return end({ ...kept, message: `${sentence(bad.message)} ${kept.message}` }, words);
  const where = work.alias === undefined ? '' : ` All requests go to ${routingText(work.alias.routing)} again.`;
  return end({ ...bad, outcome: 'rolled-back', message: `${sentence(bad.message)}${where}` }, words);
}

/** The alias as it was before, where this change has touched it. Undefined when it is so. */
async function goBack(work: Work) {
  const { before } = work.plan;
  if (!work.moved || before === null || work.alias === undefined) return undefined;
  const bad = sameRouting(work.alias.routing, before) ? undefined : await move(work, before);
  if (bad !== undefined) return bad;
  const wanted = before.provisioned ?? 0;
  if ((requestedOf(work.alias) ?? 0) !== wanted) await askForProvisioned(work, wanted);
  return undefined;
}

function snapshotOf({ plan, alias }: Work): Snapshot | null {
  if (alias === undefined) return null;
  const { version, weights } = alias.routing;
  return lambdaSnapshot({
    function: plan.name,
    alias: plan.aliasName,
    version,
    weights,
    provisioned: requestedOf(alias),
  });
}

function whereItStands({ plan, alias, moved }: Work): string {
  if (alias === undefined) return `${plan.name} has no alias ${plan.aliasName} yet.`;
  const where = routingText(alias.routing);
  return moved
    ? `The alias ${plan.aliasName} was moved back to ${where}.`
    : `The alias ${plan.aliasName} still points to ${where}: callers have seen nothing of the change.`;
}

/** Never taken for a success: from here on nothing is known, and nothing goes on by itself. */
function lostSight(work: Work, error: AwsCallError): Result {
  const { plan } = work;
  const finding = findingOf(error);
  const message = `The deployment of ${plan.name} cannot go on. ${sentence(finding.message)} ${whereItStands(work)}`;
  const evidence = { ...finding.evidence, function: plan.name, alias: plan.aliasName };
  return { ...finding, outcome: 'failed', message, evidence };
}

function notFollowed({ plan }: Work): Result {
  const message = `The deployment of ${plan.name} was taken back.`;
  return { outcome: 'failed', reason: 'deployment-failed', message, evidence: { function: plan.name } };
}

function withoutLog({ log: _, ...result }: Result & { readonly log: readonly string[] }): Result {
  return result;
}
