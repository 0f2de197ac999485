import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { readMetadata } from './actions.ts';
import { isNode } from './imports.ts';
import { repository } from './modules.ts';

/** A step or a job that uses something, as it is written. */
export type Use = Readonly<Record<string, unknown>> & { readonly uses: string };

/** What one may say to an action or a reusable workflow of the suite, and hear from it. */
export interface Interface {
  readonly inputs: Readonly<Record<string, { readonly required?: boolean; readonly default?: unknown }>>;
  readonly outputs: readonly string[];
  /** What a caller has to grant: the most that any of its jobs asks for. */
  readonly permissions: Readonly<Record<string, string>>;
}

/** YAML documents that people run or copy: workflows, examples, and the blocks in READMEs, by where they stand. */
export function documents(): readonly (readonly [where: string, document: unknown])[] {
  const workflows = globSync('{,examples/*/}.github/workflows/*.yml', { cwd: repository }).toSorted();
  const pages = globSync('{README.md,{*,examples/*}/README.md}', {
    cwd: repository,
    exclude: ['node_modules'],
  }).toSorted();
  return [
    ...workflows.map(path => [path, parse(read(path))] as const),
    ...pages.flatMap(path =>
      blocks(read(path)).map((block, index) => [`${path}, block ${index + 1}`, parse(block)] as const),
    ),
  ];
}

/** Every mapping with `uses` in a document, wherever it is. */
export function usesIn(value: unknown): readonly Use[] {
  if (Array.isArray(value)) return value.flatMap(usesIn);
  if (!isNode(value)) return [];
  const own = typeof value.uses === 'string' ? [{ ...value, uses: value.uses }] : [];
  return [...own, ...Object.values(value).flatMap(usesIn)];
}

/** Jobs of a workflow that have steps. */
export function jobsOf(
  document: unknown,
): readonly (readonly [name: string, job: Readonly<Record<string, unknown>>])[] {
  const jobs = isNode(document) && isNode(document.jobs) ? Object.entries(document.jobs) : [];
  return jobs.flatMap(([name, job]) => (isNode(job) ? [[name, job] as const] : []));
}

const ownReference = /^(?:\$|org\/release-actions)\/(?<path>[^@]+)(?:@(?<ref>.+))?$/;

/** Of an action or workflow of the suite; undefined for those of others. */
export function interfaceOf(uses: string): Interface | 'missing' | undefined {
  const path = ownReference.exec(uses)?.groups?.path;
  if (path === undefined) return undefined;
  const isWorkflow = path.startsWith('.github/workflows/');
  if (!existsSync(join(repository, isWorkflow ? path : join(path, 'action.yml')))) return 'missing';
  if (isWorkflow) return workflowInterface(parse(read(path)));
  const { inputs, outputs } = readMetadata(path);
  return { inputs, outputs: Object.keys(outputs), permissions: {} };
}

function workflowInterface(document: unknown): Interface {
  const triggers: unknown = isNode(document) ? document.on : undefined;
  const call: unknown = isNode(triggers) ? triggers.workflow_call : undefined;
  if (!isNode(call)) throw new Error('it cannot be called');
  const permissions: Record<string, string> = {};
  for (const [, job] of jobsOf(document)) {
    for (const [scope, level] of Object.entries(isNode(job.permissions) ? job.permissions : {})) {
      if (permissions[scope] !== 'write') permissions[scope] = String(level);
    }
  }
  // What stands under `inputs` is for actionlint to check.
  const inputs = (call.inputs ?? {}) as Interface['inputs'];
  return { inputs, outputs: Object.keys(isNode(call.outputs) ? call.outputs : {}), permissions };
}

function blocks(markdown: string): readonly string[] {
  return [...markdown.matchAll(/^```ya?ml\n([\s\S]*?)^```$/gm)].map(([, block = '']) => block);
}

function read(path: string): string {
  return readFileSync(join(repository, path), 'utf8');
}
