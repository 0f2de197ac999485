import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runScenario } from '../scenario/run.ts';
import type { CallRecord } from '../wire/call-log.ts';
import type { Mark, Measurement } from './marks.ts';
import { table } from './table.ts';

const functions = 100;

/** What no way of deploying a function can do without: its alias and what is provisioned for it, its code, a version, the alias again. */
const needed = 5;

/** Requests a second of the whole control plane, and as many at once: packages/lab/aws/lambda/lambda.ts. */
const bucket = { burst: 15, refill: 15 };
const fastest = (functions * needed - bucket.burst) / bucket.refill;

/** `bench functions`: a hundred functions of one release in one job, inside the limits of the control plane. */
export async function benchFunctions(suite: string): Promise<Measurement> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-functions-'));
  const file = join(folder, 'functions.yml');
  writeFileSync(file, JSON.stringify(scenarioOf(Array.from({ length: functions }, (_, index) => `f${index + 1}`))));
  let calls: readonly CallRecord[] = [];
  try {
    const played = await runScenario(file, {
      suite,
      patience: 600_000,
      narrate: () => undefined,
      finished: async ({ lab }) => {
        calls = lab.aws.handler.calls.filter(({ service }) => service === 'lambda');
      },
    });
    if (played.kind === 'invalid') throw new Error(played.problems.join('\n'));
    const short = [...played.troubles, ...played.expectations.flatMap(held => held.short)];
    if (short.length > 0) throw new Error(`not all functions were deployed:\n${short.join('\n').slice(0, 2000)}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
  const times = calls.map(({ at }) => at / 1000);
  const took = Math.max(...times) - Math.min(...times);
  const control = calls.filter(({ operation }) => operation !== 'GetFunction').length;
  const throttled = calls.filter(({ outcome }) => /TooManyRequests|Throttling/.test(outcome)).length;
  const counts = [...Map.groupBy(calls, call => call.operation)].map(([name, made]) => [name, made.length] as const);
  console.log(table(['call', 'times'], counts));
  console.log(`${took.toFixed(1)} s of lab time; the limits dictate ${fastest.toFixed(1)} s`);
  return {
    name: 'functions',
    marks: [
      mark('time, by what the limits dictate', took / fastest, 1.3),
      mark('calls of the control plane for each', control / functions, needed),
      mark('throttled calls', throttled, 0),
    ],
    details: { functions, took, fastest, control, throttled, calls: counts },
  };
}

function mark(what: string, found: number, atMost: number): Mark {
  return { what, found, atMost, unit: '' };
}

/** One release of all of them, by the committed workflow. JSON is YAML, too. */
function scenarioOf(names: readonly string[]) {
  const account = '111111111111';
  const components = names.map(name => [name, { target: 'lambda', function: name, zip: 'code' }] as const);
  const flow = {
    version: 1,
    service: 'bench',
    region: 'ap-southeast-2',
    components: Object.fromEntries(components),
    environments: { dev: { from: 'main', role: `arn:aws:iam::${account}:role/release` } },
  };
  const release = {
    name: 'release',
    on: { push: { branches: ['main'] } },
    permissions: {},
    jobs: {
      release: {
        name: 'release',
        uses: 'org/release-actions/.github/workflows/release.yml@v1',
        permissions: {
          ...{ actions: 'read', checks: 'read', contents: 'write', deployments: 'write' },
          ...{ 'id-token': 'write', issues: 'write', 'pull-requests': 'read', statuses: 'read' },
        },
      },
    },
  };
  const common = { account, application: 'bench' };
  return {
    name: 'A hundred functions in one job',
    start: '2026-11-17T00:00:00Z',
    people: ['dana'],
    repository: {
      name: 'acme/bench',
      environments: { dev: {} },
      'files-inline': {
        'code/package.json': JSON.stringify({ name: 'bench', version: '1.0.0' }),
        '.github/release-flow.yml': JSON.stringify(flow),
        '.github/workflows/release.yml': JSON.stringify(release),
      },
    },
    applications: { bench: { default: {} } },
    aws: {
      region: 'ap-southeast-2',
      services: [],
      functions: names.map(name => ({ ...common, name, version: '1.0.0', alias: 'live', environment: 'dev' })),
    },
    steps: [
      {
        push: { by: 'dana', message: 'feat: two', version: { code: '2.0.0' } },
        expect: [
          { run: { conclusion: 'success' } },
          ...names.map(name => ({ function: { account, name, alias: 'live', version: '2.0.0' } })),
        ],
      },
    ],
  };
}
