import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { HeadObjectCommand, PutObjectCommand, S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { makeZip } from '../../aws/lambda/archive.ts';
import { functionsOf, readSamTemplate, writeSamTemplate } from './template.ts';
import { type Flags, Refusal, say, tell } from './words.ts';

/** Uploads the code of each function under the digest of what is in it, and writes the template that refers to the uploads. */
export async function packageTemplate(flags: Flags): Promise<void> {
  const { 's3-bucket': bucket, 's3-prefix': prefix, region, 'output-template-file': output } = flags;
  if (bucket === undefined || region === undefined || output === undefined || prefix === undefined) {
    throw new Refusal('the lab’s sam does not model `sam package` without bucket, prefix, region and output', 99);
  }
  const file = resolve(flags['template-file'] ?? 'template.yaml');
  const template = readSamTemplate(file);
  const client = new S3Client({ region, maxAttempts: 1 });
  for (const { id, properties } of functionsOf(template)) {
    const code = String(properties.CodeUri);
    const folder = join(dirname(file), code);
    const failed = (why: string) =>
      new Refusal(`Unable to upload artifact ${code} referenced by CodeUri parameter of ${id} resource.\n${why}`);
    if (!existsSync(folder)) {
      throw failed(`Parameter CodeUri of resource ${id} refers to a file or folder that does not exist ${folder}`);
    }
    const files = filesIn(folder);
    const key = `${prefix}/${digestOf(files)}`;
    try {
      await upload(client, bucket, key, files);
    } catch (error) {
      if (!(error instanceof S3ServiceException)) throw error;
      throw failed(whyNot(error));
    }
    properties.CodeUri = `s3://${bucket}/${key}`;
  }
  writeFileSync(output, writeSamTemplate(template));
  say(`\nSuccessfully packaged artifacts and wrote output template to file ${output}.`);
}

async function upload(
  client: S3Client,
  bucket: string,
  key: string,
  files: ReadonlyMap<string, Buffer>,
): Promise<void> {
  try {
    await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
    tell(`\n\tFile with same data already exists at ${key}, skipping upload`);
    return;
  } catch (error) {
    if (!(error instanceof S3ServiceException)) throw error;
  }
  const body = makeZip(Object.fromEntries([...files].map(([path, content]) => [path, content.toString('utf8')])));
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, ServerSideEncryption: 'AES256' }));
}

function whyNot({ name, message }: S3ServiceException): string {
  if (name === 'NoSuchBucket') return '\nS3 Bucket does not exist.';
  return `An error occurred (${name}) when calling the PutObject operation: ${message}`;
}

function filesIn(folder: string): ReadonlyMap<string, Buffer> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map(path => join(folder, path))
    .filter(path => statSync(path).isFile())
    .toSorted();
  return new Map(paths.map(path => [relative(folder, path), readFileSync(path)]));
}

/** MD5 of the names, each with the MD5 of what is in it, in hexadecimal. */
function digestOf(files: ReadonlyMap<string, Buffer>): string {
  const digest = createHash('md5');
  for (const [path, content] of files) digest.update(path).update(createHash('md5').update(content).digest('hex'));
  return digest.digest('hex');
}
