import * as model from '@aws-sdk/client-cloudwatch-logs';
import type { LabClock } from '../../clock/clock.ts';
import { modelOnly } from '../../wire/not-modelled.ts';
import { cutPage } from '../../wire/paging.ts';
import { createPlaces } from '../../wire/places.ts';
import { type Call, type Service, ServiceError } from '../../wire/service.ts';
import { type LogGroup, readable } from './group.ts';
import { type EmptyPages, filterLogEvents, getLogEvents, notFound } from './read.ts';

/** The logs of one account and region. */
export interface LogsPlace {
  createGroup(name: string): void;
  hasGroup(name: string): boolean;
  createStream(group: string, stream: string): void;
  /**
   * An event that can be read `lateness` ms after it happened or was appended, whichever is later. Makes the stream; throws
   * when the group is missing, as the container's log driver would fail then.
   */
  append(group: string, stream: string, timestamp: number, message: string, lateness?: number): void;
}

export interface LogsWorld {
  readonly service: Service;
  at(account: string, region: string): LogsPlace;
  /** How late events arrive when `append` does not say, ms. */
  setLateness(milliseconds: number): void;
  setEmptyPages(pages: Partial<EmptyPages>): void;
}

export interface LogsOptions {
  readonly clock: LabClock;
  /** Default 3 s: enough that nobody can read a line at the moment of the crash that it explains. */
  readonly lateness?: number;
}

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/ . Insights queries are not modelled. */
export function createLogs({ clock, lateness: initial = 3000 }: LogsOptions): LogsWorld {
  const places = createPlaces(() => new Map<string, LogGroup>());
  let lateness = initial;
  let emptyPages: EmptyPages = { filterLogEvents: 1, getLogEvents: 0 };
  let order = 0;

  function find(input: { logGroupName?: string | undefined; logGroupIdentifier?: string | undefined }, call: Call) {
    const { logGroupName, logGroupIdentifier } = input;
    if ((logGroupName === undefined) === (logGroupIdentifier === undefined)) {
      const message = 'You must include either logGroupIdentifier or logGroupName, but not both.';
      throw new ServiceError('InvalidParameterException', message);
    }
    const prefix = `arn:aws:logs:${call.region}:${call.account}:log-group:`;
    const name = logGroupName ?? logGroupIdentifier?.replace(prefix, '') ?? '';
    const group = places.at(call.account, call.region).get(name);
    if (group === undefined) throw notFound('group');
    return group;
  }

  /** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogGroups.html */
  function describeLogGroups(input: model.DescribeLogGroupsCommandInput, { account, region }: Call) {
    modelOnly(input, 'logGroupNamePrefix', 'nextToken', 'limit');
    const groups = [...places.at(account, region).values()]
      .filter(group => group.name.startsWith(input.logGroupNamePrefix ?? ''))
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map(group => describeGroup(group, account, region));
    const page = pageOf(groups, input.logGroupNamePrefix, input.nextToken, input.limit);
    return { logGroups: page.items, nextToken: page.next };
  }

  /** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogStreams.html */
  function describeLogStreams(input: model.DescribeLogStreamsCommandInput, call: Call) {
    const { nextToken, limit, ...query } = input;
    const { logStreamNamePrefix: prefix = '', orderBy = 'LogStreamName', descending = false } = input;
    if (orderBy === 'LastEventTime' && prefix !== '') {
      const message = 'Cannot order by LastEventTime with a logStreamNamePrefix.';
      throw new ServiceError('InvalidParameterException', message);
    }
    const group = find(input, call);
    const streams = [...group.streams]
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, created]) => describeStream(group, name, created, call))
      .sort((a, b) => {
        const byTime = orderBy === 'LastEventTime' ? (a.lastEventTimestamp ?? 0) - (b.lastEventTimestamp ?? 0) : 0;
        return (byTime || (a.logStreamName < b.logStreamName ? -1 : 1)) * (descending ? -1 : 1);
      });
    const page = pageOf(streams, query, nextToken, limit);
    return { logStreams: page.items, nextToken: page.next };
  }

  const service: Service = {
    id: 'logs',
    model,
    // Five a second, and no more for asking: https://repost.aws/knowledge-center/cloudwatch-logs-throttling
    buckets: [{ operations: ['FilterLogEvents'], burst: 5, refill: 5 }],
    resource: (_operation, input, { account, region }) =>
      typeof input.logGroupName === 'string' ? groupArn(input.logGroupName, account, region) : undefined,
    operations: {
      DescribeLogGroups: describeLogGroups,
      DescribeLogStreams: describeLogStreams,
      GetLogEvents: (input: model.GetLogEventsCommandInput, call: Call) =>
        getLogEvents(input, find(input, call), call.now, emptyPages),
      FilterLogEvents: (input: model.FilterLogEventsCommandInput, call: Call) =>
        filterLogEvents(input, find(input, call), call.now, emptyPages),
    },
  };

  return {
    service,
    setLateness: milliseconds => {
      lateness = milliseconds;
    },
    setEmptyPages: pages => {
      emptyPages = { ...emptyPages, ...pages };
    },
    at(account, region) {
      const groups = places.at(account, region);
      const own = (name: string) => {
        const group = groups.get(name);
        if (group === undefined) throw new Error(`There is no log group ${name} in ${account} ${region}`);
        return group;
      };
      const createStream = (group: string, stream: string) => {
        const { streams } = own(group);
        if (!streams.has(stream)) streams.set(stream, clock.now());
      };
      return {
        createGroup: name => {
          if (!groups.has(name)) groups.set(name, { name, createdAt: clock.now(), streams: new Map(), events: [] });
        },
        hasGroup: name => groups.has(name),
        createStream,
        append(group, stream, timestamp, message, late = lateness) {
          createStream(group, stream);
          order += 1;
          own(group).events.push({
            stream,
            timestamp,
            message,
            order,
            arrives: Math.max(timestamp, clock.now()) + late,
          });
        },
      };
    },
  };
}

function describeGroup(group: LogGroup, account: string, region: string): model.LogGroup {
  const arn = groupArn(group.name, account, region);
  return {
    logGroupName: group.name,
    creationTime: group.createdAt,
    metricFilterCount: 0,
    arn,
    logGroupArn: arn.slice(0, -2),
    storedBytes: 0,
    logGroupClass: 'STANDARD',
  };
}

function describeStream(group: LogGroup, name: string, created: number, { account, region, now }: Call) {
  const events = readable(group, now, event => event.stream === name);
  const [first, last] = [events.at(0), events.at(-1)];
  return {
    logStreamName: name,
    creationTime: created,
    arn: `arn:aws:logs:${region}:${account}:log-group:${group.name}:log-stream:${name}`,
    storedBytes: 0,
    ...(first === undefined || last === undefined
      ? {}
      : {
          firstEventTimestamp: first.timestamp,
          lastEventTimestamp: last.timestamp,
          lastIngestionTime: Math.max(...events.map(event => event.arrives)),
        }),
  };
}

function groupArn(name: string, account: string, region: string): string {
  return `arn:aws:logs:${region}:${account}:log-group:${name}:*`;
}

function pageOf<T>(items: readonly T[], query: unknown, token: string | undefined, limit = 50) {
  if (limit < 1 || limit > 50) throw new ServiceError('InvalidParameterException', 'limit must be between 1 and 50');
  const page = cutPage(items, query, token, limit);
  if (page === undefined) throw new ServiceError('InvalidParameterException', 'The specified nextToken is invalid.');
  return page;
}
