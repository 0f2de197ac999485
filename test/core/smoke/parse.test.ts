import { describe, expect, test } from '@jest/globals';
import { formatProblem } from '#core/flow/problem';
import { parseSmoke } from '#core/smoke/parse';

const context = {
  env: 'prod',
  version: '1.3.0',
  sha: 'a'.repeat(40),
  vars: { host: 'api' },
  secrets: { TOKEN: 's3cret' },
};

function problems(text: string): readonly string[] {
  const result = parseSmoke(text, 'smoke.yml', context);
  return result.ok ? [] : result.problems.map(formatProblem);
}

function read(text: string) {
  const result = parseSmoke(text, 'smoke.yml', context);
  if (!result.ok) throw new Error(result.problems.map(formatProblem).join('\n'));
  return result.smoke;
}

const step = 'steps: [{ name: a, request: { path: /a } }]';

describe('a smoke file', () => {
  test('is read with its names filled in, and says what it leaves open', () => {
    const smoke = read(`
base-url: https://{vars.host}.{env}.example.com
ready: { path: /health, within: 1m, every: 500ms }
version: { path: /version, json: /version }
steps:
  - name: lists desks
    request: { path: /desks, headers: { authorization: "Bearer {secrets.TOKEN}" } }
    expect: { headers: { content-type: application/json* }, json-at: { /0/name: "{{desk}}" }, within: 800ms }
  - name: refuses strangers
    request: { method: POST, path: "/bookings?v={version}", json: { desk: 1 } }
    expect: { status: [401, 403], body-contains: sign in }
`);
    expect(smoke).toEqual({
      baseUrl: 'https://api.prod.example.com',
      timeout: 10_000,
      ready: { path: '/health', status: [200], within: 60_000, every: 500 },
      version: { path: '/version', found: { in: 'json', pointer: '/version' } },
      steps: [
        {
          name: 'lists desks',
          request: {
            method: 'GET',
            path: '/desks',
            headers: { authorization: 'Bearer s3cret' },
            followRedirects: false,
          },
          expect: {
            status: [200],
            headers: { 'content-type': 'application/json*' },
            jsonAt: { '/0/name': '{desk}' },
            bodyContains: [],
            within: 800,
          },
        },
        {
          name: 'refuses strangers',
          request: {
            method: 'POST',
            path: '/bookings?v=1.3.0',
            headers: { 'content-type': 'application/json' },
            body: '{"desk":1}',
            followRedirects: false,
          },
          expect: { status: [401, 403], headers: {}, jsonAt: {}, bodyContains: ['sign in'] },
        },
      ],
    });
  });

  test('expects null when null is what it says: that is not the same as nothing', () => {
    const smoke = read('steps: [{ name: a, request: { path: /a }, expect: { json: null } }]');
    expect(smoke.steps[0]?.expect.json).toEqual({ contains: null });
  });

  test.each([
    ['nothing', '', ['smoke.yml:1:1: there is nothing in it']],
    ['no steps', 'timeout: 5s', ['smoke.yml:1:1: steps: `steps` is missing (it is a list)']],
    ['an empty list of steps: zero tests never pass', 'steps: []', ['smoke.yml:1:8: steps: is an empty list']],
    [
      'three mistakes at three places',
      `timeout: 5\n${step}\nversion: { path: version, jsn: /v }`,
      [
        'smoke.yml:1:10: timeout: must be a duration like 90s, 30m or 2h, found the number 5',
        'smoke.yml:3:18: version.path: `version` is not a path (it begins with one / and has no spaces)',
        'smoke.yml:3:27: version.jsn: unknown key `jsn` (did you mean `json`?)',
      ],
    ],
    [
      'a key of the answer in the request',
      'steps: [{ name: a, request: { path: /a, status: 200 } }]',
      ['smoke.yml:1:41: steps[0].request.status: unknown key `status` (it belongs into `expect`)'],
    ],
    [
      'a path as other tools write it',
      `version: { path: /version, json: $.app.version }\n${step}`,
      ['smoke.yml:1:34: version.json: `$.app.version` is not a JSON Pointer (write /app/version)'],
    ],
    [
      'a body that no server expects',
      'steps: [{ name: a, request: { path: /a, json: {} } }]',
      ['smoke.yml:1:41: steps[0].request.json: a GET has no body (set `method` to POST, PUT or PATCH)'],
    ],
    [
      'two checks of one name',
      'steps: [{ name: version, request: { path: /a } }]',
      ['smoke.yml:1:17: steps[0].name: `version` is the name of another check'],
    ],
    [
      'another host in a path, which would carry the headers there',
      'steps: [{ name: a, request: { path: //evil.example.com/ } }]',
      [
        'smoke.yml:1:37: steps[0].request.path: `//evil.example.com/` is not a path (it begins with one / and has no spaces)',
      ],
    ],
    [
      'names without a value, each at its place',
      'steps: [{ name: a, request: { path: "/{secrets.TOKN}/{envv}" } }]',
      [
        'smoke.yml:1:40: steps[0].request.path: `{secrets.TOKN}` has no value (did you mean `TOKEN`?)',
        'smoke.yml:1:55: steps[0].request.path: `{envv}` is not known (did you mean `env`?)',
      ],
    ],
    [
      'a password in the URL, where nobody would mask it',
      `base-url: https://me:pw@api.example.com\n${step}`,
      ['smoke.yml:1:11: base-url: holds a user or a password (send them in `headers`, from {secrets.NAME})'],
    ],
    [
      'a brace by accident',
      'steps: [{ name: a, request: { method: POST, path: /a, body: \'{"a": 1}\' } }]',
      ['smoke.yml:1:63: steps[0].request.body: `{"a": 1}` is not known (write {{ and }} for braces)'],
    ],
  ])('refuses %s', (_, text, expected) => {
    expect(problems(text)).toEqual(expected);
  });

  test('never shows what a secret made of a value', () => {
    const said = problems('steps: [{ name: a, request: { path: "{secrets.TOKEN}" } }]');
    expect(said).toEqual([
      'smoke.yml:1:37: steps[0].request.path: is not valid once the names in braces are filled in',
    ]);
  });
});
