import * as z from 'zod/mini';
import { choice, documented, duration, list, parsed, type Reading, readUrl } from '../fields.ts';
import type { Mistake, Path } from '../problem.ts';

/** What every component says, whatever it is deployed to. */
export const commonKeys = {
  needs: z.optional(
    list(parsed(readName, 'A component of this file.'), 'Components that must be deployed before this one.', {
      examples: [['api']],
    }),
  ),
  timeout: z.optional(
    duration('How long the deployment may take before it counts as timed out.', { examples: ['30m'], default: '30m' }),
  ),
  'on-failure': z.optional(
    choice(
      ['rollback', 'leave'],
      'What to do when the deployment fails: go back to the last verified release, or leave everything as it is. ' +
        "Without it, the environment's on-failure decides.",
    ),
  ),
  'on-cancel': z.optional(
    choice(['rollback', 'leave'], 'What to do when the run is cancelled while the deployment is under way.', {
      default: 'rollback',
    }),
  ),
  url: z.optional(
    parsed(readUrlOrTemplate, 'Where people find it; shown in the summary.', {
      pattern: '^(https?://|\\{)',
      examples: ['https://api.{env}.example.com'],
    }),
  ),
} as const;

/** What the environment decides for a component that leaves it open. */
export interface Surroundings {
  readonly name: string;
  /** Absent when a component is deployed on its own, without an environment. */
  readonly environment?: string | undefined;
  readonly region?: string | undefined;
  readonly role?: string | undefined;
  readonly onFailure: 'rollback' | 'leave';
  readonly onCancel?: 'rollback' | 'leave' | undefined;
  /** Milliseconds. */
  readonly timeout?: number | undefined;
}

/** Ready to be deployed: names are filled in, durations are milliseconds. */
export interface CommonComponent extends Surroundings {
  readonly needs: readonly string[];
  /** Milliseconds. */
  readonly timeout: number;
  readonly onCancel: 'rollback' | 'leave';
  readonly url?: string | undefined;
}

const HALF_AN_HOUR = 30 * 60_000;

type CommonValues = z.output<ReturnType<typeof commonObject>>;

function commonObject() {
  return z.object(commonKeys);
}

export function readCommon(values: CommonValues, surroundings: Surroundings): CommonComponent {
  return {
    ...surroundings,
    needs: values.needs ?? [],
    timeout: values.timeout ?? surroundings.timeout ?? HALF_AN_HOUR,
    onFailure: values['on-failure'] ?? surroundings.onFailure,
    onCancel: values['on-cancel'] ?? surroundings.onCancel ?? 'rollback',
    url: values.url,
  };
}

/** A component as the file declares it, templates and all. */
export type Declaration = Readonly<Record<string, unknown>>;

/** A target as the rest of the flow file sees it: one file in this folder, one line in `registry.ts`. */
export interface Target<Name extends string, Component> {
  readonly name: Name;
  /** Every key that a component of this target may have. */
  readonly keys: readonly string[];
  /** The keys that are known at a path of its component; for hints. */
  keysAt(path: Path): readonly string[];
  /** Keys that stand for each other: an override that sets one of them replaces the others. */
  readonly alternatives: readonly string[];
  readonly schema: z.ZodMiniType;
  /** All optional, without `target` and `needs`, which hold everywhere: what an environment may override. */
  readonly overrides: z.ZodMiniType;
  /** Impossible combinations. Runs on declarations that the schema refuses as well: expect any type. */
  rules(declaration: Declaration): readonly Mistake[];
  /** Expects a declaration whose templates are filled in. `issues` are those of the schema, relative to the component. */
  read(declaration: Declaration, surroundings: Surroundings): ReadResult<Component>;
}

export type ReadResult<Component> =
  | { readonly ok: true; readonly component: Component }
  | { readonly ok: false; readonly issues: readonly z.core.$ZodIssue[] };

export interface TargetDefinition<Name extends string, Keys extends z.core.$ZodShape, Component> {
  readonly name: Name;
  readonly description: string;
  readonly keys: Keys;
  readonly alternatives?: readonly string[];
  readonly rules?: (declaration: Declaration) => readonly Mistake[];
  readonly read: (values: z.output<z.ZodMiniObject<Keys, z.core.$strict>>, surroundings: Surroundings) => Component;
}

export function defineTarget<const Name extends string, Keys extends z.core.$ZodShape, Component>(
  definition: TargetDefinition<Name, Keys, Component>,
) {
  const own = z.strictObject(definition.keys);
  const target = documented(z.literal(definition.name), definition.description);
  const schema = documented(z.extend(own, { target }), definition.description);
  const { needs: _, ...overridable } = definition.keys;
  const overrides = z.partial(z.strictObject(overridable));
  return {
    name: definition.name,
    keys: ['target', ...Object.keys(definition.keys)],
    keysAt: (path: Path) => shapeKeys(schema, path),
    alternatives: definition.alternatives ?? [],
    schema,
    overrides,
    rules: definition.rules ?? (() => []),
    read: (declaration: Declaration, surroundings: Surroundings): ReadResult<Component> => {
      const { target: _, ...rest } = declaration;
      const result = z.safeParse(own, rest);
      if (!result.success) return { ok: false, issues: result.error.issues };
      return { ok: true, component: definition.read(result.data, surroundings) };
    },
  };
}

/** What a mapping inside a schema may hold; nothing where anything goes. */
function shapeKeys(schema: z.core.$ZodType, path: Path): readonly string[] {
  const { def } = schema._zod;
  if (isOptional(def)) return shapeKeys(def.innerType, path);
  if (!isObject(def)) return [];
  const [first, ...rest] = path;
  if (first === undefined) return Object.keys(def.shape);
  const inner = def.shape[first];
  return inner === undefined ? [] : shapeKeys(inner, rest);
}

function isOptional(def: z.core.$ZodTypeDef): def is z.core.$ZodOptionalDef {
  return def.type === 'optional';
}

function isObject(def: z.core.$ZodTypeDef): def is z.core.$ZodObjectDef {
  return def.type === 'object';
}

/** Before its templates are filled in, a URL may begin with one; then it is checked again. */
function readUrlOrTemplate(written: string): Reading<string> {
  return written.startsWith('{') ? { ok: true, value: written } : readUrl(written);
}

function readName(written: string): Reading<string> {
  return written === '' ? { ok: false, message: 'is empty' } : { ok: true, value: written };
}
