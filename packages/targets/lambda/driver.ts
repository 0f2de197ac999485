import { findingOf } from '#aws/denied';
import { AwsCallError } from '#aws/errors';
import type { FunctionState } from '#aws/lambda';
import type { Finding } from '#core/finding';
import type { LambdaComponent } from '#core/flow/targets/lambda';
import type { Snapshot } from '#core/receipt';
import type { Applied, Driver, Preparation } from '#core/target';
import { unreadable } from '../unreadable.ts';
import { type LambdaContext, nextOf, stateKey } from './context.ts';
import { judgeUpdate, obstacles } from './judge.ts';
import { aliasFindings, type Observed, observe, readVersion } from './observe.ts';
import { type Plan, planChange, requestedOf } from './plan.ts';
import { updateCode } from './publish.ts';
import { prepareRestore } from './restore.ts';
import { createRollout } from './rollout.ts';
import { lambdaSnapshot, readLambdaSnapshot } from './snapshot.ts';
import { type Code, hasCode } from './spec.ts';
import { isStopped, type Manner, type Memory, type Work } from './work.ts';

/** The driver of one function. `codeOf`: what is to be deployed, once the function’s ARN is known. */
export function createLambdaDriver(
  context: LambdaContext,
  component: LambdaComponent,
  codeOf: (functionArn: string) => Promise<Code>,
): Driver {
  const memory: Memory = {};
  return {
    prepare: () => prepareChange(context, component, codeOf, memory),
    async restore(snapshot, cause) {
      const { taken } = memory;
      if (cause === 'by-itself' && taken !== undefined) return { kind: 'refused', findings: [taken] };
      return restore(context, snapshot, component.timeout);
    },
  };
}

export async function restore(context: LambdaContext, snapshot: Snapshot, timeout: number): Promise<Preparation> {
  const state = readLambdaSnapshot(snapshot);
  if (state !== undefined) return prepareRestore(context, state, timeout, applyPlan);
  return { kind: 'refused', findings: [unreadable(snapshot)] };
}

async function prepareChange(
  context: LambdaContext,
  component: LambdaComponent,
  codeOf: (functionArn: string) => Promise<Code>,
  memory: Memory,
): Promise<Preparation> {
  const { function: name, alias } = component;
  const observation = await observe(context, name, alias);
  if (!observation.ok) return { kind: 'refused', findings: observation.findings };
  const observed = await settled(context, observation.observed, component);
  const code = await codeOf(observed.configuration.FunctionArn ?? '');
  const findings = [
    ...obstacles(component, observed.configuration, code.kind, await alarmsOf(context, component.alarms)),
    ...(await aliasFindings(context, component, observed)),
  ];
  if (findings.some(({ reason }) => reason !== 'alarm-already-red')) return { kind: 'refused', findings };
  const versions = await versionsOf(context, name, observed);
  const checked = await checkedCode(context, name, code, [observed.latest, ...versions.values()]);
  if ('reason' in checked) return { kind: 'refused', findings: [checked] };
  const isWanted = (state: FunctionState) => hasCode(state, checked) === true;
  const plan = planChange({ component, observed, versions, code: checked, isWanted });
  if (plan === undefined) return nothingToDo(component, observed);
  // What a killed run has left under a red alarm must not stay there: it is taken up, watched, and sent back.
  if (findings.length > 0 && plan.version === undefined) return { kind: 'refused', findings };
  const { strategy, alarms, configuration, invoke, timeout } = component;
  return {
    kind: 'change',
    before: plan.before === null ? null : lambdaSnapshot(plan.before),
    changes: plan.rows,
    notes: [],
    apply: () => applyPlan(context, plan, { strategy, alarms, configuration, invoke, timeout }, 'deployed', memory),
  };
}

/** Undefined: it was carried out so far. Nothing has changed when it ends here. */
async function applyPlan(
  context: LambdaContext,
  plan: Plan,
  manner: Manner,
  succeeded: 'deployed' | 'restored',
  memory: Memory = {},
): Promise<Applied> {
  const started = context.clock.now();
  const work: Work = {
    context,
    plan,
    manner,
    memory,
    started,
    deadline: started + manner.timeout,
    version: plan.version,
    alias: plan.alias,
    moved: false,
    configuration: undefined,
  };
  const adopted = succeeded === 'deployed' && plan.version !== undefined;
  if (adopted) {
    const text = `adopting version ${plan.version}, which is there already`;
    context.report({ subject: plan.name, text, level: 'info' });
  }
  try {
    const bad = await updateCode(work);
    if (isStopped(bad)) return { kind: 'ended', ending: { ...bad, after: null, explanation: [] } };
  } catch (error) {
    if (!(error instanceof AwsCallError) || error.kind === 'unknown-effect') throw error;
    const finding = findingOf(error);
    const message = `${finding.message} Nothing was changed.`;
    return { kind: 'ended', ending: { ...finding, outcome: 'refused', message, after: null, explanation: [] } };
  }
  return { kind: 'started', rollout: createRollout(work, adopted, succeeded), changes: plan.rows };
}

/** An update that is under way bars everything: it may be that of a run that was killed, so it is waited for. */
async function settled(context: LambdaContext, observed: Observed, component: LambdaComponent): Promise<Observed> {
  if (observed.configuration.LastUpdateStatus !== 'InProgress') return observed;
  const { function: name, timeout } = component;
  context.report({ subject: name, text: 'an update is under way; waiting for it', level: 'info' });
  const deadline = context.clock.now() + timeout;
  for (;;) {
    const latest = (await nextOf(context.states, stateKey(name))) ?? observed.latest;
    const ended = judgeUpdate(latest.Configuration).kind !== 'going';
    if (ended || context.signal.aborted || context.clock.now() >= deadline) {
      return { ...observed, latest, configuration: latest.Configuration ?? {} };
    }
  }
}

async function alarmsOf(context: LambdaContext, names: readonly string[]) {
  return names.length === 0 ? [] : (await context.cloudwatch()).alarmsNamed(names);
}

async function versionsOf(context: LambdaContext, name: string, { alias }: Observed) {
  if (alias === undefined) return new Map<string, FunctionState>();
  const numbers = [alias.routing.version, ...Object.keys(alias.routing.weights)];
  const states = await Promise.all(numbers.map(number => readVersion(context, name, number)));
  return new Map(
    numbers.flatMap((number, index) => {
      const state = states[index];
      return state === undefined ? [] : [[number, state] as const];
    }),
  );
}

/**
 * The code with its checksum. What Lambda itself has to fetch is fetched in a dry run, which also says what is wrong with it; not where the
 * digest shows that it is there already.
 */
async function checkedCode(
  { lambda }: LambdaContext,
  name: string,
  code: Code,
  held: readonly FunctionState[],
): Promise<Code | Finding> {
  if (code.digest === undefined && code.checksum !== undefined) return code;
  if (code.digest !== undefined && held.some(state => hasCode(state, code) === true)) return code;
  try {
    return { ...code, checksum: await lambda.checksumOf(name, code.load) };
  } catch (error) {
    if (!(error instanceof AwsCallError) || error.kind !== 'refused') throw error;
    return {
      reason: code.kind === 'Image' ? 'image-not-found' : 'code-invalid',
      message: `Lambda cannot take the code ${code.text}: ${error.message}`,
      evidence: { function: name, code: code.text },
      where: { kind: 'call', call: error.action },
    };
  }
}

function nothingToDo({ function: name, alias }: LambdaComponent, observed: Observed): Preparation {
  const { version = '', weights = {} } = observed.alias?.routing ?? {};
  const provisioned = requestedOf(observed.alias);
  const message = `The alias ${alias} of ${name} points to version ${version}, which is as wanted.`;
  return {
    kind: 'no-op',
    snapshot: lambdaSnapshot({ function: name, alias, version, weights, provisioned }),
    result: { outcome: 'no-op', reason: 'nothing-to-change', message, evidence: { function: name, alias, version } },
  };
}
