import { componentOf } from '#core/flow/component-of';
import type { Flow } from '#core/flow/parse';
import type { PossibleRelease } from '#core/plan/possible-releases';
import { rulesTable } from '#core/report/rules-table';
import { type Foresight, foresee } from '#core/tags/foresee';
import { versionFiles } from '#core/tags/package-version';
import type { GitHub } from '#github/client';
import { fileAt } from '#github/commits';
import { soughtOf } from '#github/sought';
import { tagsBeginning } from '#github/tags';

/** The next tag of each environment, judged on the commit as it would be after the merge, as far as that can be before it is there. */
export async function nextTags(
  github: GitHub,
  flow: Flow,
  possible: readonly PossibleRelease[],
  { base, sha }: { readonly base: string; readonly sha: string },
): Promise<readonly Foresight[]> {
  const listed = new Map<string, ReturnType<typeof namesOf>>();
  const names = (prefix: string) => {
    const found = listed.get(prefix) ?? namesOf(github, prefix);
    listed.set(prefix, found);
    return found;
  };
  const foreseen = possible.map(async ({ environment: place, pattern }) => {
    const environment = flow.environments[place];
    if (pattern === undefined || environment === undefined) return [];
    const components = [componentOf(flow, pattern) ?? Object.keys(flow.components)].flat();
    const paths = versionFiles(environment.tags.packages, components);
    const sought = await soughtOf('contents: read', async () => {
      const [known, files] = await Promise.all([
        names(pattern.prefix),
        Promise.all(paths.map(async path => ({ path, text: await fileAt(github, path, sha) }))),
      ]);
      return foresee({ pattern, environment, base, sha, names: known, files, enforce: flow.enforce });
    });
    if (sought.known) return [sought.value];
    const { finding } = sought;
    return [
      {
        environment: place,
        tag: pattern.text,
        rules: [{ ...finding, rule: 'tags', verdict: 'inconclusive' as const }],
        later: [],
      },
    ];
  });
  return (await Promise.all(foreseen)).flat();
}

async function namesOf(github: GitHub, prefix: string): Promise<readonly string[]> {
  return (await tagsBeginning(github, `${prefix}v`)).map(({ name }) => name);
}

export function nextTagsPage(foresights: readonly Foresight[]): readonly string[] {
  return foresights.flatMap(({ environment, tag, rules, later }) => [
    `#### ${tag} → ${environment}`,
    '',
    rulesTable(rules),
    '',
    ...(later.length === 0 ? [] : [`Only once the tag is there: ${later.join(', ')}.`, '']),
  ]);
}
