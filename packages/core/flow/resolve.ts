import { override } from './component-rules.ts';
import { inWaves } from './graph.ts';
import { explainIssue } from './issues.ts';
import { didYouMean } from './nearest.ts';
import type { Flow } from './parse.ts';
import type { Mistake, Problem } from './problem.ts';
import type { Source } from './source.ts';
import { type Component, targetNamed } from './targets/registry.ts';
import type { Declaration, Surroundings } from './targets/target.ts';
import { resolveTemplates, type TemplateContext } from './templates.ts';

/** What a release knows when its components are wanted. `vars` are GitHub's; those of the environment win. */
export interface ReleaseContext {
  readonly version?: string | undefined;
  readonly sha?: string | undefined;
  readonly vars?: Readonly<Record<string, string>> | undefined;
}

export type ResolvedComponent =
  | { readonly ok: true; readonly component: Component }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Policy as on the default branch, content as in the commit that is released. */
export interface FlowPair {
  readonly policy: Flow;
  readonly content: Flow;
}

/**
 * One flow of two commits: components from the release, everything else from the policy. An override of a component that
 * the release does not have (it is older, or newer) has no effect; the warnings say so.
 */
export function mergeFlows({ policy, content }: FlowPair): {
  readonly flow: Flow;
  readonly warnings: readonly Problem[];
} {
  const warnings = Object.values(policy.environments).flatMap(environment =>
    Object.keys(environment.components)
      .filter(name => !Object.hasOwn(content.components, name))
      .map(name =>
        policy.sources.environments.locate({
          path: ['environments', environment.name, 'components', name],
          message: `the release has no component \`${name}\`: these values have no effect`,
          at: 'key',
        }),
      ),
  );
  const sources = { components: content.sources.components, environments: policy.sources.environments };
  return { flow: { ...policy, components: content.components, sources }, warnings };
}

/** A component as it is deployed to an environment: overrides applied, templates filled in, values read. */
export function componentFor(
  flow: Flow,
  environment: string,
  name: string,
  context: ReleaseContext,
): ResolvedComponent {
  const place = Object.hasOwn(flow.environments, environment) ? flow.environments[environment] : undefined;
  const declaration = Object.hasOwn(flow.components, name) ? flow.components[name] : undefined;
  if (place === undefined) {
    return unknown(
      flow.sources.environments,
      'environments',
      'environment',
      environment,
      Object.keys(flow.environments),
    );
  }
  if (declaration === undefined) {
    return unknown(flow.sources.components, 'components', 'component', name, Object.keys(flow.components));
  }
  const overrides = Object.hasOwn(place.components, name) ? (place.components[name] ?? {}) : {};
  const locate = (mistake: Mistake): Problem => {
    const overridden = Object.hasOwn(overrides, mistake.path[0] ?? '');
    const path = overridden ? ['environments', environment, 'components', name] : ['components', name];
    const source = overridden ? flow.sources.environments : flow.sources.components;
    return source.locate({ ...mistake, path: [...path, ...mistake.path] });
  };
  return resolve(override(declaration, overrides), {
    surroundings: {
      name,
      environment,
      region: place.region ?? flow.region,
      role: place.role,
      onFailure: place.onFailure === 'rollback' ? 'rollback' : 'leave',
    },
    context: { env: environment, version: context.version, sha: context.sha, vars: { ...context.vars, ...place.vars } },
    locate,
  });
}

/** A component of `parseComponent`, ready to be deployed. */
export function standaloneComponent(
  parsed: { readonly declaration: Declaration; readonly source: Source },
  surroundings: Surroundings,
  context: ReleaseContext,
): ResolvedComponent {
  return resolve(parsed.declaration, {
    surroundings,
    context: { ...context, env: surroundings.environment, vars: context.vars ?? {} },
    locate: parsed.source.locate,
  });
}

/** The names of the components in the order of `needs`: every wave can be deployed at once when the earlier ones are. */
export function componentWaves(flow: Flow): readonly (readonly string[])[] {
  const needs = Object.entries(flow.components).map(([name, { needs: needed }]) => [
    name,
    Array.isArray(needed) ? needed.map(String) : [],
  ]);
  return inWaves(Object.fromEntries(needs));
}

interface Resolution {
  readonly surroundings: Surroundings;
  readonly context: TemplateContext;
  readonly locate: (mistake: Mistake) => Problem;
}

function resolve(declaration: Declaration, { surroundings, context, locate }: Resolution): ResolvedComponent {
  const filled = resolveTemplates(declaration, context);
  if (!filled.ok) return { ok: false, problems: filled.mistakes.map(locate) };
  const target = targetNamed(declaration.target);
  if (target === undefined) {
    return {
      ok: false,
      problems: [locate({ path: ['target'], message: `no target \`${String(declaration.target)}\`` })],
    };
  }
  // Overrides of the policy meet components of another commit here, and templates may have made something else of a value.
  const rules = target.rules(filled.component);
  const result = target.read(filled.component, surroundings);
  if (result.ok && rules.length === 0) return result;
  const vocabulary = {
    value: filled.component,
    written: () => undefined,
    keysAt: () => target.keys,
    elsewhere: () => undefined,
  };
  const issues = result.ok ? [] : result.issues.flatMap(issue => explainIssue(issue, vocabulary));
  return { ok: false, problems: [...issues, ...rules].map(locate) };
}

function unknown(
  source: Source,
  section: string,
  kind: string,
  name: string,
  known: readonly string[],
): ResolvedComponent {
  const problem = source.locate({
    path: [section],
    message: `no ${kind} \`${name}\``,
    hint: didYouMean(name, known),
    at: 'key',
  });
  return { ok: false, problems: [problem] };
}
