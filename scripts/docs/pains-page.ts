import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { table } from './table.ts';

/** Which scenario shows that a pain of another tool is gone: its `beats`, the other way round. */
export function painsPage(root: string): string {
  const shown = globSync('test/scenarios/**/*.yml', { cwd: root })
    .toSorted()
    .flatMap(path => {
      const { name = '', beats = [] } = parse(readFileSync(join(root, path), 'utf8')) as {
        readonly name?: string;
        readonly beats?: readonly string[];
      };
      return beats.map(pain => ({ pain, link: `[${name}](../${path})` }));
    });
  const rows = Object.entries(Object.groupBy(shown, ({ pain }) => pain))
    .toSorted(([one], [other]) => one.localeCompare(other, 'en', { numeric: true }))
    .map(([pain, scenarios = []]) => [pain, scenarios.map(({ link }) => link).join('<br>')]);
  return [
    '<!-- Generated from the scenarios by `npm run generate`. -->',
    '# What hurts elsewhere',
    '',
    'Issues of other tools, and the scenarios that show the pain to be gone. Each is played with the bundles that ship, and falls when',
    'the product does what hurts. They are the `beats` of the scenarios.',
    '',
    table(['issue', 'scenario'], rows),
    '',
  ].join('\n');
}
