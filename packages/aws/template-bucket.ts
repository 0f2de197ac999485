import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { unlessMissing } from './missing.ts';
import { withRetries } from './retry.ts';
import type { AwsSession } from './session.ts';

export interface StoredTemplate {
  readonly body: string;
  /** For CloudFormation’s `TemplateURL`; names the version where the bucket keeps versions. */
  readonly url: string;
}

/** Templates in a bucket. Errors are `AwsCallError`. */
export interface TemplateBucket {
  /** Undefined where there is no such object. */
  read(key: string): Promise<StoredTemplate | undefined>;
  /** Answers the URL of what was written. */
  write(key: string, body: string): Promise<string>;
}

export function createTemplateBucket(session: AwsSession, bucket: string): TemplateBucket {
  const { region, credentials, retry } = session;
  const client = new S3Client({ region, maxAttempts: 1, ...(credentials === undefined ? {} : { credentials }) });
  const call = <T>(operation: string, send: () => Promise<T>) =>
    withRetries(retry, `s3:${operation}`, 'any-number', send);
  const urlOf = (key: string, version: string | undefined) =>
    `https://${bucket}.s3.${region}.amazonaws.com/${key}${version === undefined ? '' : `?versionId=${version}`}`;

  return {
    async read(Key) {
      const asked = call('GetObject', async () => {
        const { Body, VersionId } = await client.send(new GetObjectCommand({ Bucket: bucket, Key }));
        return { body: (await Body?.transformToString()) ?? '', url: urlOf(Key, VersionId) };
      });
      return unlessMissing('NoSuchKey', asked);
    },
    async write(Key, Body) {
      const command = new PutObjectCommand({ Bucket: bucket, Key, Body, ContentType: 'text/plain; charset=utf-8' });
      const { VersionId } = await call('PutObject', () => client.send(command));
      return urlOf(Key, VersionId);
    },
  };
}
