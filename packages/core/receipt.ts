/**
 * What a component was at one moment, as its target can bring it back. The target owns the shape of `state`
 * and its version; everybody else only carries it.
 */
export interface Snapshot {
  readonly target: string;
  readonly schema: number;
  readonly state: Readonly<Record<string, unknown>>;
}

/** Stored for every change of a component: what ran before (nothing, on a first deployment), and what runs now. */
export interface Receipt {
  readonly component: string;
  readonly before: Snapshot | null;
  readonly after: Snapshot | null;
}

/** The schema of receipts as they travel between steps. */
const receiptsSchema = 1;

export function writeReceipts(receipts: readonly Receipt[]): string {
  const own = receipts.map(({ component, before, after }) => ({ component, before, after }));
  return JSON.stringify({ schema: receiptsSchema, receipts: own });
}

/** Reads what `writeReceipts` wrote; undefined for anything else. */
export function readReceipts(text: string): readonly Receipt[] | undefined {
  const value = parseJson(text);
  if (typeof value !== 'object' || value === null || !('schema' in value) || value.schema !== receiptsSchema)
    return undefined;
  const receipts = 'receipts' in value ? value.receipts : undefined;
  return Array.isArray(receipts) && receipts.every(isReceipt) ? receipts : undefined;
}

function isReceipt(value: unknown): value is Receipt {
  if (typeof value !== 'object' || value === null || !('component' in value) || !('before' in value)) return false;
  return typeof value.component === 'string' && (value.before === null || isSnapshot(value.before));
}

function isSnapshot(value: unknown): value is Snapshot {
  if (typeof value !== 'object' || value === null) return false;
  return (
    'target' in value &&
    typeof value.target === 'string' &&
    'schema' in value &&
    'state' in value &&
    typeof value.state === 'object'
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
