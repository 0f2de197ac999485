import { asRecord } from '#core/flow/raw';
import { countsText, type OperationCounts } from './operations.ts';
import { countsOf, numberOf, parseJson, textOf } from './read-json.ts';

/** One entry of `pulumi stack history --json`. */
export interface StackUpdate {
  /** The number of the update; backends of files say 0 of every one (recorded). */
  readonly version: number;
  /** `update`, `preview`, `refresh`, `destroy`, `import`, … */
  readonly kind: string;
  readonly message: string;
  /** `succeeded`, `failed`, `in-progress`. */
  readonly result: string;
  /** ISO 8601. */
  readonly startTime: string;
  readonly endTime: string | undefined;
  readonly counts: OperationCounts;
  /** The commit that it was made from: as our message says, else as Pulumi saw it in the checkout. */
  readonly commit: string | undefined;
  /** Its configuration without the secrets; those are named only. */
  readonly config: Readonly<Record<string, string>>;
  readonly secretKeys: readonly string[];
}

/** Reads the whole list, newest first. `undefined` for anything else; a stack that was never updated has an empty one. */
export function readHistory(text: string): readonly StackUpdate[] | undefined {
  const value = parseJson(text);
  // A backend of files prints `null` for a list without entries.
  if (value === null) return [];
  return Array.isArray(value) ? value.map(readUpdate) : undefined;
}

function readUpdate(value: unknown): StackUpdate {
  const entry = asRecord(value);
  const config = Object.entries(asRecord(entry.config)).map(
    ([key, held]) => ({ key, ...asRecord(held) }) as ConfigEntry,
  );
  const endTime = textOf(entry.endTime);
  return {
    version: numberOf(entry.version) ?? 0,
    kind: textOf(entry.kind) ?? '',
    message: textOf(entry.message) ?? '',
    result: textOf(entry.result) ?? '',
    startTime: textOf(entry.startTime) ?? '',
    endTime,
    counts: countsOf(entry.resourceChanges),
    commit: commitOf(textOf(entry.message) ?? '', textOf(asRecord(entry.environment)['git.head']) ?? ''),
    // What does not say that it is no secret is one.
    config: Object.fromEntries(
      config.flatMap(({ key, secret, value }) => (secret === false ? [[key, String(value)]] : [])),
    ),
    secretKeys: config.flatMap(({ key, secret }) => (secret === false ? [] : [key])),
  };
}

/** What an update of ours is called in the history of the stack. */
export function messageOf(commit: string | null, run: string): string {
  return commit === null ? `release-actions run ${run}` : `release-actions commit ${commit} run ${run}`;
}

function commitOf(message: string, head: string): string | undefined {
  const own = /^release-actions commit ([0-9a-f]{40})\b/.exec(message)?.[1];
  return own ?? (head === '' ? undefined : head);
}

interface ConfigEntry {
  readonly key: string;
  readonly secret?: unknown;
  readonly value?: unknown;
}

/** `update succeeded 2026-11-21T05:49:56.000Z: 1 updated, 1 unchanged (commit 8f3c2a9d0b1e)` */
export function updateText({ kind, result, startTime, counts, commit }: StackUpdate): string {
  const from = commit === undefined ? '' : ` (commit ${commit.slice(0, 12)})`;
  return `${kind} ${result} ${startTime}: ${countsText(counts, 'did')}${from}`;
}

/** The newest change of the stack that ended well: what runs now came with it. */
export function lastGood(history: readonly StackUpdate[]): StackUpdate | undefined {
  return history.find(update => update.kind === 'update' && update.result === 'succeeded');
}
