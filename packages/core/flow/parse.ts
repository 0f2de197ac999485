import * as z from 'zod/mini';
import { checkComponents, checkDeclaration, overrideIssues } from './component-rules.ts';
import { type Environment, readEnvironment } from './environment.ts';
import { checkEnvironments, warnOfEnvironments } from './environment-rules.ts';
import { explainIssue, withoutEchoes } from './issues.ts';
import { elsewhere, keysAt } from './keys.ts';
import { byPosition, type Mistake, type Problem } from './problem.ts';
import { asRecord, isRecord, type RawRecord } from './raw.ts';
import { component, flowFile } from './schema.ts';
import { readSource, type Source } from './source.ts';
import { targetNamed } from './targets/registry.ts';
import type { Declaration } from './targets/target.ts';

/** The flow file, checked. Components keep their templates until they are wanted for an environment: `componentFor`. */
export interface Flow {
  readonly service: string;
  readonly region?: string | undefined;
  /** Logins and teams (`@org/team`) by role. */
  readonly roles: Readonly<Record<string, readonly string[]>>;
  readonly components: Readonly<Record<string, Declaration>>;
  /** Whether the gates stop anything, or only advise. */
  readonly enforce: boolean;
  readonly environments: Readonly<Record<string, Environment>>;
  /** The files these were read from, which may be two commits: for the places of later problems. */
  readonly sources: { readonly components: Source; readonly environments: Source };
}

export type FlowResult =
  | { readonly ok: true; readonly flow: Flow; readonly warnings: readonly Problem[] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

export interface ParseOptions {
  /** The name that problems carry: a path in the repository. */
  readonly file: string;
}

/** Reads a flow file. Never throws: every problem is told at once, in the order of the file. */
export function parseFlow(text: string, { file }: ParseOptions): FlowResult {
  const { source, broken, problems, warnings } = readSource(text, file);
  if (broken) return { ok: false, problems: inOrder(problems) };
  const value = withoutExtensions(source.value);
  const result = z.safeParse(flowFile, value);
  const raw = asRecord(value);
  const issues = [...(result.error?.issues ?? []), ...overrideIssues(raw)];
  const vocabulary = {
    value,
    written: source.written,
    keysAt: (path: Mistake['path']) => keysAt(path, value),
    elsewhere,
  };
  const mistakes = [
    ...issues.flatMap(issue => explainIssue(issue, vocabulary)),
    ...checkWhole(raw, source),
    ...checkComponents(raw),
    ...checkEnvironments(raw),
  ];
  const all = inOrder([...problems, ...withoutEchoes(mistakes, value).map(source.locate)]);
  if (all.length > 0 || !result.success) return { ok: false, problems: all };

  const { service, region, roles, enforce = true, environments } = result.data;
  const flow: Flow = {
    service,
    region,
    roles: roles ?? {},
    enforce,
    // As written: what the schema made of them would be read before the templates are filled in.
    components: Object.fromEntries(
      Object.entries(asRecord(raw.components)).map(([name, own]) => [name, asRecord(own)]),
    ),
    environments: Object.fromEntries(
      Object.entries(environments).map(([name, values]) => [name, readEnvironment(name, values)]),
    ),
    sources: { components: source, environments: source },
  };
  return { ok: true, flow, warnings: inOrder([...warnings, ...warnOfEnvironments(raw).map(source.locate)]) };
}

export type ComponentResult =
  | {
      readonly ok: true;
      readonly declaration: Declaration;
      readonly source: Source;
      readonly warnings: readonly Problem[];
    }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Reads one component on its own: the `component` input of an action, whose name problems carry instead of a file. */
export function parseComponent(text: string, { input }: { readonly input: string }): ComponentResult {
  const { source, broken, problems, warnings } = readSource(text, input);
  if (broken) return { ok: false, problems: inOrder(problems) };
  const { value } = source;
  const result = z.safeParse(component, value);
  const target = isRecord(value) ? targetNamed(value.target) : undefined;
  const vocabulary = {
    value,
    written: source.written,
    keysAt: (path: Mistake['path']) => target?.keysAt(path) ?? [],
    elsewhere: () => undefined,
  };
  const needs: readonly Mistake[] = Object.hasOwn(asRecord(value), 'needs')
    ? [{ path: ['needs'], message: 'a component on its own waits for no other', at: 'key' }]
    : [];
  const mistakes = [
    ...(result.error?.issues ?? []).flatMap(issue => explainIssue(issue, vocabulary)),
    ...checkDeclaration(asRecord(value)),
    ...needs,
  ];
  const all = inOrder([...problems, ...withoutEchoes(mistakes, value).map(source.locate)]);
  if (all.length > 0 || !isRecord(value)) return { ok: false, problems: all };
  return { ok: true, declaration: value, source, warnings: inOrder(warnings) };
}

/** Keys that begin with `x-` are free: the usual place for anchors. */
function withoutExtensions(value: unknown): unknown {
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => !key.startsWith('x-')));
}

function checkWhole(file: RawRecord, source: Source): readonly Mistake[] {
  const mistakes: Mistake[] = [];
  const version = source.written(['version']);
  if (file.version === 1 && version !== undefined && version !== '1') {
    mistakes.push({ path: ['version'], message: `must be \`1\`, found the number ${version}`, hint: 'write 1' });
  }
  for (const section of ['components', 'environments']) {
    const entries = file[section];
    if (!isRecord(entries) || Object.keys(entries).length > 0) continue;
    mistakes.push({ path: [section], message: `there are no ${section}`, hint: 'at least one is needed' });
  }
  return mistakes;
}

/** A value that several aliases share is wrong once, not once per alias. */
function inOrder(problems: readonly Problem[]): readonly Problem[] {
  const seen = new Set<string>();
  return [...problems].sort(byPosition).filter(problem => {
    const same = `${problem.line}:${problem.column}:${problem.message}`;
    return !seen.has(same) && seen.add(same);
  });
}
