import {
  type BackupSummary,
  DescribeContinuousBackupsCommand,
  DynamoDBClient,
  ListBackupsCommand,
} from '@aws-sdk/client-dynamodb';
import { unlessMissing } from './missing.ts';
import { withRetries } from './retry.ts';
import type { AwsSession } from './session.ts';

/** The calls of DynamoDB that the suite makes. Times are epoch ms. Every method pages and retries; errors are `AwsCallError`. */
export interface DynamoDb {
  /** Up to when a table can be restored to any point in time; `off` where that is switched off, undefined without such a table. */
  latestRestorable(table: string): Promise<number | 'off' | undefined>;
  /** Backups of a table that are done, of whoever asked for them; in no order. */
  backups(table: string): Promise<readonly { readonly id: string; readonly at: number }[]>;
}

export function createDynamoDb(session: AwsSession): DynamoDb {
  const { region, credentials, retry } = session;
  const client = new DynamoDBClient({ region, maxAttempts: 1, ...(credentials === undefined ? {} : { credentials }) });
  const call = <T>(operation: string, send: () => Promise<T>) =>
    withRetries(retry, `dynamodb:${operation}`, 'any-number', send);

  return {
    async latestRestorable(TableName) {
      const command = new DescribeContinuousBackupsCommand({ TableName });
      const asked = call('DescribeContinuousBackups', () => client.send(command));
      const answer = await unlessMissing('TableNotFoundException', asked);
      if (answer === undefined) return undefined;
      const recovery = answer.ContinuousBackupsDescription?.PointInTimeRecoveryDescription;
      if (recovery?.PointInTimeRecoveryStatus !== 'ENABLED') return 'off';
      return recovery.LatestRestorableDateTime?.getTime() ?? 'off';
    },

    async backups(TableName) {
      const found: BackupSummary[] = [];
      let ExclusiveStartBackupArn: string | undefined;
      do {
        // Those of users alone, unless asked otherwise: AWS Backup’s count as well.
        const command = new ListBackupsCommand({ TableName, BackupType: 'ALL', ExclusiveStartBackupArn });
        const answer = await call('ListBackups', () => client.send(command));
        found.push(...(answer.BackupSummaries ?? []));
        ExclusiveStartBackupArn = answer.LastEvaluatedBackupArn;
      } while (ExclusiveStartBackupArn !== undefined);
      return found.flatMap(({ BackupArn: id = '', BackupStatus, BackupCreationDateTime }) =>
        BackupStatus === 'AVAILABLE' && BackupCreationDateTime !== undefined
          ? [{ id, at: BackupCreationDateTime.getTime() }]
          : [],
      );
    },
  };
}
