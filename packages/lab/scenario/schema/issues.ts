import * as z from 'zod/mini';
import { count, described, expects, map, text, texts } from './words.ts';

/** What people do to issues, which a story knows by their title, and what is seen of them. */

const named = { by: text('Who.'), title: text('Its title, or the beginning of it with a * at the end.') };

export const issueHappenings = {
  'open-issue': z.optional(
    described(
      z.strictObject({ ...named, labels: z.optional(described(z.array(z.string()), 'Its labels.')) }),
      'Somebody opens an issue.',
    ),
  ),
  'edit-issue': z.optional(
    described(
      z.strictObject({
        ...named,
        replace: described(map(z.string()), 'Text of its body, and what stands there instead.'),
      }),
      'Somebody edits the body of an open issue: ticks a box, or unticks one.',
    ),
  ),
  'close-issue': z.optional(described(z.strictObject(named), 'Somebody closes an issue.')),
  'reopen-issue': z.optional(described(z.strictObject(named), 'Somebody opens an issue again that was closed.')),
};

export const issueExpectation = {
  issue: z.optional(
    described(
      z
        .strictObject({
          title: text('Its title, or the beginning of it with a * at the end; the first one of that title.'),
          times: z.optional(count('How many of that title there are, open or closed.')),
          open: z.optional(described(z.boolean(), 'Whether it is open.')),
          has: z.optional(texts('Its body has these.')),
          lacks: z.optional(texts('Its body has none of these.')),
          comments: z.optional(
            described(z.array(z.string()), 'What each of its comments has, the oldest first; `[]` for none at all.'),
          ),
        })
        .check(expects('times', 'open', 'has', 'lacks', 'comments')),
      'An issue, as people see it.',
    ),
  ),
};
