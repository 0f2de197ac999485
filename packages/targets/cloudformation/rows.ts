import type { Change } from '#aws/cloudformation';
import type { ChangeRow } from '#core/target';
import { recreating } from './guard.ts';

/** More rows than this no reviewer reads; what is bold is always shown. */
const most = 100;

/** The change set as people read it: what is replaced or deleted first, and in bold. Values are not shown: they may be secrets. */
export function changeRows(changes: readonly Change[]): readonly ChangeRow[] {
  if (changes.length === 0) {
    return [{ what: 'stack', before: 'its tags, outputs or conditions', after: 'changed; no resource is touched' }];
  }
  const rows = changes.map(({ ResourceChange: change }) => rowOf(change ?? {}));
  const sorted = [...rows.filter(isBold), ...rows.filter(row => !isBold(row))];
  const shown = sorted.slice(0, Math.max(most, rows.filter(isBold).length));
  const left = sorted.length - shown.length;
  return left === 0
    ? shown
    : [...shown, { what: `${left} more resources`, before: '…', after: 'new or changed in place' }];
}

function isBold({ after }: ChangeRow): boolean {
  return after.includes('**');
}

type ResourceChange = NonNullable<Change['ResourceChange']>;

function rowOf(change: ResourceChange): ChangeRow {
  const { LogicalResourceId: name = '', ResourceType: type = '', PhysicalResourceId: id } = change;
  return { what: `${name} (${type})`, before: id === undefined ? 'nothing' : shortId(id), after: afterOf(change) };
}

function afterOf({ Action, Replacement, PolicyAction, Details = [], Scope = [] }: ResourceChange): string {
  const properties = [...new Set(Details.flatMap(({ Target }) => Target?.Name ?? []))];
  const because = recreating(Details).length === 0 ? '' : ` because of ${recreating(Details).join(', ')}`;
  const kept = PolicyAction?.endsWith('Retain')
    ? '; the old one is kept'
    : PolicyAction?.endsWith('Snapshot')
      ? '; a snapshot is kept'
      : '';
  switch (Action) {
    case 'Add':
      return 'new';
    case 'Import':
      return 'brought into the stack as it is';
    case 'Remove':
      return PolicyAction === 'Retain' ? 'kept, but no longer part of the stack' : `**deleted**${kept}`;
    case 'Modify':
      if (Replacement === 'True') return `**replaced**${because}${kept}`;
      if (Replacement === 'Conditional') return `**replaced, perhaps**${because}${kept}`;
      return `changed in place: ${properties.length > 0 ? properties.join(', ') : Scope.join(', ') || 'what depends on others'}`;
    default:
      return `**${Action ?? 'unknown'}**`;
  }
}

/** The last part of an ARN; names as they are. */
function shortId(id: string): string {
  return id.startsWith('arn:') ? (id.split(':').at(-1) ?? id) : id;
}
