import * as logs from '@aws-sdk/client-cloudwatch-logs';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createLogs, type LogsPlace, type LogsWorld } from '../../../packages/lab/aws/logs/logs.ts';
import { failureOf, manualClock, startLab, type TestLab } from '../wire/harness.ts';

let lab: TestLab;
let world: LogsWorld;
let place: LogsPlace;
let client: logs.CloudWatchLogsClient;
let start: number;
const logGroupName = '/ecs/api';
const logStreamName = 'api/api/1';

beforeEach(async () => {
  const manual = manualClock();
  world = createLogs({ clock: manual, lateness: 0 });
  world.setEmptyPages({ filterLogEvents: 0 });
  place = world.at('111111111111', 'ap-southeast-2');
  place.createGroup(logGroupName);
  lab = await startLab({ services: [world.service], manual });
  client = new logs.CloudWatchLogsClient(lab.client);
  start = lab.clock.now();
});
afterEach(() => lab.close());

/** `count` lines, a second apart. */
function write(count: number, stream = logStreamName): void {
  for (let line = 0; line < count; line += 1)
    place.append(logGroupName, stream, lab.clock.now() + line * 1000, `${stream} ${line}`);
  lab.clock.advance(count * 1000);
}

async function tail(input: Partial<logs.GetLogEventsCommandInput> = {}) {
  const answer = await client.send(new logs.GetLogEventsCommand({ logGroupName, logStreamName, ...input }));
  return { lines: answer.events?.map(event => event.message?.split(' ')[1]).join(''), ...answer };
}

async function filter(input: Partial<logs.FilterLogEventsCommandInput> = {}) {
  // Five a second are allowed.
  const answer = await client
    .send(new logs.FilterLogEventsCommand({ logGroupName, ...input }))
    .finally(() => lab.clock.advance(200));
  return { messages: answer.events?.map(event => event.message), ...answer };
}

describe('events arrive late', () => {
  test('nobody can read a line before it has arrived, whatever its time', async () => {
    place.append(logGroupName, logStreamName, start, 'api 0', 5000);
    expect((await tail()).lines).toBe('');
    lab.clock.advance(4999);
    expect((await filter()).messages).toEqual([]);
    lab.clock.advance(1);
    expect(await tail()).toMatchObject({
      events: [{ timestamp: start, message: 'api 0', ingestionTime: start + 5000 }],
    });
  });

  test('a line that is late stands before those that overtook it', async () => {
    place.append(logGroupName, logStreamName, start, 'api 0', 5000);
    place.append(logGroupName, logStreamName, start + 1, 'api 1', 1000);
    lab.clock.advance(2000);
    expect((await tail()).lines).toBe('1');
    lab.clock.advance(3000);
    expect((await tail()).lines).toBe('01');
  });
});

describe('GetLogEvents', () => {
  test('gives the newest page first, each page oldest first', async () => {
    write(5);
    const last = await tail({ limit: 2 });
    expect(last.lines).toBe('34');
    const before = await tail({ limit: 2, nextToken: last.nextBackwardToken });
    expect(before.lines).toBe('12');
    const first = await tail({ limit: 2, nextToken: before.nextBackwardToken });
    expect(first.lines).toBe('0');
    const end = await tail({ limit: 2, nextToken: first.nextBackwardToken });
    expect(end).toMatchObject({ lines: '', nextBackwardToken: first.nextBackwardToken });
  });

  test('follows from the head; the same token again is the end, until more comes', async () => {
    write(3);
    const head = await tail({ startFromHead: true, limit: 2 });
    const rest = await tail({ startFromHead: true, nextToken: head.nextForwardToken });
    const end = await tail({ startFromHead: true, nextToken: rest.nextForwardToken });
    expect([head.lines, rest.lines, end.lines]).toEqual(['01', '2', '']);
    expect(end.nextForwardToken).toBe(rest.nextForwardToken);
    place.append(logGroupName, logStreamName, lab.clock.now(), 'api 3');
    expect((await tail({ startFromHead: true, nextToken: end.nextForwardToken })).lines).toBe('3');
  });

  test('starts with its start and stops before its end', async () => {
    write(4);
    expect((await tail({ startTime: start + 1000, endTime: start + 3000 })).lines).toBe('12');
  });

  test('can have empty pages that are not the end', async () => {
    world.setEmptyPages({ getLogEvents: 1 });
    write(1);
    const empty = await tail();
    expect(empty.lines).toBe('');
    expect((await tail({ nextToken: empty.nextBackwardToken })).lines).toBe('0');
  });

  test.each<[string, Partial<logs.GetLogEventsCommandInput>, string, string]>([
    [
      'no such group',
      { logGroupName: '/ecs/web' },
      'ResourceNotFoundException',
      'The specified log group does not exist.',
    ],
    ['no such stream', { logStreamName: 'x' }, 'ResourceNotFoundException', 'The specified log stream does not exist.'],
    ['a group named twice', { logGroupIdentifier: '/ecs/api' }, 'InvalidParameterException', 'but not both'],
    ['too many', { limit: 10_001 }, 'InvalidParameterException', 'less than or equal to 10000'],
    ['a token of nobody', { nextToken: 'x' }, 'InvalidParameterException', 'nextToken is invalid'],
  ])('%s', async (_, input, name, message) => {
    write(1);
    expect(await failureOf(tail(input))).toMatchObject({ name, message: expect.stringContaining(message) });
  });
});

describe('FilterLogEvents', () => {
  test('an empty page comes first, unless told otherwise: it is not the end', async () => {
    world.setEmptyPages({ filterLogEvents: 1 });
    write(1);
    const empty = await filter();
    expect(empty).toMatchObject({ messages: [], nextToken: expect.any(String) });
    expect(await filter({ nextToken: empty.nextToken })).toMatchObject({ messages: ['api/api/1 0'] });
  });

  test('interleaves streams by time, in pages, both ends included', async () => {
    write(2, 'a');
    lab.clock.advance(-2000);
    write(2, 'b');
    const first = await filter({ limit: 3 });
    expect(first.messages).toEqual(['a 0', 'b 0', 'a 1']);
    const second = await filter({ limit: 3, nextToken: first.nextToken });
    expect([second.messages, second.nextToken]).toEqual([['b 1'], undefined]);
    expect((await filter({ startTime: start, endTime: start })).messages).toEqual(['a 0', 'b 0']);
    expect((await filter({ logStreamNames: ['b'] })).messages).toEqual(['b 0', 'b 1']);
    expect((await filter({ logStreamNamePrefix: 'a' })).messages).toEqual(['a 0', 'a 1']);
    const ids = (await filter()).events?.map(event => event.eventId);
    expect(new Set(ids).size).toBe(4);
  });

  test.each([
    ['ERROR', ['ERROR one', 'ERROR two']],
    ['ERROR two', ['ERROR two']],
    ['"ERROR t"', ['ERROR two']],
    ['?one ?warn', ['ERROR one', 'warn']],
    ['ERROR -two', ['ERROR one']],
    ['error', []],
    ['', ['ERROR one', 'ERROR two', 'warn']],
  ])('the pattern %j', async (filterPattern, expected) => {
    for (const message of ['ERROR one', 'ERROR two', 'warn']) place.append(logGroupName, 's', start, message);
    expect((await filter({ filterPattern })).messages).toEqual(expected);
  });

  test('five a second', async () => {
    const call = () => client.send(new logs.FilterLogEventsCommand({ logGroupName }));
    const answers = await Promise.allSettled(Array.from({ length: 7 }, call));
    expect(answers.filter(answer => answer.status === 'fulfilled')).toHaveLength(5);
  });

  test('patterns that are not modelled say so, wrong questions are refused', async () => {
    write(1);
    expect((await failureOf(filter({ filterPattern: '{ $.level = "error" }' }))).name).toBe('NotImplemented');
    expect(lab.unmodelled).toEqual(['logs.FilterLogEvents with the filter pattern { $.level = "error" }']);
    const both = { logStreamNames: ['a'], logStreamNamePrefix: 'a' };
    expect((await failureOf(filter(both))).name).toBe('InvalidParameterException');
    expect((await failureOf(filter({ logStreamNames: ['a'] }))).name).toBe('ResourceNotFoundException');
    world.setEmptyPages({ filterLogEvents: 1 });
    const { nextToken } = await filter({ limit: 1 });
    expect((await failureOf(filter({ nextToken, startTime: 1 }))).name).toBe('InvalidParameterException');
  });
});

describe('groups and streams', () => {
  test('a container cannot log into a group that is not there', () => {
    expect(() => place.append('/ecs/web', 's', start, 'x')).toThrow('no log group /ecs/web');
    expect([place.hasGroup('/ecs/web'), place.hasGroup(logGroupName)]).toEqual([false, true]);
  });

  test('streams by name or by their last event, in pages', async () => {
    write(1, 'b');
    write(1, 'a');
    place.createStream(logGroupName, 'empty');
    const names = async (input: Partial<logs.DescribeLogStreamsCommandInput>) => {
      const answer = await client.send(new logs.DescribeLogStreamsCommand({ logGroupName, ...input }));
      return { names: answer.logStreams?.map(stream => stream.logStreamName), nextToken: answer.nextToken };
    };
    expect((await names({})).names).toEqual(['a', 'b', 'empty']);
    expect((await names({ orderBy: 'LastEventTime', descending: true })).names).toEqual(['a', 'b', 'empty']);
    expect((await names({ logStreamNamePrefix: 'e' })).names).toEqual(['empty']);
    const { nextToken } = await names({ limit: 2 });
    expect((await names({ limit: 2, nextToken })).names).toEqual(['empty']);
    const mixed = names({ orderBy: 'LastEventTime', logStreamNamePrefix: 'a' });
    expect((await failureOf(mixed)).name).toBe('InvalidParameterException');
  });

  test('every account and region has its own, and Insights is not modelled', async () => {
    world.at('222222222222', 'ap-southeast-2').createGroup('/ecs/other');
    const { logGroups } = await client.send(new logs.DescribeLogGroupsCommand({ logGroupNamePrefix: '/ecs' }));
    expect(logGroups?.map(group => group.logGroupName)).toEqual([logGroupName]);
    const query = { logGroupName, startTime: 0, endTime: 1, queryString: 'fields @message' };
    await failureOf(client.send(new logs.StartQueryCommand(query)));
    expect(lab.unmodelled).toEqual(['logs.StartQuery']);
  });
});
