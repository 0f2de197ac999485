import * as sdk from '@aws-sdk/client-cloudwatch-logs';
import { account, region } from '../../server.ts';
import { comparison } from '../comparison.ts';

const logGroupName = '/ecs/conformance';
const logStreamName = 'api/1';
const begin = Date.now() - 600_000;
const lines = ['starting', 'ERROR no database', 'stopping', 'ERROR again'];
const at = (index: number) => begin + index * 1000;

/** A group with a stream of four lines; one without any. */
export const logs = comparison({
  service: 'logs',
  lab({ aws }) {
    aws.logs.setEmptyPages({ filterLogEvents: 0 });
    const place = aws.logs.at(account, region);
    for (const name of [logGroupName, '/ecs/empty']) place.createGroup(name);
    for (const [index, line] of lines.entries()) place.append(logGroupName, logStreamName, at(index), line, 0);
  },
  async moto(client) {
    const logs = new sdk.CloudWatchLogsClient(client);
    for (const name of [logGroupName, '/ecs/empty']) {
      await logs.send(new sdk.CreateLogGroupCommand({ logGroupName: name }));
    }
    await logs.send(new sdk.CreateLogStreamCommand({ logGroupName, logStreamName }));
    const logEvents = lines.map((message, index) => ({ message, timestamp: at(index) }));
    await logs.send(new sdk.PutLogEventsCommand({ logGroupName, logStreamName, logEvents }));
  },
  async play({ client, call }) {
    const logs = new sdk.CloudWatchLogsClient(client);
    const events = async (input: Partial<sdk.GetLogEventsCommandInput> = {}) => {
      const answer = await logs.send(new sdk.GetLogEventsCommand({ logGroupName, logStreamName, ...input }));
      return {
        messages: answer.events?.map(({ message, timestamp }) => ({ message, after: (timestamp ?? 0) - begin })),
      };
    };
    const filter = async (input: Partial<sdk.FilterLogEventsCommandInput> = {}) => {
      const answer = await logs.send(new sdk.FilterLogEventsCommand({ logGroupName, ...input }));
      return { messages: answer.events?.map(({ message, logStreamName: stream }) => ({ message, stream })) };
    };
    await call('groups', async () => {
      const { logGroups } = await logs.send(new sdk.DescribeLogGroupsCommand({ logGroupNamePrefix: '/ecs/' }));
      return { groups: logGroups?.map(group => group.logGroupName) };
    });
    await call('streams', async () => {
      const { logStreams } = await logs.send(new sdk.DescribeLogStreamsCommand({ logGroupName }));
      return { streams: logStreams?.map(stream => stream.logStreamName) };
    });
    await call('a stream from its beginning', () => events({ startFromHead: true }));
    await call('the last two of it', () => events({ limit: 2 }));
    await call('a part of it', () => events({ startTime: at(1), endTime: at(3), startFromHead: true }));
    await call('all of the group', () => filter());
    await call('lines with a word', () => filter({ filterPattern: 'ERROR' }));
    await call('lines with words, quoted', () => filter({ filterPattern: '"ERROR no"' }));
    await call('lines since then', () => filter({ filterPattern: 'ERROR', startTime: at(2) }));
    await call('a stream that is not there', () => events({ logStreamName: 'none' }));
    await call('a group that is not there', () => events({ logGroupName: '/none' }));
    await call('lines of a group that is not there', () => filter({ logGroupName: '/none' }));
  },
});
