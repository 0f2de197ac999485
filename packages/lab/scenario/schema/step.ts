import * as z from 'zod/mini';
import { expectation } from './expectation.ts';
import { happening, meanwhile } from './happening.ts';
import { described, duration, of, text } from './words.ts';

/** One step of a story: what somebody does, what happens meanwhile, what must have come of it. */
export const step = z.strictObject({
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
  approve: z.optional(
    z.strictObject({
      by: text('Who.'),
      environment: text('The environment.'),
      of,
      after: z.optional(duration('How long they take.')),
      comment: z.optional(z.string()),
    }),
  ),
  reject: z.optional(
    z.strictObject({
      by: text('Who.'),
      environment: text('The environment.'),
      of,
      after: z.optional(duration('How long they take.')),
      comment: z.optional(z.string()),
    }),
  ),
  rerun: z.optional(z.strictObject({ by: text('Who.'), of, 'failed-only': z.optional(z.boolean()) })),
  wait: z.optional(duration('Let lab time pass.')),
  ...happening,
  meanwhile,
  expect: z.optional(z.array(expectation)),
});
