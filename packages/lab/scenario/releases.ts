import type { Expectation } from './schema.ts';
import { differs, holds, lacks } from './shortfall.ts';
import type { Stage } from './stage.ts';

/** What fell short of the tags and the releases on GitHub. */
export function releaseShortfalls(
  { repository }: Stage,
  { tags, releases, release }: Pick<Expectation, 'tags' | 'releases' | 'release'>,
): readonly string[] {
  const all = repository.releases();
  return [
    ...differs('tags', tags === undefined ? undefined : sorted(tags), sorted(tagsOf(repository))),
    ...differs(
      'releases',
      releases,
      all.map(({ tag }) => tag),
    ),
    ...(release === undefined ? [] : shortfallsOf(repository, release)),
  ];
}

function shortfallsOf(
  repository: Stage['repository'],
  { tag, draft, prerelease, latest, annotated, has, lacks: unwanted }: NonNullable<Expectation['release']>,
): readonly string[] {
  const found = repository.releases().find(each => each.tag === tag);
  const what = `release ${tag}`;
  if (found === undefined) return [`there is no ${what}`];
  const object = repository.refs().get(`refs/tags/${tag}`);
  return [
    ...differs(`whether ${what} is a draft`, draft, found.draft),
    ...differs(`whether ${what} is a prerelease`, prerelease, found.prerelease),
    ...differs(`whether ${what} is the latest`, latest, found.latest),
    ...differs(`whether the tag ${tag} is annotated`, annotated, object !== repository.resolve(`refs/tags/${tag}`)),
    ...lacks(`${what}, its notes,`, has, found.body),
    ...holds(`${what}, its notes,`, unwanted, found.body),
  ];
}

/** Every tag with the first line of its commit. */
function tagsOf(repository: Stage['repository']): Readonly<Record<string, string>> {
  const tags = [...repository.refs().keys()].filter(ref => ref.startsWith('refs/tags/'));
  return Object.fromEntries(
    tags.map(ref => {
      const sha = repository.resolve(ref);
      const [title = ''] = (sha === undefined ? '' : (repository.message(sha) ?? '')).split('\n');
      return [ref.replace('refs/tags/', ''), title];
    }),
  );
}

function sorted(tags: Readonly<Record<string, string>>): readonly (readonly [string, string])[] {
  return Object.entries(tags).toSorted(([one], [other]) => (one < other ? -1 : 1));
}
