/** How often each operation occurs, by Pulumi’s name of it: `same`, `create`, `update`, `delete`, `replace`, … */
export type OperationCounts = Readonly<Record<string, number>>;

/** Operations that leave a resource alone. Whatever is not in here changes something, a name that is new to us included. */
const quiet: ReadonlySet<string> = new Set([
  'same',
  'read',
  'refresh',
  'read-discard',
  'discard',
  'remove-pending-replace',
]);

export function changesSomething(operation: string): boolean {
  return !quiet.has(operation);
}

export function changeCount(counts: OperationCounts): number {
  return Object.entries(counts).reduce((sum, [operation, count]) => sum + (changesSomething(operation) ? count : 0), 0);
}

/** Operations that a person has to see: what is there goes. */
export function destroys(operation: string): boolean {
  return /^(delete|replace)|-(delete|replace(ment)?|replaced)$/.test(operation);
}

/** `1 to create, 2 to update, 5 unchanged` */
export function countsText(counts: OperationCounts, form: 'will' | 'did' = 'will'): string {
  const words = Object.entries(counts)
    .filter(([operation, count]) => count > 0 && operation !== 'same')
    .toSorted(([one], [other]) => one.localeCompare(other))
    .map(([operation, count]) => (form === 'will' ? `${count} to ${operation}` : `${count} ${past(operation)}`));
  const same = counts.same ?? 0;
  return [...words, ...(same > 0 ? [`${same} unchanged`] : [])].join(', ') || 'nothing';
}

function past(operation: string): string {
  return operation.endsWith('e') ? `${operation}d` : operation;
}
