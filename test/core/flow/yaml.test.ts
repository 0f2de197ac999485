import { describe, expect, test } from '@jest/globals';
import { flowOf, problemsOf, small, warningsOf } from './fixture.ts';

describe('what is not YAML is told alone, with the likely reason', () => {
  test.each([
    ['a tab', small({ environment: '\tfrom: main' }), /^\d+:\d+ a tab is used to indent \(YAML indents with spaces\)$/],
    [
      'a template at the beginning of a value',
      'a: {env}-api\n',
      /^1:9 .* \(quote a value that begins with \{, as in "\{env\}-api"\)$/,
    ],
    [
      'a template inside a list',
      'a: [x-{env}-y]\n',
      /\(quote a value with \{…\} when it stands inside \[…\] or \{…\}\)$/,
    ],
    ['a colon in a text', 'a: b: c\n', /\(quote text that contains a colon followed by a space\)$/],
    ['a team without quotes', 'a: @org/ops\n', /\(quote text that begins with @, ` or %\)$/],
    ['a quote that never ends', 'a: "b\nc: d\n', /^\d+:\d+ Missing closing "quote$/],
    ['a second document', 'a: 1\n---\nb: 2\n', /^2:1 a second document begins here \(remove the line `---`\)$/],
    ['a tag', 'a: !Ref b\n', /^1:4 tags like `!name` are not known here/],
    ['an older YAML', '%YAML 1.1\n---\na: no\n', /^1:1 only YAML 1.2 is read/],
    ['too much', `a: ${'x'.repeat(300_000)}`, /^1:1 the file is larger than 256 KiB$/],
    ['too many brackets', '['.repeat(20_000), /^1:1 the file is nested too deeply$/],
    ['too many dashes', '- '.repeat(20_000), /^1:1 the file is nested too deeply$/],
    [
      'too many indents',
      Array.from({ length: 90 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'),
      /nested too deeply/,
    ],
  ])('%s', (_, text, problem) => {
    const problems = problemsOf(text);
    expect(problems.length).toBeGreaterThan(0);
    expect(problems[0]).toMatch(problem);
  });

  test.each([
    ['', 'nothing'],
    ['# only a comment\n', 'a comment'],
  ])('%j is %s', text => {
    expect(problemsOf(text)).toEqual(['1:1 there is nothing in it']);
  });
});

describe('keys', () => {
  test('a key that is given twice is told with the place of the first', () => {
    expect(problemsOf(small({ environment: 'from: main\nfrom: dev' }))).toEqual([
      '13:5 environments.dev.from: `from` is given twice, first on line 12',
    ]);
  });

  test.each([
    ['__proto__: { polluted: true }', '13:3 environments: this cannot be a key (quote a value that begins with {)'],
    ['? [a, b]\n  : {}', '13:5 environments: this cannot be a key (quote a value that begins with {)'],
  ])('%s cannot be one', (key, problem) => {
    expect(problemsOf(small({ top: `  ${key}` }))).toEqual([problem]);
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  test.each(['constructor', 'toString', 'hasOwnProperty'])('%s is a name like any other', name => {
    expect(Object.keys(flowOf(small({ top: `  ${name}: {}` })).environments)).toEqual(['dev', name]);
    expect(problemsOf(small({ environment: `components: { ${name}: {} }` }))).toHaveLength(1);
    expect(problemsOf(small({ environment: `after: ${name}` }))).toHaveLength(1);
  });
});

describe('words that older YAML readers take for true or false', () => {
  test('are text, with a warning', () => {
    expect(warningsOf(small({ environment: 'vars: { country: no }', top: '  on: {}' }))).toEqual([
      "12:22 environments.dev.vars.country: `no` is text here, but older YAML readers take it for true or false (write 'no' in quotes)",
      "13:3 environments.on: `on` is text here, but older YAML readers take it for true or false (write 'on' in quotes)",
    ]);
    expect(flowOf(small({ environment: 'vars: { country: no }' })).environments.dev?.vars).toEqual({ country: 'no' });
  });

  test('are nothing to warn of in quotes', () => {
    expect(warningsOf(small({ environment: "vars: { country: 'no' }" }))).toEqual([]);
  });

  test.each([
    ['1.10', 'the number 1.10'],
    ['012345', 'the number 012345'],
    ['1e3', 'the number 1e3'],
    ['true', '`true`'],
    ['~', 'nothing'],
  ])('%s is not text, and is shown as it was written', (value, found) => {
    expect(problemsOf(small({ environment: `vars: { x: ${value} }` }))[0]).toContain(
      `12:16 environments.dev.vars.x: must be text, found ${found}`,
    );
  });
});

describe('anchors and merge keys', () => {
  const shared = `x-service: &service
  target: ecs
  cluster: main
  container: app
version: 1
service: shop
components:
  api: { <<: *service, service: api, repository: api, container: api }
  worker:
    service: worker
    repository: worker
    <<: [*service, { cluster: other, timeout: 5m }]
environments:
  dev: {}
`;

  test('what stands in the mapping wins, then the first that is merged', () => {
    expect(flowOf(shared).components).toEqual({
      api: { target: 'ecs', cluster: 'main', container: 'api', service: 'api', repository: 'api' },
      worker: {
        target: 'ecs',
        cluster: 'main',
        container: 'app',
        service: 'worker',
        repository: 'worker',
        timeout: '5m',
      },
    });
  });

  test('a mistake in what is shared is told once, where it stands', () => {
    expect(problemsOf(shared.replace('cluster: main', 'cluster: 5'))).toEqual([
      "3:12 components.api.cluster: must be text, found the number 5 (write '5' in quotes)",
    ]);
  });

  test.each([
    [
      'an unknown anchor',
      'vars: *nothing',
      '12:11 environments.dev.vars: no anchor `&nothing` before this (quote text that begins with *)',
    ],
    ['an anchor in itself', 'vars: &a { x: *a }', '12:19 environments.dev.vars.x: the anchor `&a` contains itself'],
    ['a merge of a text', '<<: main', '12:9 environments.dev: `<<` merges mappings only'],
  ])('%s', (_, environment, problem) => {
    expect(problemsOf(small({ environment }))).toContain(problem);
  });

  test('aliases that multiply stop early', () => {
    const lines = [
      'a0: &a0 [x]',
      ...Array.from({ length: 12 }, (_, n) => `a${n + 1}: &a${n + 1} [${`*a${n},`.repeat(9)}]`),
    ];
    expect(problemsOf(lines.join('\n'))).toEqual([expect.stringContaining('expands to too much')]);
  });
});
