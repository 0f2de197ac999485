import { AwsCallError } from '#aws/errors';
import type { FunctionConfiguration, FunctionState } from '#aws/lambda';
import { configurationChange } from './configuration.ts';
import { nextOf, stateKey } from './context.ts';
import { judgeUpdate, judgeVersion } from './judge.ts';
import { tell, waitFor } from './wait.ts';
import { isStopped, type Stopped, stopped, superseded, type Work } from './work.ts';

/**
 * Begins with the code, where it has to change. The revision makes sure that nobody else has changed the function since it was read. Throws
 * the `AwsCallError` of a call that had no effect.
 */
export async function updateCode(work: Work): Promise<Stopped | undefined> {
  const { context, plan } = work;
  const { code, name, revision } = plan;
  if (code === undefined) return undefined;
  const done = await guarded(
    work,
    revision,
    held => context.lambda.updateCode(name, code.load, held),
    plan.isWantedCode,
  );
  if (!isStopped(done)) tell(work, `code updated: ${code.text}`);
  return isStopped(done) ? done : undefined;
}

/** Brings `$LATEST` to what is wanted and publishes it. Answers the version, which is Active. */
export async function publish(work: Work): Promise<Stopped | string> {
  const { context, plan, manner } = work;
  const { name } = plan;
  if (plan.version !== undefined) return plan.version;
  if (plan.code !== undefined) {
    const bad = await untilUpdated(work);
    if (bad !== undefined) return bad;
  }
  if (plan.configuration !== undefined) {
    const latest = await context.lambda.getFunction(name);
    const change = configurationChange(latest.Configuration ?? {}, manner.configuration);
    if (change !== undefined) {
      const done = await guarded(
        work,
        latest.Configuration?.RevisionId ?? '',
        held => context.lambda.updateConfiguration(name, change, held),
        now => hasConfiguration(now, work),
      );
      if (isStopped(done)) return done;
      tell(work, `configuration updated: ${Object.keys(change).join(', ')}`);
      const bad = await untilUpdated(work);
      if (bad !== undefined) return bad;
    }
  }
  const published = await publishLatest(work);
  if (isStopped(published)) return published;
  const version = published.Version ?? '';
  tell(work, `version ${version} published`);
  const bad = await waitFor(
    work,
    () => nextOf(context.states, stateKey(name, version)),
    state => judgeVersion(state?.Configuration),
  );
  return bad ?? version;
}

function untilUpdated(work: Work): Promise<Stopped | undefined> {
  const { context, plan } = work;
  return waitFor(
    work,
    () => nextOf(context.states, stateKey(plan.name)),
    state => judgeUpdate(state?.Configuration),
  );
}

/** How often a call is tried with a revision that was read anew: each time somebody else was faster. */
const tries = 5;

/** The revision changes again when an update is through, so it is read anew; whether all is still ours decides what it says then. */
async function publishLatest(work: Work): Promise<Stopped | FunctionConfiguration> {
  const { context, plan } = work;
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const latest = await context.lambda.getFunction(plan.name);
    const { Configuration: { CodeSha256 = '', RevisionId = '' } = {} } = latest;
    work.configuration = latest.Configuration;
    if (!plan.isWantedCode(latest) || !hasConfiguration(latest, work)) return changedByAnother(work, latest);
    try {
      return await context.lambda.publishVersion(plan.name, CodeSha256, RevisionId);
    } catch (error) {
      if (!(error instanceof AwsCallError)) throw error;
      if (error.code === 'ResourceConflictException') {
        const bad = await untilUpdated(work);
        if (bad !== undefined) return bad;
      } else if (error.code !== 'PreconditionFailedException' && !/CodeSHA256/i.test(error.message)) throw error;
    }
  }
  return changedByAnother(work, await context.lambda.getFunction(plan.name));
}

/**
 * A change of `$LATEST` that nobody else may get between. After a lost answer, a revision that is no longer true, and an update of somebody
 * else under way, the function itself says whether the change is there.
 */
async function guarded(
  work: Work,
  revision: string,
  change: (revision: string) => Promise<FunctionConfiguration>,
  isDone: (state: FunctionState) => boolean,
): Promise<Stopped | undefined> {
  const { context, plan } = work;
  for (let attempt = 0; ; attempt += 1) {
    try {
      await change(revision);
      return undefined;
    } catch (error) {
      const looks = error instanceof AwsCallError && (error.kind === 'unknown-effect' || conflicts.has(error.code));
      if (!looks || attempt >= tries) throw error;
      const bad = error.code === 'ResourceConflictException' ? await untilUpdated(work) : undefined;
      if (bad !== undefined) return bad;
      const now = await context.lambda.getFunction(plan.name);
      if (isDone(now)) return undefined;
      if (now.Configuration?.RevisionId !== revision) return changedByAnother(work, now);
    }
  }
}

const conflicts: ReadonlySet<string> = new Set(['PreconditionFailedException', 'ResourceConflictException']);

function hasConfiguration({ Configuration = {} }: FunctionState, { manner }: Work): boolean {
  return configurationChange(Configuration, manner.configuration) === undefined;
}

function changedByAnother({ plan }: Work, { Configuration }: FunctionState): Stopped {
  const { LastModified = 'just now', CodeSha256 = '' } = Configuration ?? {};
  const message = `Somebody else changed the function ${plan.name} meanwhile (${LastModified}); it is left as it is.`;
  return superseded(message, { function: plan.name, lastModified: LastModified, codeSha256: CodeSha256 });
}

/** The new version answers an event before anybody else reaches it. */
export async function tryOut(
  work: Work,
  version: string,
): Promise<(Stopped & { readonly log: readonly string[] }) | undefined> {
  const { context, plan, manner } = work;
  if (manner.invoke === undefined) return undefined;
  const { error, payload, log } = await context.lambda.invoke(plan.name, version, manner.invoke);
  if (error === undefined) {
    tell(work, `version ${version} answered its first invocation`);
    return undefined;
  }
  const reason = /INIT_REPORT|Runtime\.(ImportModuleError|UserCodeSyntaxError|HandlerNotFound|ExitError)/.test(
    [payload, ...log].join('\n'),
  )
    ? 'init-failed'
    : 'invocation-failed';
  const message = `Version ${version} of ${plan.name} fails when it is invoked: ${shortened(payload)}`;
  const evidence = { function: plan.name, version, error };
  return { ...stopped({ outcome: 'failed', reason, message, evidence }), log };
}

function shortened(payload: string): string {
  return payload.length > 500 ? `${payload.slice(0, 500)}…` : payload;
}
