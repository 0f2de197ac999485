import type { Happening } from '#core/journal/event';
import { publishedAs } from '#core/journal/published';
import type { Plan } from '#core/plan/plan';
import type { ReleaseTag } from '#core/version/tag';
import { append, type Writer } from '#github/journal/append';
import type { GitHubRelease } from '#github/releases';

/** Writes down as what the release is known now, once: from then on a rollback finds it by that version. */
export async function record(
  writer: Writer,
  { environment, release }: Plan,
  { tag, version }: ReleaseTag,
  { draft, url }: GitHubRelease,
): Promise<void> {
  const published: Happening = { type: 'published', release, version, tag, ...(draft ? {} : { url }) };
  await append(writer, environment.name, ({ state }) => {
    const entry = publishedAs(state, release);
    return entry?.tag === tag && entry.url === published.url ? [] : [published];
  });
}
