import * as z from 'zod/mini';
import { findCycle } from './graph.ts';
import { didYouMean } from './nearest.ts';
import type { Mistake, Path } from './problem.ts';
import { asRecord, isRecord, type RawRecord, recordsIn, textsAt } from './raw.ts';
import { targetNamed } from './targets/registry.ts';
import type { Declaration } from './targets/target.ts';
import { checkTemplates } from './templates.ts';

/** What the schema cannot say about components: order, combinations, templates, overrides. */
export function checkComponents(file: RawRecord): readonly Mistake[] {
  const components = asRecord(file.components);
  return [
    ...checkNeeds(components),
    ...recordsIn(components).flatMap(([name, declaration]) =>
      within(['components', name], checkDeclaration(declaration)),
    ),
    ...recordsIn(file.environments).flatMap(([name, environment]) =>
      within(['environments', name, 'components'], checkOverrides(asRecord(environment.components), components)),
    ),
  ];
}

/** One component on its own, also that of an action's `component` input. */
export function checkDeclaration(declaration: Declaration): readonly Mistake[] {
  const target = targetNamed(declaration.target);
  return [...(target?.rules(declaration) ?? []), ...checkTemplates(declaration)];
}

/** What an environment changes: `over` wins; of keys that stand for each other only the new one is left. */
export function override(declaration: Declaration, over: Declaration): Declaration {
  const alternatives = targetNamed(declaration.target)?.alternatives ?? [];
  const replaced = alternatives.some(key => Object.hasOwn(over, key)) ? alternatives : [];
  const kept = Object.entries(declaration).filter(([key]) => !replaced.includes(key));
  return { ...Object.fromEntries(kept), ...over };
}

function checkNeeds(components: RawRecord): readonly Mistake[] {
  const names = Object.keys(components);
  const needs = recordsIn(components).map(([name, { needs: needed }]) => ({
    name,
    needed: textsAt(needed, ['components', name, 'needs']),
  }));
  const unknown = needs.flatMap(({ needed }) =>
    needed
      .filter(({ text }) => !names.includes(text))
      .map(({ text, path }) => ({ path, message: `no component \`${text}\``, hint: didYouMean(text, names) })),
  );
  const cycle = findCycle(Object.fromEntries(needs.map(({ name, needed }) => [name, needed.map(({ text }) => text)])));
  const first = cycle?.[0];
  if (cycle === undefined || first === undefined) return unknown;
  return [
    ...unknown,
    { path: ['components', first, 'needs'], message: `waits for itself: ${cycle.join(' → ')}`, at: 'key' },
  ];
}

function checkOverrides(overrides: RawRecord, components: RawRecord): readonly Mistake[] {
  return Object.entries(overrides).flatMap(([name, over]): readonly Mistake[] => {
    if (!Object.hasOwn(components, name)) {
      const hint = didYouMean(name, Object.keys(components));
      return [{ path: [name], message: `no component \`${name}\``, hint, at: 'key' }];
    }
    const declaration = components[name];
    if (!isRecord(over) || !isRecord(declaration)) return [];
    // What is wrong without the override was told where the component is declared.
    const before = new Set(
      targetNamed(declaration.target)
        ?.rules(declaration)
        .map(mistake => mistake.message),
    );
    const together = targetNamed(declaration.target)?.rules(override(declaration, over)) ?? [];
    const caused = together.filter(mistake => !before.has(mistake.message));
    return within([name], [...caused, ...checkTemplates(over)]);
  });
}

/** The schema's issues with every override: which keys it has depends on the target that the component names. */
export function overrideIssues(file: RawRecord): readonly z.core.$ZodIssue[] {
  const components = asRecord(file.components);
  return recordsIn(file.environments).flatMap(([environment, values]) =>
    recordsIn(values.components).flatMap(([name, over]) => {
      const target = Object.hasOwn(components, name) ? targetNamed(asRecord(components[name]).target) : undefined;
      const result = target === undefined ? undefined : z.safeParse(target.overrides, over);
      const path = ['environments', environment, 'components', name];
      return result?.error?.issues.map(issue => ({ ...issue, path: [...path, ...issue.path] })) ?? [];
    }),
  );
}

function within(path: Path, mistakes: readonly Mistake[]): readonly Mistake[] {
  return mistakes.map(mistake => ({ ...mistake, path: [...path, ...mistake.path] }));
}
