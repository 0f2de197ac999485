import * as z from 'zod/mini';
import { expectation } from './expectation.ts';
import { happening, meanwhile } from './happening.ts';
import { described, duration, of, text } from './words.ts';

/** One step of a story: what somebody does, what happens meanwhile, what must have come of it. */
export const step = z.strictObject({
  chapter: z.optional(text('A heading: what this part of the story shows.')),
  push: z.optional(
    z.strictObject({
      by: text('Who pushes.'),
      message: text('The commit message.'),
      branch: z.optional(text('The branch; main unless said.')),
      files: z.optional(z.record(z.string(), z.nullable(z.string()))),
      version: z.optional(
        described(z.record(z.string(), z.string()), 'Sets `version` in the package.json of these folders.'),
      ),
    }),
  ),
  tag: z.optional(
    z.strictObject({
      name: text('The tag.'),
      by: text('Who.'),
      at: z.optional(text('A branch, tag or commit; main unless said.')),
      annotated: z.optional(z.boolean()),
      moved: z.optional(described(z.boolean(), 'The tag exists and is moved, by force.')),
    }),
  ),
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
  dispatch: z.optional(
    z.strictObject({
      workflow: text('File name of the workflow.'),
      by: text('Who.'),
      ref: z.optional(text('A branch or tag; main unless said.')),
      inputs: z.optional(z.record(z.string(), z.string())),
    }),
  ),
  rerun: z.optional(z.strictObject({ by: text('Who.'), of, 'failed-only': z.optional(z.boolean()) })),
  wait: z.optional(duration('Let lab time pass.')),
  ...happening,
  meanwhile,
  expect: z.optional(z.array(expectation)),
});
