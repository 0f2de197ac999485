import { CloudWatchLogsClient, FilterLogEventsCommand, GetLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { AwsCallError } from './errors.ts';
import { unlessMissing } from './missing.ts';
import { withRetries } from './retry.ts';
import type { AwsSession } from './session.ts';

/** The calls of CloudWatch Logs that the suite makes. */
export interface Logs {
  /** The last lines of a stream, oldest first. Empty when it has none (yet): a stream begins with its first line. */
  tail(group: string, stream: string, lines: number): Promise<readonly string[]>;
  /** The last lines since a time (epoch ms) of all streams whose names begin so, oldest first. */
  tailOfStreams(group: string, prefix: string, since: number, lines: number): Promise<readonly string[]>;
}

/** An empty page of FilterLogEvents is not the end; where it never ends, what was found has to do. */
const mostPages = 20;

export function createLogs(session: AwsSession): Logs {
  const { region, credentials, retry } = session;
  const client = new CloudWatchLogsClient({
    region,
    maxAttempts: 1,
    ...(credentials === undefined ? {} : { credentials }),
  });
  return {
    async tail(group, stream, lines) {
      const command = new GetLogEventsCommand({ logGroupName: group, logStreamName: stream, limit: lines });
      const asked = withRetries(retry, 'logs:GetLogEvents', 'any-number', () => client.send(command));
      const answer = await unlessMissing('ResourceNotFoundException', asked);
      return (answer?.events ?? []).map(event => event.message ?? '');
    },

    async tailOfStreams(logGroupName, logStreamNamePrefix, startTime, lines) {
      const found: string[] = [];
      let nextToken: string | undefined;
      try {
        for (let page = 0; page < mostPages; page += 1) {
          const command = new FilterLogEventsCommand({ logGroupName, logStreamNamePrefix, startTime, nextToken });
          const answer = await withRetries(retry, 'logs:FilterLogEvents', 'any-number', () => client.send(command));
          found.push(...(answer.events ?? []).map(event => event.message ?? ''));
          nextToken = answer.nextToken;
          if (nextToken === undefined) break;
        }
      } catch (error) {
        if (!(error instanceof AwsCallError) || error.code !== 'ResourceNotFoundException') throw error;
      }
      return found.slice(-lines);
    },
  };
}
