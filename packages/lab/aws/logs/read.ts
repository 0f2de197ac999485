import type * as model from '@aws-sdk/client-cloudwatch-logs';
import { modelOnly } from '../../wire/not-modelled.ts';
import { ServiceError } from '../../wire/service.ts';
import { compileFilter } from './filter-pattern.ts';
import { type Cursor, compareEvents, type LogEvent, type LogGroup, readable } from './group.ts';

/** How many pages come back empty before the first with events: an empty page is not the end. */
export interface EmptyPages {
  readonly filterLogEvents: number;
  readonly getLogEvents: number;
}

const most = 10_000;
const before: Cursor = { timestamp: Number.NEGATIVE_INFINITY, order: 0 };

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html : both ends included. */
export function filterLogEvents(
  input: model.FilterLogEventsCommandInput,
  group: LogGroup,
  now: number,
  empty: EmptyPages,
) {
  modelOnly(
    input,
    'logGroupName',
    'logGroupIdentifier',
    'logStreamNames',
    'logStreamNamePrefix',
    'startTime',
    'endTime',
    'filterPattern',
    'nextToken',
    'limit',
    'interleaved',
  );
  const { logStreamNames, logStreamNamePrefix, startTime = 0, endTime = Number.POSITIVE_INFINITY } = input;
  if (logStreamNames !== undefined && logStreamNamePrefix !== undefined) {
    throw invalid('logStreamNames and logStreamNamePrefix are mutually exclusive');
  }
  const missing = logStreamNames?.find(name => !group.streams.has(name));
  if (missing !== undefined) throw notFound('stream');
  const limit = limitOf(input.limit);
  const matches = compileFilter(input.filterPattern);
  const { nextToken, limit: _limit, ...question } = input;
  const { cursor, page } = readFilterToken(nextToken, JSON.stringify(question));
  const events = readable(
    group,
    now,
    ({ stream, timestamp, message }) =>
      timestamp >= startTime &&
      timestamp <= endTime &&
      logStreamNames?.includes(stream) !== false &&
      stream.startsWith(logStreamNamePrefix ?? '') &&
      matches(message),
  ).filter(event => compareEvents(event, cursor) > 0);
  const asked = JSON.stringify(question);
  if (page < empty.filterLogEvents) {
    return { events: [], searchedLogStreams: [], nextToken: writeToken([cursor, page + 1, asked]) };
  }
  const shown = events.slice(0, limit);
  const last = shown.at(-1);
  return {
    events: shown.map(event => ({
      logStreamName: event.stream,
      timestamp: event.timestamp,
      message: event.message,
      ingestionTime: event.arrives,
      eventId: `${event.timestamp}${String(event.order).padStart(10, '0')}`,
    })),
    searchedLogStreams: [],
    ...(last !== undefined && shown.length < events.length
      ? { nextToken: writeToken([cursorOf(last), page + 1, asked]) }
      : {}),
  };
}

function readFilterToken(token: string | undefined, asked: string): { cursor: Cursor; page: number } {
  if (token === undefined) return { cursor: before, page: 0 };
  const [cursor, page, question] = readToken(token);
  if (question !== asked || typeof page !== 'number') throw invalid('The specified nextToken is invalid.');
  return { cursor: readCursor(cursor), page };
}

/**
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetLogEvents.html : the end is excluded; by
 * default the newest page first, each page oldest first; the end is where a token comes back the same.
 */
export function getLogEvents(input: model.GetLogEventsCommandInput, group: LogGroup, now: number, empty: EmptyPages) {
  modelOnly(
    input,
    'logGroupName',
    'logGroupIdentifier',
    'logStreamName',
    'startTime',
    'endTime',
    'nextToken',
    'limit',
    'startFromHead',
  );
  const { logStreamName = '', startTime = 0, endTime = Number.POSITIVE_INFINITY, nextToken } = input;
  if (!group.streams.has(logStreamName)) throw notFound('stream');
  const limit = limitOf(input.limit);
  const events = readable(
    group,
    now,
    ({ stream, timestamp }) => stream === logStreamName && timestamp >= startTime && timestamp < endTime,
  );
  const token = readStreamToken(nextToken, input.startFromHead === true);
  if (token.page < empty.getLogEvents) return streamPage([], token, token.page + 1, nextToken);
  const forward = events.filter(event => compareEvents(event, token.forward) > 0);
  const backward = events.filter(event => compareEvents(event, token.backward) < 0);
  const shown = token.direction === 'f' ? forward.slice(0, limit) : backward.slice(-limit);
  return streamPage(shown, token, token.page, nextToken);
}

interface StreamToken {
  readonly direction: 'f' | 'b';
  /** Everything up to here is behind a reader that goes forward … */
  readonly forward: Cursor;
  /** … and everything from here is behind one that goes backward. */
  readonly backward: Cursor;
  readonly page: number;
}

function readStreamToken(token: string | undefined, fromHead: boolean): StreamToken {
  const whole = { forward: before, backward: { timestamp: Number.POSITIVE_INFINITY, order: 0 }, page: 0 };
  if (token === undefined) return { ...whole, direction: fromHead ? 'f' : 'b' };
  const [direction, rest] = [token.slice(0, 2), token.slice(2)];
  if (direction !== 'f/' && direction !== 'b/') throw invalid('The specified nextToken is invalid.');
  if (direction === 'f/' && !fromHead) throw invalid('A nextForwardToken needs startFromHead to be true.');
  const [cursor, page] = readToken(rest);
  if (typeof page !== 'number') throw invalid('The specified nextToken is invalid.');
  const place = cursor === null ? undefined : readCursor(cursor);
  if (direction === 'f/') return { ...whole, direction: 'f', forward: place ?? whole.forward, page };
  return { ...whole, direction: 'b', backward: place ?? whole.backward, page };
}

function streamPage(shown: readonly LogEvent[], token: StreamToken, page: number, given: string | undefined) {
  const [first, last] = [shown.at(0), shown.at(-1)];
  const place = (cursor: Cursor) => (Number.isFinite(cursor.timestamp) ? cursor : null);
  const forward = last === undefined ? place(token.forward) : cursorOf(last);
  const backward = first === undefined ? place(token.backward) : cursorOf(first);
  const ended = given !== undefined && shown.length === 0 && page === token.page;
  return {
    events: shown.map(({ timestamp, message, arrives }) => ({ timestamp, message, ingestionTime: arrives })),
    nextForwardToken: ended && token.direction === 'f' ? given : `f/${writeToken([forward, page])}`,
    nextBackwardToken: ended && token.direction === 'b' ? given : `b/${writeToken([backward, page])}`,
  };
}

function cursorOf({ timestamp, order }: Cursor): Cursor {
  return { timestamp, order };
}

function readCursor(value: unknown): Cursor {
  // JSON has no infinity: the start comes back as null.
  if (typeof value !== 'object' || value === null || !('timestamp' in value) || !('order' in value)) return before;
  return typeof value.timestamp === 'number' && typeof value.order === 'number'
    ? { timestamp: value.timestamp, order: value.order }
    : before;
}

function limitOf(limit: number = most): number {
  if (limit >= 1 && limit <= most) return limit;
  const rule = limit < 1 ? 'greater than or equal to 1' : `less than or equal to ${most}`;
  throw invalid(
    `1 validation error detected: Value '${limit}' at 'limit' failed to satisfy constraint: Member must have value ${rule}`,
  );
}

function writeToken(value: readonly unknown[]): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function readToken(token: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(token, 'base64url').toString());
    if (Array.isArray(value)) return value;
  } catch {}
  throw invalid('The specified nextToken is invalid.');
}

function invalid(message: string): ServiceError {
  return new ServiceError('InvalidParameterException', message);
}

export function notFound(what: 'group' | 'stream'): ServiceError {
  return new ServiceError('ResourceNotFoundException', `The specified log ${what} does not exist.`);
}
