import { CloudWatchLogsClient, GetLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { AwsCallError } from './errors.ts';
import { withRetries } from './retry.ts';
import type { AwsSession } from './session.ts';

/** The calls of CloudWatch Logs that the suite makes. */
export interface Logs {
  /** The last lines of a stream, oldest first. Empty when it has none (yet): a stream begins with its first line. */
  tail(group: string, stream: string, lines: number): Promise<readonly string[]>;
}

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
      try {
        const { events } = await withRetries(retry, 'logs:GetLogEvents', 'any-number', () => client.send(command));
        return (events ?? []).map(event => event.message ?? '');
      } catch (error) {
        if (error instanceof AwsCallError && error.code === 'ResourceNotFoundException') return [];
        throw error;
      }
    },
  };
}
