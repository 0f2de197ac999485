/**
 * What `aws s3 sync <folder> s3://<bucket>` does, and an invalidation of everything after it: the way most sites are deployed. Listed by
 * a thousand; a file is sent when its size differs or it is younger than the object, ten at a time; then `create-invalidation --paths '/*'`
 * and `wait invalidation-completed`, which looks every 20 s. Sources:
 * https://docs.aws.amazon.com/cli/latest/reference/s3/sync.html , https://docs.aws.amazon.com/cli/latest/topic/s3-config.html and
 * https://docs.aws.amazon.com/cli/latest/reference/cloudfront/wait/invalidation-completed.html
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CloudFrontClient, CreateInvalidationCommand, GetInvalidationCommand } from '@aws-sdk/client-cloudfront';
import { ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';

const [folder = '', Bucket = '', DistributionId = '', region = ''] = process.argv.slice(2);
const s3 = new S3Client({ region });
const cloudfront = new CloudFrontClient({ region });

const there = new Map<string, { readonly size: number; readonly at: number }>();
let ContinuationToken: string | undefined;
do {
  const page = await s3.send(new ListObjectsV2Command({ Bucket, ContinuationToken }));
  for (const { Key = '', Size = 0, LastModified } of page.Contents ?? []) {
    there.set(Key, { size: Size, at: LastModified?.getTime() ?? 0 });
  }
  ContinuationToken = page.NextContinuationToken;
} while (ContinuationToken !== undefined);

const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(path =>
  statSync(join(folder, path)).isFile(),
);
const queue = files
  .filter(path => {
    const { size, mtimeMs } = statSync(join(folder, path));
    const known = there.get(path);
    return known === undefined || known.size !== size || mtimeMs > known.at;
  })
  .values();
const worker = async () => {
  for (const path of queue) {
    await s3.send(new PutObjectCommand({ Bucket, Key: path, Body: readFileSync(join(folder, path)) }));
  }
};
await Promise.all(Array.from({ length: 10 }, worker));

const batch = { CallerReference: `cli-${Date.now()}`, Paths: { Quantity: 1, Items: ['/*'] } };
const made = await cloudfront.send(new CreateInvalidationCommand({ DistributionId, InvalidationBatch: batch }));
const Id = made.Invalidation?.Id;
for (;;) {
  const { Invalidation } = await cloudfront.send(new GetInvalidationCommand({ DistributionId, Id }));
  if (Invalidation?.Status === 'Completed') break;
  await sleep(20_000);
}
