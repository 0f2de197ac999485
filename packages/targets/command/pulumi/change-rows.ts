import { isDeepStrictEqual } from 'node:util';
import type { ChangeRow } from '#core/target';
import { changesSomething, countsText, destroys } from './operations.ts';
import type { Preview, PreviewStep } from './preview.ts';
import { resourceText } from './urn.ts';

/** More than these are counted, not listed: a table of a thousand rows is read by nobody. */
const listed = 50;

/** The longest value that is shown, in characters. */
const longest = 60;

/** The table that people read before `up`: one row for each resource that changes, what goes away first, in bold. */
export function previewRows(preview: Preview): readonly ChangeRow[] {
  const changing = withoutParts(preview.steps).filter(step => changesSomething(step.operation));
  const ordered = [
    ...changing.filter(step => destroys(step.operation)),
    ...changing.filter(step => !destroys(step.operation)),
  ];
  const rows = ordered.slice(0, listed).map(rowOf);
  const more = ordered.length - rows.length;
  const total = { what: 'all resources', before: '', after: countsText(preview.counts) };
  return [...rows, ...(more > 0 ? [{ what: `${more} more`, before: '', after: '' }] : []), total];
}

/** A replacement is told in three steps: one row is enough. */
function withoutParts(steps: readonly PreviewStep[]): readonly PreviewStep[] {
  const replaced = new Set(steps.filter(step => step.operation === 'replace').map(step => step.urn));
  return steps.filter(step => step.operation === 'replace' || !replaced.has(step.urn));
}

function rowOf(step: PreviewStep): ChangeRow {
  const names = changedProperties(step);
  const operation = destroys(step.operation) ? `**${step.operation}**` : step.operation;
  const because = step.replaceReasons.length === 0 ? '' : ` because of ${step.replaceReasons.join(', ')}`;
  const after = valuesText(names, step.after);
  return {
    what: resourceText(step.urn),
    before: valuesText(names, step.before),
    after: `${operation}${because}${after === '' ? '' : `: ${after}`}`,
  };
}

/** What differs between the inputs; nothing for what is made or goes away as a whole. */
function changedProperties({ before, after, diffReasons }: PreviewStep): readonly string[] {
  if (Object.keys(before).length === 0 || Object.keys(after).length === 0) return [];
  const names = new Set([...Object.keys(before), ...Object.keys(after)].toSorted());
  const differing = [...names].filter(name => !isDeepStrictEqual(before[name], after[name]));
  return differing.length > 0 ? differing : diffReasons;
}

function valuesText(names: readonly string[], values: PreviewStep['before']): string {
  return names.map(name => `${name} ${valueText(values[name])}`).join(', ');
}

/** Only plain values: lists and objects are named, not printed; Pulumi itself blinds what it knows as a secret. */
function valueText(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return value.length > longest ? `${value.slice(0, longest)}…` : value;
    case 'number':
    case 'boolean':
      return String(value);
    case 'undefined':
      return '–';
    default:
      return value === null ? '–' : '(…)';
  }
}
