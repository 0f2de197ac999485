import { usualFlow } from '#action-kit/common-inputs';
import { gitHubAccess } from '#action-kit/github-access';
import type { ActionEnd, Kit } from '#action-kit/kit';
import { type Finding, FindingError } from '#core/finding';
import type { Hold } from '#core/journal/event';
import type { Result } from '#core/outcome';
import { table } from '#core/report/markdown';
import { readPolicy } from '#github/flow-files';
import { append, type Writer } from '#github/journal/append';
import { readJournal } from '#github/journal/read';
import { createWriter } from '#github/writer';
import type { Inputs } from './inputs.ts';

/** Stops promotions of an environment, a version or a component, lets them go on, or lists what is stopped. */
export async function hold(kit: Kit, inputs: Inputs): Promise<ActionEnd> {
  const writer = createWriter(gitHubAccess(kit, inputs.githubToken, inputs.policyToken));
  await assertKnown(writer, inputs);
  const { result, holds } = await carryOut(writer, inputs);
  kit.summary(page(inputs.environment, result, holds));
  return { kind: 'outcome', result, details: { holds } };
}

interface Done {
  readonly result: Result;
  readonly holds: readonly Hold[];
}

async function carryOut(writer: Writer, inputs: Inputs): Promise<Done> {
  const { environment, operation } = inputs;
  if (operation.kind === 'list' || inputs.dryRun) {
    const { holds } = (await readJournal(writer.github, environment)).state;
    return {
      holds,
      result: operation.kind === 'list' ? listed(environment, holds) : look(environment, operation, holds),
    };
  }
  return operation.kind === 'set' ? setHold(writer, environment, operation) : clearHold(writer, environment, operation);
}

function listed(environment: string, holds: readonly Hold[]): Result {
  const message =
    holds.length === 0 ? `Nothing is held in ${environment}.` : `${holds.length} holds in ${environment}.`;
  return { outcome: 'no-op', reason: 'holds-listed', message, evidence: {} };
}

/** What would be done, and what would be refused is refused. */
function look(environment: string, operation: Change, holds: readonly Hold[]): Result {
  const said =
    operation.kind === 'set'
      ? `${heldBy(environment, operation)} would be held: ${operation.reason}`
      : `${idsOf(meant(environment, operation, holds))} would be cleared: ${operation.reason}`;
  return { outcome: 'no-op', reason: 'dry-run', message: said, evidence: {} };
}

type Change = Extract<Inputs['operation'], { kind: 'set' | 'clear' }>;

/** What a hold stops, in a word. */
function heldBy(environment: string, { version, component }: Pick<Hold, 'version' | 'component'>): string {
  return version ?? component ?? environment;
}

async function setHold(
  writer: Writer,
  environment: string,
  operation: Extract<Inputs['operation'], { kind: 'set' }>,
): Promise<Done> {
  const { version, component, reason, expires } = operation;
  const held: Hold = {
    id: ['hold', version, component, writer.run.id].filter(part => part !== undefined).join('-'),
    environment,
    reason,
    owner: writer.run.actor,
    since: new Date(writer.now()).toISOString(),
    ...(version === undefined ? {} : { version }),
    ...(component === undefined ? {} : { component }),
    ...(expires === undefined ? {} : { until: new Date(writer.now() + expires).toISOString() }),
  };
  const journal = await append(writer, environment, ({ state }) =>
    state.holds.some(existing => existing.id === held.id) ? [] : [{ type: 'held', hold: held }],
  );
  const message = `${heldBy(environment, operation)} is held: ${reason}`;
  return {
    holds: journal.state.holds,
    result: { outcome: 'succeeded', reason: 'hold-set', message, evidence: { id: held.id } },
  };
}

type Clearing = Extract<Inputs['operation'], { kind: 'clear' }>;

async function clearHold(writer: Writer, environment: string, operation: Clearing): Promise<Done> {
  const { reason } = operation;
  let cleared: readonly Hold[] = [];
  const journal = await append(writer, environment, ({ state }) => {
    cleared = meant(environment, operation, state.holds);
    return cleared.map(each => ({ type: 'resumed', hold: each, reason }));
  });
  const message = `${idsOf(cleared)} is cleared: ${reason}`;
  const evidence = { id: idsOf(cleared) };
  return { holds: journal.state.holds, result: { outcome: 'succeeded', reason: 'hold-cleared', message, evidence } };
}

/** A hold of a mistyped name would hold nothing. Where there is no flow file, nobody knows which names there are. */
async function assertKnown(
  { github }: Writer,
  { flow: path = usualFlow, environment, operation }: Inputs,
): Promise<void> {
  const flow = await readPolicy(github, path);
  if (flow === undefined) return;
  const component = operation.kind === 'set' ? operation.component : undefined;
  const findings = [
    ...unknownNames('environment', environment, flow.environments),
    ...(component === undefined ? [] : unknownNames('component', component, flow.components)),
  ];
  if (findings.length > 0) throw new FindingError(findings);
}

function unknownNames(input: string, name: string, known: Readonly<Record<string, unknown>>): readonly Finding[] {
  if (Object.hasOwn(known, name)) return [];
  const message = `The flow file has no ${input} ${name}; it has ${Object.keys(known).join(', ')}.`;
  return [{ reason: 'input-invalid', message, evidence: {}, where: { kind: 'input', input } }];
}

/** The hold of that id, or all of exactly what is named. Throws a `FindingError` where there is none. */
function meant(environment: string, { id, version, component }: Clearing, holds: readonly Hold[]): readonly Hold[] {
  const found = holds.filter(held =>
    id === undefined ? held.version === version && held.component === component : held.id === id,
  );
  if (found.length === 0)
    throw unknownHold(environment, id ?? version ?? component ?? `of all of ${environment}`, holds);
  return found;
}

function idsOf(holds: readonly Hold[]): string {
  return holds.map(({ id }) => id).join(', ');
}

function unknownHold(environment: string, what: string, holds: readonly Hold[]): FindingError {
  const ids = holds.map(existing => existing.id);
  const message = `There is no hold ${what} in ${environment}; in force are ${ids.join(', ') || 'none'}.`;
  return new FindingError([
    { reason: 'not-found', message, evidence: { id: what, ids }, where: { kind: 'input', input: 'id' } },
  ]);
}

function page(environment: string, result: Result, holds: readonly Hold[]): string {
  const rows = holds.map(held => [held.id, heldBy('everything', held), held.reason, held.owner, held.until ?? '']);
  const list = rows.length === 0 ? 'Nothing is held.' : table(['id', 'what', 'reason', 'owner', 'until'], rows);
  return `### Holds of ${environment}\n\n${result.message}\n\n${list}\n`;
}
