import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { Action, Change, Configuration, Instance, PlanFile, State } from './shapes.ts';
import { configuration, lock, lockPath, readState } from './state.ts';
import { args, flags, Refusal, resourceOf, say, version } from './words.ts';

export interface Values {
  readonly of: (expression: unknown) => unknown;
  readonly isSensitive: (expression: unknown) => boolean;
}

export function valuesOf(config: Configuration): Values {
  const given = new Map(
    flags('var').map(text => [text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)]),
  );
  for (const path of flags('var-file')) {
    for (const [name, value] of Object.entries(variablesIn(path))) {
      if (!given.has(name)) given.set(name, value);
    }
  }
  const variable = (name: string): unknown => {
    const declared = config.variable?.[name];
    const value = given.get(name) ?? process.env[`TF_VAR_${name}`] ?? declared?.default;
    if (value !== undefined) return value;
    const detail = `The root module input variable "${name}" is not set, and has no default value. Use a -var or -var-file command line argument to provide a value for this variable.`;
    throw new Refusal('No value for required variable', detail);
  };
  for (const name of Object.keys(config.variable ?? {})) variable(name);
  const of = (expression: unknown): unknown => {
    if (Array.isArray(expression)) return expression.map(of);
    if (typeof expression !== 'string') return expression ?? null;
    const output = /^\$\{terraform_data\.(\w+)\.output\}$/.exec(expression)?.[1];
    if (output !== undefined) return of(config.resource?.terraform_data?.[output]?.input);
    const name = /^\$\{var\.(\w+)\}$/.exec(expression)?.[1];
    return name === undefined ? expression : variable(name);
  };
  const isSensitive = (expression: unknown): boolean =>
    [...JSON.stringify(expression ?? null).matchAll(/\$\{var\.(\w+)\}/g)].some(
      ([, name = '']) => config.variable?.[name]?.sensitive === true,
    );
  return { of, isSensitive };
}

/** JSON by the name of the file, else HCL: `environment = "prod"`. */
function variablesIn(path: string): Readonly<Record<string, string>> {
  const text = readFileSync(path, 'utf8');
  if (path.endsWith('.json')) return JSON.parse(text) as Record<string, string>;
  const lines = text.split('\n').filter(line => !/^\s*(#|$)/.test(line));
  return Object.fromEntries(
    lines.map(line => {
      const [, name, value] = /^\s*(\w+)\s*=\s*"([^"$]*)"\s*$/.exec(line) ?? [];
      if (name === undefined || value === undefined) throw new Error(`the stand-in cannot read “${line}” of ${path}`);
      return [name, value];
    }),
  );
}

export function changesOf(
  config: Configuration,
  state: State | undefined,
  { of, isSensitive }: Values,
): readonly Change[] {
  const wanted = config.resource?.terraform_data ?? {};
  const names = [...new Set([...Object.keys(wanted), ...Object.keys(state?.resources ?? {})])].toSorted();
  return names.map(name => {
    const block = wanted[name];
    const before = state?.resources[name];
    const after =
      block === undefined
        ? undefined
        : { input: of(block.input), triggers_replace: of(block.triggers_replace), sensitive: isSensitive(block.input) };
    const commandText = block?.provisioner?.['local-exec'].command;
    return { name, before, after, command: commandText, action: actionOf(before, after) };
  });
}

export function actionOf(before: Instance | undefined, after: Change['after']): Action {
  if (before === undefined) return 'create';
  if (after === undefined) return 'delete';
  const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);
  if (before.tainted === true || !same(before.triggers_replace, after.triggers_replace)) return 'replace';
  return same(before.input, after.input) ? 'noop' : 'update';
}

export const actionsOf: Readonly<Record<Action, readonly string[]>> = {
  ...{ create: ['create'], update: ['update'], replace: ['delete', 'create'], delete: ['delete'], noop: ['no-op'] },
};

/** `show -json` of a plan, as far as it is read. */
export function shownPlan(changes: readonly Change[], outputs: PlanFile['outputs'], state: State | undefined): object {
  return {
    format_version: '1.2',
    terraform_version: version,
    resource_changes: changes.map(({ name, action, before, after }) => ({
      ...{ address: `terraform_data.${name}`, mode: 'managed', type: 'terraform_data', name },
      provider_name: 'terraform.io/builtin/terraform',
      change: {
        actions: actionsOf[action],
        before: before === undefined ? null : attributes(before),
        after:
          after === undefined
            ? null
            : { ...(action === 'noop' && before ? attributes(before) : known(action, before, after)) },
        after_unknown: unknownOf(action),
        before_sensitive: before === undefined ? false : before.sensitive ? { input: true } : {},
        after_sensitive: after === undefined ? false : after.sensitive ? { input: true } : {},
      },
      ...(action === 'replace'
        ? { action_reason: before?.tainted === true ? 'replace_because_tainted' : 'replace_because_cannot_update' }
        : {}),
      ...(action === 'delete' ? { action_reason: 'delete_because_no_resource_config' } : {}),
    })),
    output_changes: Object.fromEntries(
      outputActions(outputs, state).map(([name, action]) => {
        const sensitive = outputs[name]?.sensitive ?? false;
        const [before, after] = [state?.outputs[name]?.value ?? null, outputs[name]?.value ?? null];
        return [
          name,
          { actions: actionsOf[action], before, after, before_sensitive: sensitive, after_sensitive: sensitive },
        ];
      }),
    ),
  };
}

export function attributes({ id, input, triggers_replace }: Instance): object {
  return { id, input, output: input, triggers_replace };
}

export function known(
  action: Action,
  before: Instance | undefined,
  { input, triggers_replace }: NonNullable<Change['after']>,
): object {
  return action === 'update' && before !== undefined
    ? { id: before.id, input, triggers_replace }
    : { input, triggers_replace };
}

export function unknownOf(action: Action): object {
  if (action === 'create' || action === 'replace') return { id: true, output: true };
  return action === 'update' ? { output: true } : {};
}

export function countsOf(changes: readonly Change[]) {
  const count = (...actions: readonly Action[]) => changes.filter(({ action }) => actions.includes(action)).length;
  return { add: count('create', 'replace'), change: count('update'), import: 0, remove: count('delete', 'replace') };
}

export async function plan(): Promise<number> {
  say('info', `OpenTofu ${version}`, { tofu: version, type: 'version', ui: '1.2' });
  const locks = !args.includes('-lock=false');
  if (locks) await lock('OperationTypePlan');
  try {
    const config = configuration();
    const state = readState();
    const values = valuesOf(config);
    const changes = changesOf(config, state, values);
    const outputs = Object.fromEntries(
      Object.entries(config.output ?? {}).map(([name, { value, sensitive = false }]) => [
        name,
        { value: values.of(value), sensitive },
      ]),
    );
    const open = changes.filter(({ action }) => action !== 'noop');
    sayPlanned(changes);
    const counts = countsOf(changes);
    const text = `Plan: ${counts.add} to add, ${counts.change} to change, ${counts.remove} to destroy.`;
    say('info', text, { changes: { ...counts, operation: 'plan' }, type: 'change_summary' });
    sayOutputs(outputs, state);
    const shown = shownPlan(changes, outputs, state);
    const [out] = flags('out');
    const made: PlanFile = { lineage: state?.lineage ?? '', serial: state?.serial ?? 0, changes, outputs, shown };
    if (out !== undefined) writeFileSync(out, JSON.stringify(made));
    const outputsChange = outputActions(outputs, state).some(([, action]) => action !== 'noop');
    return open.length > 0 || outputsChange ? 2 : 0;
  } finally {
    if (locks) rmSync(lockPath(), { force: true });
  }
}

/** Told by plan, and once more by apply. */
export function sayPlanned(changes: readonly Change[]): void {
  for (const { name, action, before } of changes.filter(change => change.action !== 'noop')) {
    const replaced = before?.tainted === true ? 'tainted' : 'cannot_update';
    const reason =
      action === 'replace'
        ? { reason: replaced }
        : action === 'delete'
          ? { reason: 'delete_because_no_resource_config' }
          : {};
    const change = { resource: resourceOf(name), action, ...reason };
    say('info', `terraform_data.${name}: Plan to ${action}`, { change, type: 'planned_change' });
  }
}

type Outputs = PlanFile['outputs'];

function sayOutputs(outputs: Outputs, state: State | undefined): void {
  const actions = outputActions(outputs, state);
  if (actions.length === 0) return;
  const told = actions.map(
    ([name, action]) => [name, { sensitive: outputs[name]?.sensitive ?? false, action }] as const,
  );
  say('info', `Outputs: ${actions.length}`, { outputs: Object.fromEntries(told), type: 'outputs' });
}

function outputActions(outputs: Outputs, state: State | undefined): readonly (readonly [string, Action])[] {
  const names = new Set([...Object.keys(outputs), ...Object.keys(state?.outputs ?? {})]);
  return [...names].map(name => {
    const [before, after] = [state?.outputs[name], outputs[name]];
    if (before === undefined) return [name, 'create'];
    if (after === undefined) return [name, 'delete'];
    return [name, JSON.stringify(before.value) === JSON.stringify(after.value) ? 'noop' : 'update'];
  });
}
