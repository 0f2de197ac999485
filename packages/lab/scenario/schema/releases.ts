import * as z from 'zod/mini';
import { described, expects, text, texts } from './words.ts';

/** What is seen of tags, and of the releases on GitHub. */
export const releaseExpectations = {
  tags: z.optional(
    described(
      z.record(z.string(), z.string()),
      'Every tag, and the first line of the commit that it names, as `v1.3.0: "feat: teams"`; `{}` for none at all.',
    ),
  ),
  releases: z.optional(
    described(
      z.array(z.string()),
      'The tags of all releases on GitHub, drafts included, the oldest first; `[]` for none.',
    ),
  ),
  release: z.optional(
    described(
      z
        .strictObject({
          tag: text('Its tag.'),
          draft: z.optional(described(z.boolean(), 'Whether it is a draft.')),
          prerelease: z.optional(described(z.boolean(), 'Whether it is marked as a prerelease.')),
          latest: z.optional(described(z.boolean(), 'Whether GitHub shows it as the latest one.')),
          annotated: z.optional(described(z.boolean(), 'Whether its tag is an object of its own.')),
          has: z.optional(texts('Its notes have these.')),
          lacks: z.optional(texts('Its notes have none of these.')),
        })
        .check(expects('draft', 'prerelease', 'latest', 'annotated', 'has', 'lacks')),
      'A release on GitHub, as people see it.',
    ),
  ),
};
