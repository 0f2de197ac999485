import { asRecord } from '#core/flow/raw';
import type { Config, Project } from './project.ts';
import { notModelled, Refusal } from './refusal.ts';

/** What a program wants to be there. */
export interface Goal {
  readonly urn: string;
  readonly type: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** A change of one of these replaces the resource: the option of that name. */
  readonly replaceOnChanges: readonly string[];
  /** Of these the state's own value is taken once the resource is there: the option of that name. */
  readonly ignoreChanges: readonly string[];
}

export interface Outputs {
  readonly [name: string]: { readonly value: unknown; readonly secret: boolean };
}

export interface Goals {
  readonly stackUrn: string;
  readonly resources: readonly Goal[];
  readonly outputs: Outputs;
}

/** Runs the program: fills `${name}` with the configuration, in resources and outputs. */
export function runProgram(project: Project, stack: string, config: Config): Goals {
  const variables = variablesOf(project, config);
  const fill = (value: unknown) => filled(value, variables);
  const urn = (type: string, name: string) => `urn:pulumi:${stack}::${project.name}::${type}::${name}`;
  return {
    stackUrn: urn('pulumi:pulumi:Stack', `${project.name}-${stack}`),
    resources: Object.entries(project.resources).map(([name, declared]) => {
      const { type, properties, options } = asRecord(declared);
      if (typeof type !== 'string') throw new Refusal(`resource ${name} has no type`);
      const { replaceOnChanges, ignoreChanges, ...others } = asRecord(options);
      if (Object.keys(others).length > 0) throw notModelled(`the resource options ${Object.keys(others).join(', ')}`);
      return {
        urn: urn(type, name),
        type,
        inputs: asRecord(fill(properties)),
        replaceOnChanges: namesIn(replaceOnChanges),
        ignoreChanges: namesIn(ignoreChanges),
      };
    }),
    outputs: Object.fromEntries(
      Object.entries(project.outputs).map(([name, output]) => {
        const inner = asRecord(output)['fn::secret'];
        return [
          name,
          inner === undefined ? { value: fill(output), secret: false } : { value: fill(inner), secret: true },
        ];
      }),
    ),
  };
}

function namesIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function variablesOf(project: Project, config: Config): ReadonlyMap<string, unknown> {
  const prefix = `${project.name}:`;
  const defaults = Object.entries(project.config).map(([key, declared]) => [key, asRecord(declared).default] as const);
  const given = Object.entries(config).flatMap(([key, { value }]) =>
    key.startsWith(prefix) ? [[key.slice(prefix.length), value] as const] : [],
  );
  return new Map<string, unknown>([...defaults, ...given]);
}

function filled(value: unknown, variables: ReadonlyMap<string, unknown>): unknown {
  if (typeof value === 'string') return filledText(value, variables);
  if (Array.isArray(value)) return value.map(entry => filled(entry, variables));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, filled(entry, variables)]));
}

/** `${name}` alone keeps the type of its value; within a text it becomes text. */
function filledText(text: string, variables: ReadonlyMap<string, unknown>): unknown {
  const look = (name: string) => {
    const value = variables.get(name);
    if (value === undefined) throw new Refusal(`resource, variable, or config value "${name}" not found`);
    return value;
  };
  const alone = /^\$\{([A-Za-z][\w-]*)\}$/.exec(text)?.[1];
  if (alone !== undefined) return look(alone);
  return text.replaceAll(/\$\{([^}]*)\}/g, (_, name: string) => {
    if (!/^[A-Za-z][\w-]*$/.test(name)) throw notModelled(`the expression \${${name}}`);
    return String(look(name));
  });
}
