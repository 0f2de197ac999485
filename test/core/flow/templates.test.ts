import { describe, expect, test } from '@jest/globals';
import { checkTemplates, resolveTemplates } from '#core/flow/templates';

const context = { env: 'prod', version: '1.3.0', sha: 'c0ffee', vars: { domain: 'example.com', toString: 'x' } };

function resolved(template: string): unknown {
  const result = resolveTemplates({ key: template }, context);
  return result.ok ? result.component.key : result.mistakes.map(({ offset, message, hint }) => [offset, message, hint]);
}

describe('templates', () => {
  test.each([
    ['plain', 'plain'],
    ['{env}', 'prod'],
    ['shop-{env}-{version}', 'shop-prod-1.3.0'],
    ['{sha}{sha}', 'c0ffeec0ffee'],
    ['https://{env}.{vars.domain}/', 'https://prod.example.com/'],
    ['{{env}}', '{env}'],
    ['{{{env}}}', '{prod}'],
    ['{{"a": 1}}', '{"a": 1}'],
  ])('%s → %s', (template, text) => {
    expect(resolved(template)).toBe(text);
  });

  test.each([
    ['shop-{evn}', [6, '`{evn}` is not known', 'did you mean `env`?']],
    ['{vars.domian}', [1, '`{vars.domian}` has no value in prod', 'did you mean `domain`?']],
    ['{vars.constructor}', [1, '`{vars.constructor}` has no value in prod', 'known here: domain, toString']],
    ['{vars.}', [1, '`{vars.}` is not known', 'a variable is named with letters, digits, - and _']],
    ['a{}', [2, 'names nothing', 'known here: env, version, sha, vars.NAME']],
    ['{ env }', [1, '`{ env }` is not known', 'did you mean `env`?']],
    ['a-{env', [2, 'this `{` is never closed', 'write {{ for a brace']],
    ['a-{env-{sha}', [2, 'this `{` is never closed', 'write {{ for a brace']],
    ['env}', [3, '`}` closes nothing', 'write }} for a brace']],
  ])('%s is refused', (template, mistake) => {
    expect(resolved(template)).toEqual([mistake]);
  });

  test('reach into lists, and leave numbers alone', () => {
    const result = resolveTemplates({ before: ['npx', '--env={env}'], 'desired-count': 2 }, context);
    expect(result).toEqual({ ok: true, component: { before: ['npx', '--env=prod'], 'desired-count': 2 } });
  });

  test('a name without a value for this release is an error, all of them at once', () => {
    const result = resolveTemplates({ image: '{version}', url: '{sha}' }, { env: 'dev', vars: {} });
    expect(result).toMatchObject({
      ok: false,
      mistakes: [
        {
          path: ['image'],
          message: '`{version}` has no value',
          hint: 'no version is known here: a release from a branch has none',
        },
        { path: ['url'], message: '`{sha}` has no value' },
      ],
    });
  });

  test('an empty variable is no value: a name would lose a part without notice', () => {
    expect(resolveTemplates({ cluster: '{vars.x}' }, { env: 'dev', vars: { x: '' } })).toMatchObject({ ok: false });
  });

  test('unknown names are found before any release', () => {
    expect(checkTemplates({ cluster: '{vars.any}-{envv}', service: ['{env}', '}'] })).toMatchObject([
      { path: ['cluster'], offset: 12 },
      { path: ['service', 1], offset: 0 },
    ]);
  });
});
