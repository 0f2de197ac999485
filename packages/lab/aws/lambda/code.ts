import { createHash } from 'node:crypto';
import type * as model from '@aws-sdk/client-lambda';
import { ServiceError } from '../../wire/service.ts';
import type { AppBehaviour } from '../ecs/behaviour.ts';
import { readZip } from './archive.ts';
import type { Engine } from './engine.ts';
import { invalid } from './errors.ts';
import type { Code, LambdaFunction, Realm } from './state.ts';

/** Sent directly: 50 MB as Base64 in a request of 70167211 bytes. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const largestRequest = 70_167_211;
const largestUnzipped = 262_144_000;

/** What UpdateFunctionCode is given, as the code of a function. Refuses as Lambda does. */
export function readCode(engine: Engine, fn: LambdaFunction, input: model.UpdateFunctionCodeCommandInput): Code {
  const { ZipFile, S3Bucket, S3Key, S3ObjectVersion, ImageUri } = input;
  const ways = [ZipFile, S3Bucket ?? S3Key, ImageUri].filter(way => way !== undefined);
  if (ways.length === 0) throw invalid('Please provide a source for function code.');
  if (ways.length > 1) {
    throw invalid('Please do not provide other FunctionCode parameters when providing a ZipFile.');
  }
  if (ImageUri !== undefined) {
    if (fn.kind === 'Zip')
      throw invalid("Please don't provide ImageUri when updating a function with packageType Zip.");
    return imageCode(engine, fn.realm, ImageUri);
  }
  if (fn.kind === 'Image') throw invalid('Please provide ImageUri when updating a function with packageType Image.');
  if (ZipFile !== undefined) {
    if ((ZipFile.length * 4) / 3 > largestRequest) {
      const message = `Request must be smaller than ${largestRequest} bytes for the UpdateFunctionCode operation`;
      throw new ServiceError('RequestTooLargeException', message, 413, { Type: 'User' });
    }
    return zipCode(engine, fn.realm, ZipFile);
  }
  if (S3Bucket === undefined || S3Key === undefined) throw invalid('Please provide both S3Bucket and S3Key.');
  return zipCode(engine, fn.realm, storedBytes(engine, fn.realm, S3Bucket, S3Key, S3ObjectVersion));
}

/** An object of S3, read as Lambda reads it. */
export function storedBytes(
  engine: Engine,
  realm: Realm,
  bucket: string,
  key: string,
  version: string | undefined,
): Uint8Array {
  const found = engine.ports.objects.get(realm.account, realm.region, bucket, key, version);
  if ('body' in found) return found.body;
  const words = {
    NoSuchKey: 'The specified key does not exist.',
    NoSuchBucket: 'The specified bucket does not exist',
    AccessDenied: 'Access Denied',
    PermanentRedirect: `The bucket is in this region: ${found.region}. Please use this region to retry the request`,
  }[found.failure];
  throw invalid(`Error occurred while GetObject. S3 Error Code: ${found.failure}. S3 Error Message: ${words}`);
}

/** CodeSha256 of a zip is the Base64 of its SHA-256. */
export function zipCode(engine: Engine, { account }: Realm, bytes: Uint8Array): Code {
  const files = readZip(bytes);
  if (files === undefined) {
    throw invalid('Could not unzip uploaded file. Please check your file, then try to upload again.');
  }
  const unzipped = [...files.values()].reduce((sum, file) => sum + file.length, 0);
  if (unzipped > largestUnzipped) throw invalid(`Unzipped size must be smaller than ${largestUnzipped} bytes`);
  return {
    sha256: createHash('sha256').update(bytes).digest('base64'),
    size: bytes.length,
    behaviour: behaviourOf(engine, account, files.get('package.json')?.toString() ?? ''),
  };
}

function behaviourOf(engine: Engine, account: string, manifest: string): AppBehaviour {
  const { name = '', version = '' } = manifest === '' ? {} : (JSON.parse(manifest) as Partial<Record<string, string>>);
  return engine.ports.packageBehaviour(name, version, account);
}

/**
 * A tag becomes a digest now, and never again: https://docs.aws.amazon.com/lambda/latest/dg/images-create.html .
 * Inference: CodeSha256 of an image is its digest.
 */
export function imageCode(engine: Engine, { account, region }: Realm, uri: string): Code {
  const found = engine.ports.images.resolve(account, region, uri);
  if (found === 'not-found') throw invalid(`Source image ${uri} does not exist. Provide a valid source image.`);
  const { digest } = found;
  const repository = uri.replace(/@.*$/, '').replace(/:[^/:]*$/, '');
  return {
    sha256: digest.replace('sha256:', ''),
    size: 0,
    behaviour: engine.ports.imageBehaviour(digest, account),
    image: { uri, resolved: `${repository}@${digest}` },
  };
}
