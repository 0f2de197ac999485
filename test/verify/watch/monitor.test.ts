import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createInputReader } from '#action-kit/inputs';
import { getInputs } from '#actions/monitor/inputs';
import { monitor } from '#actions/monitor/monitor';
import type { openRecord } from '#actions/monitor/record';
import { parseLimit } from '#core/flow/limit';
import { type TestKit, testKit } from '../kit.ts';
import { type Given, runMonitor } from './run.ts';
import { api, minute, released, start, type WatchWorld, watchWorld } from './world.ts';

let world: WatchWorld;
let kit: TestKit;
beforeEach(async () => {
  world = await watchWorld();
  kit = testKit(world.clock, '.');
  recorded.length = 0;
});
afterEach(() => world.close());

/** The journal has tests of its own: here it only matters what is handed to it, and when. */
const recorded: string[] = [];
const remember: typeof openRecord = async (...[, , plan]) => {
  if (plan !== undefined) recorded.push('opened');
  return async verdict => void recorded.push(verdict.verdict);
};

const run = (given: Given) => runMonitor(world, kit, given, remember);

const calls = (operation: string) => world.aws.calls.filter(call => call.operation === operation).length;

const unifocus = `
  ecs-cpu > 80%
  ecs-memory > 80%
  alb-5xx > 10 per 5m
  unhealthy-targets > 0
  rds-connections > 80
  rds-storage < 5GB
`;

/** A healthy hour; what a test says about a metric replaces it. */
function healthy() {
  const { dimensions, metric } = world;
  metric('AWS/ECS', 'CPUUtilization', dimensions.ecs, () => 40);
  metric('AWS/ECS', 'MemoryUtilization', dimensions.ecs, () => 55);
  metric('AWS/ApplicationELB', 'RequestCount', dimensions.alb, () => 300);
  metric('AWS/ApplicationELB', 'UnHealthyHostCount', dimensions.alb, () => 0);
  metric('AWS/RDS', 'DatabaseConnections', dimensions.rds('unifocus-prod'), () => 31);
  metric('AWS/RDS', 'FreeStorageSpace', dimensions.rds('unifocus-prod'), () => 42e9);
}

const hour = {
  ...{ for: '1h', 'fail-if': unifocus, cluster: api.cluster, service: api.service, database: 'unifocus-prod' },
};

const quarter = { ...hour, for: '15m' };

describe('the hour after a release of Unifocus', () => {
  test('passes on data, three minutes after its end, within a steady pace of calls', async () => {
    healthy();
    world.metrics.putAlarm({ name: 'unifocus-prod-5xx', state: 'OK' });
    world.metrics.putAlarm({ name: 'unifocus-prod-all', state: 'OK', rule: 'ALARM("unifocus-prod-5xx")' });
    const { verdict, took, rules } = await run({ ...hour, alarms: 'unifocus-prod-*' });
    expect(verdict).toMatchObject({ verdict: 'pass', reason: 'watch-passed' });
    expect(took).toBe(63);
    expect(rules).toEqual({
      'service unifocus-prod-api-service': 'pass',
      'target health (unifocus-prod-api-service)': 'pass',
      'alarm unifocus-prod-5xx': 'pass',
      'alarm unifocus-prod-all': 'pass',
      'ecs-cpu > 80% (unifocus-prod-api-service)': 'pass',
      'ecs-memory > 80% (unifocus-prod-api-service)': 'pass',
      'alb-5xx > 10 per 5m (unifocus-prod-api-service)': 'pass',
      'unhealthy-targets > 0 (unifocus-prod-api-service)': 'pass',
      'rds-connections > 80 (unifocus-prod)': 'pass',
      'rds-storage < 5GB (unifocus-prod)': 'pass',
    });
    expect(world.aws.unmodelled).toEqual([]);
    expect(calls('DescribeAlarms')).toBeLessThan(2.2 * 63 * 2);
    expect(kit.shown.summary.join()).toContain(
      '| ecs-cpu > 80% (unifocus-prod-api-service) | ecs-cpu > 80% | 40 % at 09:01 | 59 | ✔ pass |',
    );
    expect(kit.shown.log.length).toBeLessThan(25);
  });

  test('ends early on a limit that is breached, with its value and time, although numbers come late', async () => {
    healthy();
    world.metrics.putSeries({
      ...{ namespace: 'AWS/ECS', name: 'CPUUtilization', dimensions: world.dimensions.ecs, delay: 2.5 * minute },
      at: time => (time >= start + 9 * minute ? 93.4 : 40),
    });
    const { verdict, took } = await run(hour);
    expect(verdict).toMatchObject({ verdict: 'fail', reason: 'limit-breached' });
    expect(verdict.message).toBe('ecs-cpu > 80% (unifocus-prod-api-service): 93.4 % at 09:10.');
    expect(took).toBeLessThan(15);
  });

  test('ends early on 5xx answers, although that metric exists for bad minutes only', async () => {
    healthy();
    const bad = (minutes: number) => (minutes >= 20 ? 4 : undefined);
    world.metric('AWS/ApplicationELB', 'HTTPCode_Target_5XX_Count', world.dimensions.alb, bad);
    const { verdict, took } = await run(hour);
    expect(verdict.message).toMatch(
      /^alb-5xx > 10 per 5m \(unifocus-prod-api-service\): 12 between 09:19 and 09:24\.$/,
    );
    expect(took).toBeLessThan(26);
  });

  test('is no pass when the name of the database is wrong: CloudWatch answers it with nothing', async () => {
    healthy();
    const { verdict } = await run({ ...quarter, database: 'unifocus-prd' });
    expect(verdict).toMatchObject({ verdict: 'inconclusive', reason: 'no-data' });
    expect(verdict.message).toContain('rds-connections > 80 (unifocus-prd): data for 0 of 14 minutes');
    expect(kit.shown.warnings.join('\n')).toContain('no data of unifocus-prd for a quarter of an hour');
  });

  test('waits for numbers that arrive late', async () => {
    healthy();
    const { rds } = world.dimensions;
    world.metrics.putSeries({
      ...{ namespace: 'AWS/RDS', name: 'DatabaseConnections', dimensions: rds('unifocus-prod'), delay: 2.5 * minute },
      at: time => (time >= start + 13 * minute ? 95 : 31),
    });
    const { verdict } = await run(quarter);
    expect(verdict).toMatchObject({ verdict: 'fail', reason: 'limit-breached' });
  });

  test('reads everything again at its end, and finds what came later than usual', async () => {
    healthy();
    world.metrics.putSeries({
      ...{ namespace: 'AWS/ECS', name: 'CPUUtilization', dimensions: world.dimensions.ecs, delay: 8 * minute },
      at: time => (time === start + 5 * minute - 20_000 ? 97 : 40),
    });
    const { verdict, took } = await run(quarter);
    expect(verdict).toMatchObject({ verdict: 'fail', message: expect.stringContaining('97 % at 09:05') });
    expect(took).toBe(18);
  });

  test('is no pass on data that CloudWatch gives in part', async () => {
    healthy();
    const metric = { namespace: 'AWS/ECS', name: 'MemoryUtilization', dimensions: world.dimensions.ecs };
    world.metrics.setIncomplete(metric, 'PartialData');
    const { verdict } = await run(quarter);
    expect(verdict).toMatchObject({ verdict: 'error', reason: 'api-unavailable' });
    expect(verdict.message).toContain('MemoryUtilization: PartialData');
  });

  test('sees an unhealthy target minutes before its metric does', async () => {
    healthy();
    const ill = { id: '10.0.0.1', port: 8080, state: 'unhealthy' } as const;
    world.later(5, () => world.balancing.setTarget(world.targetGroup, ill));
    const { verdict, took } = await run(hour);
    expect(verdict.message).toBe(
      '1 of 1 targets of unifocus-prod-api-service are unhealthy: 10.0.0.1:8080 Target.FailedHealthChecks: Health checks failed',
    );
    expect(took).toBeLessThan(6.5);
  });
});

describe('alarms', () => {
  const alarms = { for: '10m', alarms: 'api-5xx, api-*' };

  test('one that goes off ends the watch, with the words of CloudWatch', async () => {
    world.metrics.putAlarm({ name: 'api-5xx', state: 'OK' });
    world.later(4, () => world.metrics.setAlarm('api-5xx', 'ALARM', 'Threshold Crossed: 12 > 10'));
    const { verdict, took } = await run(alarms);
    expect(verdict).toMatchObject({ verdict: 'fail', reason: 'alarm-firing' });
    expect(verdict.message).toBe('The alarm api-5xx went off: Threshold Crossed: 12 > 10');
    expect(took).toBeLessThan(4.7);
  });

  test('one that is already firing is said at once', async () => {
    world.metrics.putAlarm({ name: 'api-old', state: 'ALARM', reason: 'since yesterday' });
    world.metrics.putAlarm({ name: 'api-5xx', state: 'OK' });
    world.clock.sleep(minute);
    const { verdict, took } = await run(alarms);
    expect(verdict.message).toBe('The alarm api-old was already firing when the watch began: since yesterday');
    expect(took).toBe(1);
  });

  test('all that are missing are named at once, before the watch begins', async () => {
    const watched = run({ for: '10m', alarms: 'api-5xx, web-*' });
    await expect(watched).rejects.toThrow(
      'There is no alarm named api-5xx.\nThere is no alarm whose name begins with web-.',
    );
  });

  test('more than a page and a batch of them are all watched', async () => {
    const names = Array.from({ length: 130 }, (_, index) => `many-${index}`);
    for (const name of names) world.metrics.putAlarm({ name, state: 'OK' });
    for (const selectors of ['many-*', names.join('\n')]) {
      const { rules } = await run({ for: '1m', alarms: selectors });
      expect(rules).toEqual(Object.fromEntries(names.map(name => [`alarm ${name}`, 'pass'])));
    }
  });

  test('without data all the time are no pass', async () => {
    world.metrics.putAlarm({ name: 'api-5xx' });
    expect((await run(alarms)).verdict).toMatchObject({ verdict: 'inconclusive', reason: 'no-data' });
  });

  test('that may not be read end the watch, naming the permission', async () => {
    world.metrics.putAlarm({ name: 'api-5xx', state: 'OK' });
    world.faults.add({ call: 'cloudwatch.DescribeAlarms', do: 'deny', from: 5 });
    const { verdict, rules } = await run(alarms);
    expect(verdict).toMatchObject({ verdict: 'error', reason: 'access-denied' });
    expect(verdict.next).toContain('"Action":"cloudwatch:DescribeAlarms"');
    expect(rules).toEqual({ 'cloudwatch:DescribeAlarms': 'error', 'alarm api-5xx': 'wait' });
  });

  test('throttling is waited for, not taken for an answer', async () => {
    world.metrics.putAlarm({ name: 'api-5xx', state: 'OK' });
    world.faults.add({ call: 'cloudwatch.DescribeAlarms', do: 'throttle', from: 3, to: 9 });
    expect((await run(alarms)).verdict.verdict).toBe('pass');
  });
});

describe('the service of the release', () => {
  const steady = { for: '10m', cluster: api.cluster, service: api.service };

  test('that stays steady passes', async () => {
    expect((await run(steady)).verdict).toMatchObject({ verdict: 'pass' });
  });

  test('that crashes after SUCCESSFUL is noticed, with its exit code, although it is replaced', async () => {
    world.later(3.1, () => world.ecs.killTask(api, 1, 1));
    const { verdict, took } = await run(steady);
    expect(verdict).toMatchObject({ verdict: 'fail', reason: 'not-steady' });
    expect(verdict.message).toBe(
      'A task of unifocus-prod-api-service stopped at 09:03: Essential container in task exited; api exited with 1',
    );
    expect(took).toBeLessThan(4);
  });

  test('that somebody else deploys is noticed', async () => {
    world.later(3, () => world.ecs.updateService(api, { forceNewDeployment: true }));
    const { verdict } = await run(steady);
    expect(verdict).toMatchObject({ verdict: 'fail', reason: 'deployment-replaced' });
  });

  test('that does not exist is said before the watch begins', async () => {
    await expect(run({ ...steady, service: 'nobody' })).rejects.toThrow(
      'There is no service nobody in the cluster unifocus-prod-cluster.',
    );
  });
});

describe('with a plan', () => {
  const limit = parseLimit('ecs-cpu > 80%');
  const plan = (more: object = {}) =>
    JSON.stringify({
      ...{
        schema: 1,
        operation: 'release',
        service: 'unifocus',
        flow: '.github/release-flow.yml',
        artifacts: {},
        originators: [],
      },
      made: '2026-11-02T09:00:00Z',
      release: { version: '1.3.0', sha: 'b'.repeat(40), tree: 'c'.repeat(40) },
      waves: [[{ name: 'api', target: 'ecs', cluster: api.cluster, services: [api.service], ...more }]],
      environment: {
        ...{ name: 'prod', onFailure: 'rollback', vars: {} },
        watch: { for: 10 * minute, limits: limit.ok ? [limit.value] : [], alarms: [], databases: [] },
      },
    });

  test('watches what its environment says, on its components', async () => {
    healthy();
    const { verdict, rules } = await run({ plan: plan(), environment: 'prod' });
    expect(verdict.verdict).toBe('pass');
    expect(recorded).toEqual(['opened', 'pass']);
    expect(Object.keys(rules)).toEqual([
      'service unifocus-prod-api-service',
      'ecs-cpu > 80% (unifocus-prod-api-service)',
    ]);
  });

  test('watches the functions that it deploys', async () => {
    const duration = parseLimit('lambda-duration > 10s');
    const component = { name: 'files', target: 'lambda', function: 's3-files-function', alias: 'LIVE' };
    const text = plan(component).replace(
      JSON.stringify(limit.ok && limit.value),
      JSON.stringify(duration.ok && duration.value),
    );
    world.metric('AWS/Lambda', 'Duration', world.dimensions.function, () => 80);
    const { verdict, rules } = await run({ plan: text });
    expect(verdict.verdict).toBe('pass');
    expect(Object.keys(rules)).toEqual(['lambda-duration > 10s (s3-files-function:LIVE)']);
    const elsewhere = text.replace('"alias":"LIVE"', '"alias":"LIVE","region":"us-east-1"');
    await expect(run({ plan: elsewhere })).rejects.toThrow('The component files is in another place (us-east-1)');
  });

  test('without a token for the journal says so at once, not after the watch', async () => {
    healthy();
    const inputs = getInputs(createInputReader(name => (name === 'plan' ? plan() : '')));
    await expect(monitor(kit, inputs)).rejects.toThrow('Input `github-token`: is missing.');
    expect(world.aws.calls).toEqual([]);
  });

  test('that asks for no watch gets none, and says so', async () => {
    const without = plan().replace(/,"watch":\{.*?\]\}/, '');
    expect((await run({ plan: without })).verdict).toMatchObject({ verdict: 'pass', reason: 'check-not-asked-for' });
    expect(recorded).toEqual([]);
  });

  test('fails when its component runs another image than the released one', async () => {
    const artifacts = (digest: string) => plan().replace('"artifacts":{}', `"artifacts":{"api":{"image":"${digest}"}}`);
    healthy();
    expect((await run({ plan: artifacts(released) })).verdict.verdict).toBe('pass');
    const { verdict } = await run({ plan: artifacts(`sha256:${'2'.repeat(64)}`) });
    expect(verdict).toMatchObject({ verdict: 'fail', reason: 'deployment-replaced' });
    expect(verdict.message).toBe(
      `unifocus-prod-api-service does not run the image of the release: api:1 has registry/api@${released}.`,
    );
  });

  test('refuses a component in another region, which it would silently not find', async () => {
    await expect(run({ plan: plan({ region: 'us-east-1' }) })).rejects.toThrow(
      'The component api is in another place (us-east-1) than the environment.',
    );
  });
});

describe('what is wrong is said before the watch begins', () => {
  test.each<[string, Given, RegExp]>([
    [
      'every wrong input at once',
      { 'fail-if': 'ecs-cpu > 80\necs-cu > 1%' },
      /`for`.*no unit.*`ecs-cu` is not a metric/s,
    ],
    ['nothing to watch', { for: '10m' }, /There is nothing to watch/],
    ['a limit about nothing', { for: '10m', 'fail-if': 'rds-connections > 80' }, /it is about a database/],
    ['a watch shorter than a window', { for: '5m', 'fail-if': 'alb-5xx > 1 per 5m' }, /5 min is too short for/],
    [
      'a target group that does not exist',
      { for: '10m', 'fail-if': 'unhealthy-targets > 0', 'target-group': 'x' },
      /not found/,
    ],
  ])('%s', async (_, given, message) => {
    await expect(run(given)).rejects.toThrow(message);
    expect(calls('GetMetricData')).toBe(0);
  });

  test('with dry-run everything is looked up, and nothing watched', async () => {
    healthy();
    const { verdict, took } = await run({ ...hour, 'dry-run': 'true' });
    expect(verdict).toMatchObject({ verdict: 'wait', reason: 'dry-run' });
    expect(took).toBe(0);
  });
});

test('a run that is cancelled ends with an error, and tells what it saw', async () => {
  healthy();
  world.later(12, () => kit.cancel());
  const { verdict, rules } = await run(hour);
  expect(verdict).toMatchObject({ verdict: 'error', reason: 'cancelled' });
  expect(verdict.message).toMatch(/^The run was cancelled after 12 min/);
  expect(rules['ecs-cpu > 80% (unifocus-prod-api-service)']).toBe('wait');
});
