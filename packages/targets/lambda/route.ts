import { AwsCallError } from '#aws/errors';
import type { Routing } from '#aws/lambda';
import { type AliasState, aliasState, isMissing, readAlias } from './observe.ts';
import { routingText, sameRouting } from './snapshot.ts';
import { tell } from './wait.ts';
import { type Stopped, stopped, superseded, type Work } from './work.ts';

const tries = 3;

/** Between two tries of an alias that Lambda is busy with, in ms. */
const pause = 2_000;

/**
 * Moves the alias, but only where it is still as it was left last: its revision says so. After a lost answer, and when the revision is
 * another one, the alias itself says who was faster.
 */
export async function move(work: Work, routing: Routing): Promise<Stopped | undefined> {
  const { context, plan } = work;
  for (let attempt = 0; ; attempt += 1) {
    const held = work.alias;
    try {
      const found = held === undefined ? await create(work, routing) : await update(work, held, routing);
      return settle(work, { ...aliasState(found, held?.provisioned), name: plan.aliasName });
    } catch (error) {
      if (isMissing(error)) return gone(work, routing, error);
      if (!(error instanceof AwsCallError) || !asksToLook(error) || attempt >= tries) throw error;
      const now = await readAlias(context, plan.name, plan.aliasName);
      if (now !== undefined && sameRouting(now.routing, routing)) return settle(work, now);
      if (!isAsLeft(now, held)) return taken(work, now);
      work.alias = now;
      if (error.code === 'ResourceConflictException') await context.clock.sleep(pause);
    }
  }
}

function update({ context, plan }: Work, held: AliasState, routing: Routing) {
  return context.lambda.updateAlias(plan.name, plan.aliasName, routing, held.revision);
}

function create({ context, plan }: Work, { version }: Routing) {
  return context.lambda.createAlias(plan.name, plan.aliasName, version);
}

function settle(work: Work, now: AliasState): undefined {
  work.alias = now;
  work.moved = true;
  tell(work, `alias ${work.plan.aliasName}: ${routingText(now.routing)}`);
}

function asksToLook({ kind, code }: AwsCallError): boolean {
  return kind === 'unknown-effect' || code === 'PreconditionFailedException' || code === 'ResourceConflictException';
}

/** A new description is a new revision, too, and nobody’s decision on where requests go. */
function isAsLeft(now: AliasState | undefined, held: AliasState | undefined): boolean {
  if (now === undefined || held === undefined) return now === held;
  return sameRouting(now.routing, held.routing);
}

function taken({ plan }: Work, now: AliasState | undefined): Stopped {
  const where = now === undefined ? 'is gone' : `now points to ${routingText(now.routing)}`;
  const message = `Somebody else moved the alias ${plan.aliasName} of ${plan.name} meanwhile: it ${where}, and is left so.`;
  const evidence = { function: plan.name, alias: plan.aliasName, version: now?.routing.version ?? 'none' };
  return superseded(message, evidence);
}

/** The alias or one of the versions is not there: somebody has deleted it. */
function gone({ plan }: Work, routing: Routing, error: AwsCallError): Stopped {
  const message = `The alias ${plan.aliasName} of ${plan.name} cannot point to ${routingText(routing)}: ${error.message}`;
  const evidence = { function: plan.name, alias: plan.aliasName, version: routing.version };
  return stopped({ outcome: 'failed', reason: 'not-found', message, evidence });
}
