import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type TestKit, testKit } from '../kit.ts';
import { type Given, runMonitor } from './run.ts';
import { minute, start, type WatchWorld, watchWorld } from './world.ts';

let world: WatchWorld;
let kit: TestKit;
beforeEach(async () => {
  world = await watchWorld();
  kit = testKit(world.clock, '.');
});
afterEach(() => world.close());

const run = (given: Given) => runMonitor(world, kit, given, async () => async () => undefined);

describe('an API in front of a function', () => {
  const files = {
    ...{ for: '15m', api: 's3-files/live', function: 's3-files-function:LIVE' },
    'fail-if': 'api-5xx > 5%\napi-latency >= 1s\nlambda-errors > 5%\nlambda-duration > 10s',
  };

  /** Sixty requests a minute, each a sample; of which so many fail from a minute on. */
  function requests({ failing = 0, from = 0, slowest = 80 } = {}) {
    const { metrics, dimensions } = world;
    const each = (sample: (nth: number) => number) => Array.from({ length: 60 }, (_, nth) => sample(nth));
    const later = (time: number) => time >= start + from * minute;
    const put = (
      namespace: string,
      name: string,
      by: Readonly<Record<string, string>>,
      at: (time: number) => number[],
    ) => metrics.putSeries({ namespace, name, dimensions: by, at });
    put('AWS/ApiGateway', 'Count', dimensions.api, () => each(() => 1));
    put('AWS/ApiGateway', '5XXError', dimensions.api, time => each(nth => (later(time) && nth < failing ? 1 : 0)));
    put('AWS/ApiGateway', 'Latency', dimensions.api, () => each(() => 95));
    put('AWS/Lambda', 'Invocations', dimensions.function, () => each(() => 1));
    put('AWS/Lambda', 'Errors', dimensions.function, () => each(() => 0));
    put('AWS/Lambda', 'Duration', dimensions.function, time => each(nth => (later(time) && nth === 7 ? slowest : 80)));
  }

  test('passes on data', async () => {
    requests();
    const { verdict, rules } = await run(files);
    expect(verdict).toMatchObject({ verdict: 'pass', reason: 'watch-passed' });
    expect(rules).toEqual({
      'api-5xx > 5% (s3-files/live)': 'pass',
      'api-latency >= 1s (s3-files/live)': 'pass',
      'lambda-errors > 5% (s3-files-function:LIVE)': 'pass',
      'lambda-duration > 10s (s3-files-function:LIVE)': 'pass',
    });
    expect(world.aws.unmodelled).toEqual([]);
  });

  test('fails early when more than one of twenty answers is a 5xx', async () => {
    requests({ failing: 12, from: 4 });
    const { verdict, took } = await run(files);
    expect(verdict).toMatchObject({ verdict: 'fail', reason: 'limit-breached' });
    expect(verdict.message).toMatch(/^api-5xx > 5% \(s3-files\/live\): \d+(\.\d)? % between 09:0\d and 09:\d\d\.$/);
    expect(took).toBeLessThan(13);
  });

  test('fails on one invocation that takes too long, which an average would hide', async () => {
    requests({ slowest: 10_400, from: 5 });
    const { verdict } = await run(files);
    expect(verdict.message).toMatch(/^lambda-duration > 10s \(s3-files-function:LIVE\): 10\.4 s at 09:0\d\.$/);
  });

  test('that nobody asks anything is no pass', async () => {
    expect((await run(files)).verdict).toMatchObject({ verdict: 'inconclusive', reason: 'no-data' });
  });

  test('whose name another one has cannot be told apart by its metrics', async () => {
    world.makeApi();
    await expect(run(files)).rejects.toThrow('2 REST APIs are named s3-files and have a stage live');
  });

  test('that may not be read is said with the action that IAM knows', async () => {
    world.faults.add({ call: 'apigateway.GetRestApis', do: 'deny' });
    await expect(run(files)).rejects.toThrow('is not authorized to perform: apigateway:GET on resource');
  });
});

describe('what is wrong is said before the watch begins', () => {
  test.each<[string, Given, RegExp]>([
    ['a share in a watch shorter than its window', { for: '5m', 'fail-if': 'api-5xx > 5%' }, /needs 6 min/],
    ['a limit on no API', { for: '10m', 'fail-if': 'api-latency > 1s' }, /it is about a REST API/],
    ['a limit on no function', { for: '10m', 'fail-if': 'lambda-duration > 1s' }, /it is about a Lambda function/],
    [
      'an API without its stage',
      { for: '10m', 'fail-if': 'api-5xx > 5%', api: 's3-files' },
      /is not the stage of an API/,
    ],
    [
      'an API that does not exist',
      { for: '10m', 'fail-if': 'api-5xx > 5%', api: 's3-file/live' },
      /There is no REST API s3-file\./,
    ],
    [
      'a stage that does not exist',
      { for: '10m', 'fail-if': 'api-5xx > 5%', api: 's3-files/prod' },
      /The REST API s3-files has no stage prod; it has live\./,
    ],
    [
      'an alias that does not exist',
      { for: '10m', 'fail-if': 'lambda-errors > 5%', function: 's3-files-function:live' },
      /There is no function s3-files-function with an alias live\./,
    ],
  ])('%s', async (_, given, message) => {
    await expect(run(given)).rejects.toThrow(message);
    expect(world.aws.calls.filter(({ operation }) => operation === 'GetMetricData')).toEqual([]);
  });
});
