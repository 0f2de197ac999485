import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { DescribeServicesCommand, ECSClient } from '@aws-sdk/client-ecs';
import { AssumeRoleWithWebIdentityCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

/** `npm run lab`: a lab that stays, used from outside by programs that know nothing of it. */
const root = join(import.meta.dirname, '../..');
const world = 'test/scenarios/unifocus.world.yml';

let lab: ChildProcess;
let printed = '';
let told = '';
let variables: Readonly<Record<string, string>>;

beforeAll(async () => {
  lab = start('--world', world, '--environment', 'dev');
  lab.stdout?.on('data', chunk => {
    printed += chunk;
  });
  await new Promise<void>((resolve, reject) => {
    lab.stderr?.on('data', chunk => {
      told += chunk;
      if (told.includes('until Ctrl-C')) resolve();
    });
    lab.on('exit', code => reject(new Error(`the lab ended with ${code}: ${told}`)));
  });
  variables = Object.fromEntries(
    [...printed.matchAll(/^export (\w+)='(.*)'$/gm)].map(([, name = '', value = '']) => [name, value]),
  );
});
afterAll(() => void lab.kill('SIGKILL'));

function start(...args: readonly string[]): ChildProcess {
  return spawn(process.execPath, ['packages/lab/main.ts', ...args], { cwd: root });
}

function ended(child: ChildProcess): Promise<number | null> {
  return new Promise(resolve => child.on('close', resolve));
}

const aws = () => ({
  region: variables.AWS_REGION ?? '',
  endpoint: variables.AWS_ENDPOINT_URL ?? '',
  credentials: {
    accessKeyId: variables.AWS_ACCESS_KEY_ID ?? '',
    secretAccessKey: variables.AWS_SECRET_ACCESS_KEY ?? '',
  },
});

test('standard output is for a shell to source, whole', () => {
  expect(printed.split('\n').filter(line => line !== '' && !/^export [A-Z_]+='[^']*'$/.test(line))).toEqual([]);
});

test('AWS answers in the account of the first service', async () => {
  expect(await new STSClient(aws()).send(new GetCallerIdentityCommand({}))).toMatchObject({ Account: '111111111111' });
  const wanted = { cluster: 'unifocus-dev-cluster', services: ['unifocus-dev-api-service'] };
  const { services } = await new ECSClient(aws()).send(new DescribeServicesCommand(wanted));
  expect(services?.[0]).toMatchObject({ runningCount: 1, desiredCount: 1 });
});

test('with an environment, one is its release job: GitHub knows the run, and the role trusts its token', async () => {
  const { GITHUB_API_URL, GITHUB_REPOSITORY, GITHUB_RUN_ID, GITHUB_TOKEN } = variables;
  const run = await fetch(`${GITHUB_API_URL}/repos/${GITHUB_REPOSITORY}/actions/runs/${GITHUB_RUN_ID}`, {
    headers: { authorization: `Bearer ${GITHUB_TOKEN}` },
  });
  expect(await run.json()).toMatchObject({ status: 'in_progress', event: 'push' });

  const asked = await fetch(`${variables.ACTIONS_ID_TOKEN_REQUEST_URL}&audience=sts.amazonaws.com`, {
    headers: { authorization: `bearer ${variables.ACTIONS_ID_TOKEN_REQUEST_TOKEN}` },
  });
  const { value } = (await asked.json()) as { readonly value: string };
  const assumed = await new STSClient(aws()).send(
    new AssumeRoleWithWebIdentityCommand({
      RoleArn: 'arn:aws:iam::111111111111:role/release',
      RoleSessionName: 'shell',
      WebIdentityToken: value,
    }),
  );
  expect(assumed.AssumedRoleUser?.Arn).toBe('arn:aws:sts::111111111111:assumed-role/release/shell');
});

test('an application answers at its own name, over TLS', async () => {
  const ask = `fetch('https://dev-api.unifocus.example.com/version').then(r => r.text()).then(console.log)`;
  const child = spawn(process.execPath, ['--eval', ask], { env: { ...process.env, ...variables } });
  let answer = '';
  child.stdout.on('data', chunk => {
    answer += chunk;
  });
  await ended(child);
  expect(JSON.parse(answer)).toEqual({ version: '1.2.0' });
});

describe('a question that makes no sense is refused with exit code 2:', () => {
  const wrong: readonly (readonly [what: string, args: readonly string[], said: string])[] = [
    ['no world', [], 'Which world?'],
    ['a file that is not there', ['--world', 'nowhere.yml'], 'nowhere.yml:1:1: cannot be read'],
    ['an account of no service', ['--world', world, '--account', '999999999999'], 'there is no account 999999999999'],
    ['a speed that is none', ['--world', world, '--speed', 'fast'], '--speed is a positive number, not fast'],
  ];
  test.concurrent.each(wrong)('%s', async (_what, args, said) => {
    const child = start(...args);
    let output = '';
    child.stderr?.on('data', chunk => {
      output += chunk;
    });
    expect(await ended(child)).toBe(2);
    expect(output).toContain(said);
  });
});

test('Ctrl-C ends it well', async () => {
  const end = ended(lab);
  lab.removeAllListeners('exit');
  lab.kill('SIGINT');
  expect(await end).toBe(0);
});
