import type { ChangeRow } from '../target.ts';

/** What a plan of Terraform or OpenTofu would do, for people: `show -json` of the plan file, version 1.x of its format. */
export interface PlanSummary {
  readonly rows: readonly ChangeRow[];
  readonly counts: PlanCounts;
}

export interface PlanCounts {
  readonly create: number;
  readonly update: number;
  readonly replace: number;
  readonly delete: number;
  /** Outputs that get another value. */
  readonly outputs: number;
}

/** More rows than that are counted, not shown. */
const shownRows = 100;
/** Attributes of one resource. */
const shownAttributes = 4;
const longestValue = 60;

/**
 * Undefined for anything that is not a plan. Values that are marked sensitive are never in it; nor are unknown ones.
 * Source: developer.hashicorp.com/terraform/internals/json-format, “Plan Representation” and “Change Representation”.
 */
export function summarisePlan(module: string, plan: unknown): PlanSummary | undefined {
  if (!isRecord(plan) || typeof plan.format_version !== 'string' || !plan.format_version.startsWith('1.')) {
    return undefined;
  }
  const changes = resourceChanges(plan);
  const counted = (action: Action) => changes.filter(change => change.action === action).length;
  const outputs = Object.values(isRecord(plan.output_changes) ? plan.output_changes : {}).filter(changesSomething);
  const counts: PlanCounts = {
    create: counted('create'),
    update: counted('update'),
    replace: counted('replace'),
    delete: counted('delete'),
    outputs: outputs.length,
  };
  const label = module === '.' ? '' : `${module}: `;
  // What goes away comes first: it is what people must not overlook.
  const ordered = changes.toSorted((one, other) => weights[one.action] - weights[other.action]);
  const rows = ordered.slice(0, shownRows).map(change => rowOf(label, change));
  const left = ordered.length - rows.length;
  return {
    counts,
    rows: left === 0 ? rows : [...rows, { what: `${label}and ${left} more`, before: '', after: 'see the plan' }],
  };
}

/** `2 to create, 1 to update, 1 to replace, 0 to delete` */
export function countsText({ create, update, replace, delete: gone, outputs }: PlanCounts): string {
  const resources = `${create} to create, ${update} to update, ${replace} to replace, ${gone} to delete`;
  return outputs === 0 ? resources : `${resources}, ${outputs} outputs`;
}

type Action = 'create' | 'update' | 'replace' | 'delete';

const weights: Readonly<Record<Action, number>> = { delete: 0, replace: 1, update: 2, create: 3 };

interface ResourceChange {
  readonly address: string;
  readonly action: Action;
  readonly because: string;
  readonly change: Readonly<Record<string, unknown>>;
}

function resourceChanges(plan: Readonly<Record<string, unknown>>): readonly ResourceChange[] {
  const list: readonly unknown[] = Array.isArray(plan.resource_changes) ? plan.resource_changes : [];
  return list.filter(isRecord).flatMap(({ address, change, action_reason: reason, mode }) => {
    const action = isRecord(change) && mode === 'managed' ? actionOf(change.actions) : undefined;
    if (action === undefined || !isRecord(change)) return [];
    const because =
      typeof reason === 'string' ? reason.replace(/^(replace|delete)_because_/, '').replaceAll('_', ' ') : '';
    return { address: String(address), action, because, change };
  });
}

function actionOf(actions: unknown): Action | undefined {
  if (!Array.isArray(actions)) return undefined;
  if (actions.includes('create') && actions.includes('delete')) return 'replace';
  return (['create', 'update', 'delete'] as const).find(action => actions.includes(action));
}

function changesSomething(change: unknown): boolean {
  return isRecord(change) && Array.isArray(change.actions) && !change.actions.includes('no-op');
}

function rowOf(label: string, { address, action, because, change }: ResourceChange): ChangeRow {
  const why = because === '' ? '' : ` (${because})`;
  const what = `${label}${address}`;
  switch (action) {
    case 'create':
      return { what, before: 'nothing', after: 'created' };
    case 'delete':
      return { what, before: 'there', after: `**deleted**${why}` };
    case 'update': {
      const [before, after] = differences(change);
      return { what, before, after };
    }
    case 'replace': {
      const [before, after] = differences(change);
      return { what, before, after: `**replaced**${why}${after === '' ? '' : `: ${after}`}` };
    }
  }
}

/** The attributes that change, before and after. */
function differences(change: Readonly<Record<string, unknown>>): readonly [string, string] {
  const before = isRecord(change.before) ? change.before : {};
  const after = isRecord(change.after) ? change.after : {};
  const unknown = isRecord(change.after_unknown) ? change.after_unknown : {};
  const names = [...new Set([...Object.keys(before), ...Object.keys(after), ...Object.keys(unknown)])].filter(
    name => holdsTrue(unknown[name]) || JSON.stringify(before[name] ?? null) !== JSON.stringify(after[name] ?? null),
  );
  // What is merely computed anew is told only where nothing else changes.
  const known = names.filter(name => !holdsTrue(unknown[name]));
  const told = known.length > 0 ? known : names;
  const shown = told.slice(0, shownAttributes);
  const more = told.length > shown.length ? ` and ${told.length - shown.length} more` : '';
  const was = shown.map(name => `${name} = ${valueText(before[name], at(change.before_sensitive, name))}`);
  const becomes = shown.map(name =>
    holdsTrue(unknown[name])
      ? `${name} = (known after apply)`
      : `${name} = ${valueText(after[name], at(change.after_sensitive, name) || at(change.before_sensitive, name))}`,
  );
  return [was.join(', '), shown.length === 0 ? '' : `${becomes.join(', ')}${more}`];
}

/** Whether anything in this attribute is sensitive: then all of it is hidden. */
function at(marks: unknown, name: string): boolean {
  return marks === true || (isRecord(marks) && holdsTrue(marks[name]));
}

function holdsTrue(marks: unknown): boolean {
  if (marks === true) return true;
  if (Array.isArray(marks)) return marks.some(holdsTrue);
  return isRecord(marks) && Object.values(marks).some(holdsTrue);
}

function valueText(value: unknown, sensitive: boolean): string {
  if (sensitive) return '(sensitive)';
  const text = JSON.stringify(value ?? null);
  return text.length > longestValue ? `${text.slice(0, longestValue)}…` : text;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
