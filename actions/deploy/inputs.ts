import { type CommonInputs, getCommonInputs, refuseBeside, refuseWithoutPlan } from '#action-kit/common-inputs';
import type { InputReader } from '#action-kit/inputs';
import type { EcsComponent, EcsTaskDefinition } from '#core/flow/targets/ecs';
import { few } from '#core/report/few';

export interface Inputs extends CommonInputs {
  /** What is deployed: a plan of validate-tag, one inline component, or the flat inputs of ECS. */
  readonly work:
    | { readonly kind: 'plan'; readonly plan: string; readonly part?: Part }
    | ({ readonly kind: 'inline'; readonly component: string } & Limits)
    | { readonly kind: 'ecs'; readonly component: EcsComponent };
  readonly region?: string;
  readonly role?: string;
  /** The folder that plans are written to, of a look that changes nothing. */
  readonly savePlans?: string;
  /** What the job says that has saved plans. */
  readonly savedPlans: Readonly<Record<string, string>>;
}

/** What every deployment on its own takes; with a plan, the flow file says it. */
interface Limits {
  /** Milliseconds. */
  readonly timeout: number;
  readonly onFailure: 'rollback' | 'leave';
  readonly onCancel: 'rollback' | 'leave';
}

/** What this job does of a deployment that is spread over several: one part, or waiting for all of them. */
export type Part = { readonly number: number; readonly of: number } | 'all';

const wayBack = ['rollback', 'leave'] as const;

export function getInputs(input: InputReader): Inputs {
  const plan = input.optional('plan');
  const part = readPart(input);
  const inline = input.optional('component');
  const limits: Limits = {
    timeout: input.duration('timeout'),
    onFailure: input.choice('on-failure', wayBack),
    onCancel: input.choice('on-cancel', wayBack),
  };
  const flat = readFlat(input, limits);
  const region = input.optional('region');
  const role = input.optional('role');
  const savePlans = input.optional('save-plans');
  const savedPlans = input.strings('saved-plans');
  if (savePlans !== undefined) refuseBeside(input, 'save-plans', ['part', 'saved-plans']);
  if (plan === undefined) refuseWithoutPlan(input, 'environment', 'flow', 'save-plans');
  else refuseBeside(input, 'plan', ['component', ...ecsOnly, 'region', 'role']);
  if (plan === undefined && inline !== undefined) refuseBeside(input, 'component', ecsOnly);
  const common = getCommonInputs(input);
  return {
    ...common,
    dryRun: common.dryRun || savePlans !== undefined,
    savedPlans,
    work:
      plan !== undefined
        ? { kind: 'plan', plan, ...(part === undefined ? {} : { part }) }
        : inline !== undefined
          ? { kind: 'inline', component: inline, ...limits }
          : flat(),
    ...(region === undefined ? {} : { region }),
    ...(role === undefined ? {} : { role }),
    ...(savePlans === undefined ? {} : { savePlans }),
  };
}

const ecsOnly = ['cluster', 'service', 'container', 'image', 'task-definition', 'base', 'desired-count', 'before'];

function readPart(input: InputReader): Part | undefined {
  const text = input.optional('part');
  if (text === undefined || text === 'all') return text;
  const [number, of] = (/^(\d+)\/(\d+)$/.exec(text) ?? []).slice(1).map(Number);
  if (number !== undefined && of !== undefined && number >= 1 && number <= of) return { number, of };
  input.problem('part', `“${text}” is neither a part such as 2/3 nor all.`, 'Hand over a leg of the output `parts`.');
  return undefined;
}

/** The drop-in inputs for ECS. They are always read, but only missed when nothing else says what to deploy. */
function readFlat(input: InputReader, limits: Limits): () => Inputs['work'] {
  const services = input.list('service');
  const [cluster, container, image] = [input.optional('cluster'), input.optional('container'), input.optional('image')];
  const definition = input.optional('task-definition');
  const base = input.optionalChoice('base', ['running', 'latest', 'file']);
  const desiredCount = input.optionalCount('desired-count', 1);
  const before = input.words('before');
  const [region, role] = [input.optional('region'), input.optional('role')];

  return () => {
    if (cluster === undefined) input.problem('cluster', 'is missing.', 'Give `cluster`, or a `plan` or `component`.');
    if (services.length === 0) input.problem('service', 'is missing.');
    const taskDefinition = taskDefinitionOf(input, definition, base);
    if (taskDefinition.base !== 'as-it-is') {
      if (container === undefined) input.problem('container', 'is missing: it says which container gets the image.');
      if (image === undefined)
        input.problem('image', 'is missing.', 'Give `image`, or a `task-definition` with its revision.');
    }
    return {
      kind: 'ecs',
      component: {
        name: few(services),
        target: 'ecs',
        needs: [],
        cluster: cluster ?? '',
        services,
        ...limits,
        taskDefinition,
        image: image === undefined ? { from: 'task-definition' } : { from: 'image', image },
        ...(container === undefined ? {} : { container }),
        ...(before.length === 0 ? {} : { before }),
        ...(desiredCount === undefined ? {} : { desiredCount }),
        ...(region === undefined ? {} : { region }),
        ...(role === undefined ? {} : { role }),
      },
    };
  };
}

function taskDefinitionOf(
  input: InputReader,
  definition: string | undefined,
  base: 'running' | 'latest' | 'file' | undefined,
): EcsTaskDefinition {
  const isFile = definition !== undefined && /\.json$/.test(definition);
  if (base === 'file' && !isFile) input.problem('task-definition', 'must name a JSON file, because `base` is file.');
  if (definition === undefined) return base === 'latest' ? { base: 'latest' } : { base: 'running' };
  if (isFile && base !== undefined && base !== 'file') {
    input.problem('base', `is ${base}, but \`task-definition\` names a file.`, 'Leave `base` out, or write file.');
  }
  if (isFile) return { base: 'file', file: definition };
  if (/:\d+$/.test(definition)) {
    if (base !== undefined) input.problem('base', 'says nothing for a revision that is deployed as it is.');
    return { base: 'as-it-is', revision: definition };
  }
  if (base === 'running') {
    const message = 'is running, but `task-definition` names a family, of which the newest revision is built on.';
    input.problem('base', message, 'Give one of them.');
  }
  return { base: 'latest', family: definition };
}
