import * as z from 'zod/mini';
import { described, map, texts } from './words.ts';

/** Programs that jobs find on their PATH, and the files outside of every runner that they work on. */

export const tools = described(
  z.record(z.string(), z.string()),
  'Programs on the PATH of every job: Node scripts, relative to this file.',
);

export const outside = described(
  z.record(z.string(), z.string()),
  'Files in a folder outside of every runner, which stays from job to job: what tools work on. They find it as $OUTSIDE.',
);

export const changeOutside = described(
  z.record(z.string(), z.nullable(z.string())),
  'Somebody else writes these files outside; `null` deletes one.',
);

export const expectOutside = described(
  map(z.nullable(texts('The file has these.'))),
  'Files outside, by path: what they hold, or `null` when there must be none.',
);
