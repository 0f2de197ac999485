import type { Box } from '../boxes.ts';
import { path } from '../fields.ts';

/** A checklist as it was when the release was planned: whatever becomes of the file later, these are the boxes. */
export interface ChecklistPolicy {
  /** The file, on the default branch. */
  readonly path: string;
  /** In the order of the file. Empty until a release is planned. */
  readonly boxes: readonly Box[];
  /** The Markdown of the file without the boxes that rules decide: what the release’s issue begins with. */
  readonly body: string;
}

export const checklist = path(
  'A Markdown file with boxes, read from the default branch. People tick them in an issue before the release goes on; those with `<!-- rule: … -->` are decided by that rule.',
  { examples: ['.github/prod-checklist.md'] },
);

/** What is in the file is read when a release is planned. */
export function readChecklistKey(file: string): ChecklistPolicy {
  return { path: file, boxes: [], body: '' };
}
