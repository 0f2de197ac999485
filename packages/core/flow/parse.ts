import * as z from 'zod/mini';
import { checkComponents, checkDeclaration, overrideIssues } from './component-rules.ts';
import { type Environment, readEnvironment } from './environment.ts';
import { checkEnvironments, warnOfEnvironments } from './environment-rules.ts';
import { explainIssue, withoutEchoes } from './issues.ts';
import { elsewhere, keysAt } from './keys.ts';
import { extend, warnOfPolicy, withPolicy } from './policy/extend.ts';
import type { Policy } from './policy/policy.ts';
import { type PolicyReference, readPolicyReference, samePolicy } from './policy/reference.ts';
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
  /** The rules of an organisation that hold besides those of the file; they are in here already. */
  readonly extends?: PolicyReference | undefined;
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
  /** What the file extends, where it does: `policyOf` says what that is. */
  readonly policy?: Policy | undefined;
}

/** Which policy a flow file extends, if it does and names one that can be. */
export function policyOf(text: string): PolicyReference | undefined {
  const named = asRecord(readSource(text, '').source.value).extends;
  const reading = typeof named === 'string' ? readPolicyReference(named) : undefined;
  return reading?.ok === true ? reading.value : undefined;
}

/** Reads a flow file. Never throws: every problem is told at once, in the order of the file. */
export function parseFlow(text: string, { file, policy }: ParseOptions): FlowResult {
  const { source: own, broken, problems, warnings } = readSource(text, file);
  if (broken) return { ok: false, problems: inOrder(problems) };
  const written = withoutExtensions(own.value);
  const extended = policy === undefined ? undefined : extend(asRecord(written), policy);
  const value = extended?.value ?? written;
  const source = policy === undefined ? own : withPolicy(own, policy, asRecord(value));
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
    ...checkExtends(raw, policy),
    ...(extended?.mistakes ?? []),
    ...checkComponents(raw),
    ...checkEnvironments(raw),
  ];
  const all = inOrder([...problems, ...withoutEchoes(mistakes, value).map(source.locate)]);
  if (all.length > 0 || !result.success) return { ok: false, problems: all };

  const { service, region, roles, enforce = true, environments } = result.data;
  const flow: Flow = {
    service,
    region,
    extends: policy?.reference,
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
  const doubts = [...warnOfEnvironments(raw), ...(policy === undefined ? [] : warnOfPolicy(policy, asRecord(written)))];
  return { ok: true, flow, warnings: inOrder([...warnings, ...doubts.map(source.locate)]) };
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

/** A flow file without the rules that it extends is another one: nobody goes on with it. */
function checkExtends({ extends: named }: RawRecord, policy: Policy | undefined): readonly Mistake[] {
  const reading = typeof named === 'string' ? readPolicyReference(named) : undefined;
  if (reading?.ok !== true || samePolicy(reading.value, policy?.reference)) return [];
  return [{ path: ['extends'], message: 'was not read' }];
}

/** A value that several aliases share is wrong once, not once per alias. */
function inOrder(problems: readonly Problem[]): readonly Problem[] {
  const seen = new Set<string>();
  return [...problems].sort(byPosition).filter(problem => {
    const same = `${problem.line}:${problem.column}:${problem.message}`;
    return !seen.has(same) && seen.add(same);
  });
}
