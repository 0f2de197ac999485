import { formatDuration } from '../duration.ts';
import type { Finding } from '../finding.ts';

/**
 * One line of `plan -json` or `apply -json`.
 * Source: developer.hashicorp.com/terraform/internals/machine-readable-ui.
 */
export interface TerraformEvent {
  readonly type: string;
  readonly level: string;
  readonly message: string;
  readonly diagnostic?: Diagnostic;
  /** Values of outputs that are not sensitive. */
  readonly outputs?: Readonly<Record<string, string>>;
}

export interface Diagnostic {
  readonly severity: string;
  readonly summary: string;
  readonly detail: string;
  /** `terraform_data.a` */
  readonly address?: string;
  /** `main.tf:18` */
  readonly place?: string;
}

/** Undefined for a line that is no event: warnings of the tool about itself, say. */
export function readEvent(line: string): TerraformEvent | undefined {
  const value = parse(line);
  if (!isRecord(value) || typeof value.type !== 'string') return undefined;
  const diagnostic = isRecord(value.diagnostic) ? readDiagnostic(value.diagnostic) : undefined;
  return {
    type: value.type,
    level: textOf(value['@level']),
    message: textOf(value['@message']).trim(),
    ...(diagnostic === undefined ? {} : { diagnostic }),
    ...(isRecord(value.outputs) ? { outputs: readOutputs(value.outputs) } : {}),
  };
}

function readDiagnostic(value: Readonly<Record<string, unknown>>): Diagnostic {
  const { range, address } = value;
  const start = isRecord(range) && isRecord(range.start) ? range.start : {};
  return {
    severity: textOf(value.severity),
    summary: textOf(value.summary),
    detail: textOf(value.detail),
    ...(typeof address === 'string' ? { address } : {}),
    ...(isRecord(range) ? { place: `${textOf(range.filename)}:${String(start.line)}` } : {}),
  };
}

function readOutputs(outputs: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(outputs).flatMap(([name, output]) => {
      if (!isRecord(output) || output.sensitive !== false || output.value === undefined) return [];
      const { value } = output;
      return [[name, typeof value === 'string' ? value : JSON.stringify(value)] as const];
    }),
  );
}

/** What people want to follow; refreshing, versions and the plan’s own lines are left out. */
const told = new Set([
  'apply_start',
  'apply_progress',
  'apply_complete',
  'apply_errored',
  'change_summary',
  'provision_progress',
  'log',
]);

export function isTold({ type }: TerraformEvent): boolean {
  return told.has(type);
}

/** `Error: local-exec provisioner error (terraform_data.s, main.tf:18)` and its detail, line by line. */
export function diagnosticLines({ severity, summary, detail, address, place }: Diagnostic): readonly string[] {
  const where = [address, place].filter(part => part !== undefined).join(', ');
  const head = `${severity === 'warning' ? 'Warning' : 'Error'}: ${summary}${where === '' ? '' : ` (${where})`}`;
  return [head, ...detail.split('\n').filter(line => line.trim() !== '')];
}

/** Who holds a state, as the tool tells whoever does not get the lock. */
export interface StateLock {
  readonly id: string;
  readonly who: string;
  readonly operation: string;
  /** Epoch ms; NaN where it is not a time. */
  readonly created: number;
}

/** In the detail of a diagnostic, or in what `init` writes to standard error. */
export function readLock(text: string): StateLock | undefined {
  if (!/state lock/i.test(text)) return undefined;
  const field = (name: string) => new RegExp(`^\\W*${name}:[ \\t]*(.*?)\\s*$`, 'm').exec(text)?.[1] ?? '';
  const created = field('Created').replace(/^(\S+) (\S+?)(\.\d+)? .*$/, '$1T$2Z');
  return { id: field('ID'), who: field('Who'), operation: field('Operation'), created: Date.parse(created) };
}

/** Somebody else’s lock: who, since when, and what a person may do about it. It is never taken from them. */
export function lockedFinding(
  { module, folder, program }: { readonly module: string; readonly folder: string; readonly program: string },
  lock: StateLock,
  now: number,
): Finding {
  const { id, who, operation, created } = lock;
  const holder = who === '' ? 'somebody' : who;
  const age = Number.isNaN(created) ? '' : ` for ${formatDuration(Math.max(0, now - created))}`;
  const doing = operation === '' ? '' : ` (${operation.replace('OperationType', '').toLowerCase()})`;
  // From the top of the repository, where people are.
  const path = [folder, module].filter(part => part !== '.').join('/');
  const there = path === '' ? '' : ` -chdir=${path}`;
  return {
    reason: 'state-locked',
    message: `The state of ${module} has been locked by ${holder}${age}${doing}; lock ${id === '' ? 'without an id' : id}.`,
    evidence: { module, who, operation, lock: id, ...(Number.isNaN(created) ? {} : { since: isoOf(created) }) },
    next: `Wait until ${holder} is done and start the run again. Only when nobody works on it any more: \`${program}${there} force-unlock ${id}\`.`,
  };
}

function isoOf(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}

export function isStale({ summary }: Diagnostic): boolean {
  return /saved plan is stale/i.test(summary);
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
