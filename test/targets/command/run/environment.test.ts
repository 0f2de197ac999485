import { describe, expect, test } from '@jest/globals';
import { missingVariables, toolEnvironment } from '#targets/command/run/environment';
import { createRedactor } from '#targets/command/run/redact';

const job = {
  ...{ PATH: '/bin', HOME: '/home/runner', LC_ALL: 'C.UTF-8', HTTPS_PROXY: 'http://proxy', EMPTY: '' },
  ...{ GITHUB_TOKEN: 'ghs_1', GH_TOKEN: 'ghs_2', ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'oidc', ACTIONS_RUNTIME_TOKEN: 'run' },
  ...{ INPUT_COMPONENT: 'all of it', NODE_OPTIONS: '--require evil', LD_PRELOAD: 'evil', BASH_ENV: 'evil' },
  ...{
    AWS_ACCESS_KEY_ID: 'AKIAJOB',
    AWS_PROFILE: 'job',
    AWS_ENDPOINT_URL: 'http://lab',
    OTHER_SECRET: 'x',
    VERSION: '1.3.0',
  },
};

const nothing = { region: undefined, credentials: undefined, env: {}, passEnv: [], secretEnv: [] };

describe('what a tool gets of the job', () => {
  test('where things are, and who the job is in AWS; no token, no input, nothing that loads code', () => {
    expect(Object.keys(toolEnvironment(job, nothing)).toSorted()).toEqual(
      ['AWS_ACCESS_KEY_ID', 'AWS_ENDPOINT_URL', 'AWS_PROFILE', 'HOME', 'HTTPS_PROXY', 'LC_ALL', 'PATH'].toSorted(),
    );
  });

  test('with a role, that role and nobody else', () => {
    const credentials = { accessKeyId: 'ASIAROLE', secretAccessKey: 'secret', sessionToken: 'session' };
    const env = toolEnvironment(job, { ...nothing, region: 'eu-west-1', credentials });
    expect(env).toMatchObject({
      ...{ AWS_ACCESS_KEY_ID: 'ASIAROLE', AWS_SECRET_ACCESS_KEY: 'secret', AWS_SESSION_TOKEN: 'session' },
      ...{ AWS_REGION: 'eu-west-1', AWS_DEFAULT_REGION: 'eu-west-1', AWS_ENDPOINT_URL: 'http://lab' },
    });
    expect(env).not.toHaveProperty('AWS_PROFILE');
  });

  test('what the component says, by name or by value', () => {
    const env = toolEnvironment(job, {
      ...nothing,
      env: { STAGE: 'dev', HOME: '/tmp' },
      passEnv: ['VERSION'],
      secretEnv: ['OTHER_SECRET'],
    });
    expect(env).toMatchObject({ STAGE: 'dev', HOME: '/tmp', VERSION: '1.3.0', OTHER_SECRET: 'x' });
  });

  test('what is asked for and missing, or empty, is told', () => {
    expect(missingVariables(job, ['VERSION', 'EMPTY', 'NOT_THERE'])).toEqual(['EMPTY', 'NOT_THERE']);
  });
});

describe('a secret', () => {
  const masked: string[] = [];
  const redactor = createRedactor(secret => masked.push(secret));
  redactor.add('pass "word"/1');
  redactor.add('first line\nsecond line');
  redactor.add('no'); // would be in every second word

  test.each([
    ['plainly', 'it is pass "word"/1!', 'it is ***!'],
    ['in JSON', JSON.stringify({ it: 'pass "word"/1' }), '{"it":"***"}'],
    ['in a URL', `https://a/${encodeURIComponent('pass "word"/1')}`, 'https://a/***'],
    ['in base64', Buffer.from('pass "word"/1').toString('base64'), '***=='],
    ['by the line', 'the second line of it', 'the *** of it'],
    ['too short to be one', 'no, nothing', 'no, nothing'],
  ])('is hidden %s', (_, text, shown) => {
    expect(redactor.redact(text)).toBe(shown);
  });

  test('is told to the runner as well', () => {
    expect(masked).toContain('pass "word"/1');
    expect(masked).not.toContain('no');
  });
});
