import { formatDuration } from '#core/duration';
import { isSuccess } from '#core/outcome';
import type { ComponentEnding } from './component.ts';

/** More would not be read, and GitHub draws none of more than 50,000 characters. */
const shown = 40;

/** What was done when, step by step, as a picture that GitHub draws; nothing where nothing took its time. */
export function timeline(endings: readonly ComponentEnding[]): readonly string[] {
  const steps = endings
    .flatMap(({ component, steps: taken = [], outcome }) => taken.map(step => ({ ...step, component, outcome })))
    .toSorted((one, other) => one.began - other.began)
    .slice(0, shown);
  if (steps.length === 0) return [];
  const lines = steps.map(({ component, what, began, took, outcome }) => {
    const end = isSuccess(outcome) ? '' : `, ${outcome}`;
    return `  ${clockTime(began)} : ${words(component)}, ${words(what)}, ${formatDuration(took)}${end}`;
  });
  return ['', '```mermaid', 'timeline', '  title When what was done (UTC)', ...lines, '```'];
}

/** A colon would begin another event. */
function clockTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(11, 19).replaceAll(':', '.');
}

/** Text without what means something to the language of the picture, or ends its code block. */
function words(text: string): string {
  return text
    .replaceAll(/[^\p{L}\p{N} _./-]+/gu, ' ')
    .trim()
    .slice(0, 60);
}
