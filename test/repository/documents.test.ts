import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { gateNames } from '#core/flow/gates/registry';
import { openFlow, parseFlow } from '#core/flow/parse';
import { parsePolicy } from '#core/flow/policy/policy';
import { formatProblem } from '#core/flow/problem';
import { reasons } from '#core/reasons';
import { scenario } from '../../packages/lab/scenario/schema.ts';
import { gatesPage } from '../../scripts/docs/gates-page.ts';
import { repository } from './modules.ts';

/** What people copy from the documents has to work, and what they click has to be there. */
const documents = globSync('**/*.md', {
  cwd: repository,
  exclude: ['**/node_modules', 'build', 'dist', 'report'],
}).toSorted();
const read = (path: string) => readFileSync(join(repository, path), 'utf8');

test.each(documents)('%s: every link to a file or to a heading leads somewhere', path => {
  expect(deadLinks(path, read(path))).toEqual([]);
});

test('the flow file of README.md is one', () => {
  const [flow = ''] = blocks(read('README.md'), 'yaml').filter(text => text.includes('release-flow.schema.json'));
  expect(parseFlow(flow, { file: 'README.md' })).toMatchObject({ ok: true });
});

test('every example of docs/gates.md is part of a flow file', () => {
  const component = 'components: { api: { target: ecs, cluster: a, service: b, container: c, repository: d } }';
  const examples = blocks(read('docs/gates.md'), 'yaml').filter(text => /^environments:/m.test(text));
  const results = examples.map(text =>
    parseFlow(`version: 1\nservice: s\n${component}\n${text}`, { file: 'gates.md' }),
  );
  expect(results.length).toBeGreaterThan(0);
  expect(results.flatMap(result => (result.ok ? [] : result.problems))).toEqual([]);
});

test('docs/gates.md has a section for every gate and for what goes with them, each with a YAML line and a rendered example', () => {
  const page = read('docs/gates.md').replaceAll(/^```markdown\n.*?^```/gms, '');
  const keys = [...gateNames, 'approve', 'break-glass', 'queue'];
  const lacking = keys.filter(key => {
    const own = page.split(/^## /m).filter(section => blocks(section, 'yaml').some(text => keyed(text, key)));
    return !own.some(section => /^\| [a-z -]+ \| (✔ pass|✖ fail|⏳ wait|\? inconclusive) \| /m.test(section));
  });
  expect(lacking).toEqual([]);
});

test('every rendered example of docs/gates.md is, word for word, what the rules say of facts under the YAML above it', () => {
  const page = read('docs/gates.md');
  expect(gatesPage(page)).toBe(page);
});

test('the test can fail: another word in an example, and an example of which nobody knows the facts', () => {
  const page = read('docs/gates.md');
  const row = '| queue | ⏳ wait | 1.3.0 waits in prod and comes first. |';
  expect(page).toContain(row);
  expect(gatesPage(page.replace(row, row.replace('waits', 'stands')))).toBe(page);
  expect(() => gatesPage(page.replace('### Several', '### Many'))).toThrow('“Many” shows 1 examples; there are 0');
});

function keyed(text: string, key: string): boolean {
  return new RegExp(`^\\s+${key}: `, 'm').test(text) || new RegExp(`^\\s+${key}:$`, 'm').test(text);
}

test('docs/policy.md: its flow file is refused under its policy, in the words that it shows', () => {
  const page = read('docs/policy.md');
  const [rules = '', flow = ''] = blocks(page, 'yaml');
  const [, shown = ''] = /^```\n(\.github.*?)\n```/ms.exec(page) ?? [];
  const named = openFlow(flow, 'flow.yml').policy;
  const policy = named === undefined ? undefined : parsePolicy(rules, named);
  if (policy?.ok !== true)
    throw new Error('The policy of docs/policy.md is none, or its flow file does not extend it.');
  const result = parseFlow(flow, { file: '.github/release-flow.yml', policy: policy.policy });
  expect(result.ok ? [] : result.problems.map(formatProblem)).toEqual(shown.split('\n'));
});

test('docs/reasons.md lists no reason that nobody is ever given', () => {
  const sources = globSync('{actions,packages}/**/*.ts', { cwd: repository })
    .filter(path => !/^packages\/(lab|core\/reasons)\//.test(path))
    .map(read)
    .join('\n');
  expect(Object.keys(reasons).filter(reason => !sources.includes(`'${reason}'`))).toEqual([]);
});

test('the scenario of packages/lab/README.md is one', () => {
  const [text = ''] = blocks(read('packages/lab/README.md'), 'yaml');
  expect(scenario.safeParse(parse(text))).toMatchObject({ success: true });
});

test('the test can fail: a file that is not there, a heading that is not there', () => {
  const text = '[a](no.md) [b](README.md#no-such) [c](README.md) [d](https://example.com) [e](#here)\n\n# Here';
  expect(deadLinks('test.md', text)).toEqual(['no.md', 'README.md#no-such']);
});

function deadLinks(path: string, text: string): readonly string[] {
  const links = [...text.replaceAll(/^```.*?^```/gms, '').matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
  return links.filter(link => {
    if (/^[a-z]+:/.test(link)) return false;
    const [file = '', heading] = link.split('#');
    const target = file === '' ? path : join(dirname(path), file);
    if (file !== '' && !existsSync(join(repository, target))) return true;
    return heading !== undefined && !anchors(file === '' ? text : read(target)).includes(heading);
  });
}

/** As GitHub makes them: lower case, no punctuation, dashes for blanks. */
function anchors(text: string): readonly string[] {
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

function blocks(text: string, language: string): readonly string[] {
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))].map(([, block = '']) => block);
}
