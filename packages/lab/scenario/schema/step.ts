import * as z from 'zod/mini';
import { commandLine } from './command-line.ts';
import { expectation } from './expectation.ts';
import { happening, meanwhile } from './happening.ts';
import { described, duration, of, text } from './words.ts';

/** What somebody answers when an environment asks; each answer is described for itself. */
const review = () =>
  z.strictObject({
    by: text('Who.'),
    environment: text('The environment.'),
    of,
    after: z.optional(duration('How long they take.')),
    comment: z.optional(described(z.string(), 'What they write.')),
  });

/** One step of a story: what somebody does, what happens meanwhile, what must have come of it. */
export const step = z
  .strictObject({
    chapter: z.optional(text('A heading: what this part of the story shows.')),
    'edit-file': z.optional(
      described(
        z.strictObject({
          by: text('Who.'),
          branch: text('The branch.'),
          path: text('The file.'),
          replace: z.record(z.string(), z.string()),
        }),
        'Somebody edits a file in the browser: GitHub signs that commit.',
      ),
    ),
    approve: z.optional(described(review(), 'Somebody approves an environment.')),
    reject: z.optional(described(review(), 'Somebody refuses it.')),
    rerun: z.optional(
      described(
        z.strictObject({
          by: text('Who.'),
          of,
          'failed-only': z.optional(described(z.boolean(), 'Only the jobs that failed.')),
        }),
        'Somebody runs it again.',
      ),
    ),
    'command-line': commandLine,
    wait: z.optional(duration('Let lab time pass.')),
    ...happening,
    meanwhile,
    refused: z.optional(text('The act of this step is refused, and this is in what GitHub or AWS says.')),
    expect: z.optional(z.array(expectation).check(z.minLength(1))),
  })
  .check(
    z.refine(step => actsOf(step).length <= 1, 'one act a step: the next one is a step of its own'),
    z.refine(
      step => step.refused === undefined || Object.keys(step).some(isDeed),
      'nothing is done that could be refused',
    ),
  );

/** What somebody does in a step, besides what happens in the world meanwhile. */
export const acts = [
  'push',
  'tag',
  'publish',
  'edit-file',
  'approve',
  'reject',
  'dispatch',
  'schedule',
  'rerun',
  'cancel',
  'kill',
  'command-line',
] as const;

function actsOf(step: object): readonly string[] {
  return acts.filter(act => Reflect.get(step, act) !== undefined);
}

function isDeed(key: string): boolean {
  return !['chapter', 'refused', 'expect', 'meanwhile', 'wait'].includes(key);
}
