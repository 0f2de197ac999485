import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { CodeInput, FunctionState } from '#aws/lambda';
import { FindingError } from '#core/finding';
import type { LambdaComponent } from '#core/flow/targets/lambda';
import type { DriverSetting } from '../setting.ts';
import { zipFolder } from './zip-folder.ts';

/** The code that is wanted. */
export interface Code {
  readonly kind: 'Zip' | 'Image';
  /** As UpdateFunctionCode takes it; read when it is sent, so that hundreds of archives are never in memory together. */
  readonly load: () => CodeInput;
  /** Base64 of its SHA-256, as Lambda has it; of an image the digest; undefined: only a dry run tells. */
  readonly checksum?: string;
  readonly digest?: string;
  /** What people call it. */
  readonly text: string;
}

/** Whether a version has this code; undefined: its checksum is needed for that. */
export function hasCode({ Configuration, Code: held }: FunctionState, code: Code): boolean | undefined {
  if (code.digest !== undefined) return held?.ResolvedImageUri?.endsWith(`@${code.digest}`) === true;
  return code.checksum === undefined ? undefined : Configuration?.CodeSha256 === code.checksum;
}

/** More cannot be sent directly. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const largestZip = 50 * 1024 * 1024;

/** `functionArn`: an image in a repository is that of the function’s own account and region. Throws a `FindingError`. */
export async function codeOf(component: LambdaComponent, setting: DriverSetting, functionArn: string): Promise<Code> {
  const { code, name } = component;
  switch (code.from) {
    case 'image':
      return imageCode(code.image);
    case 'repository': {
      const digest = setting.artifacts.image;
      if (digest === undefined) {
        const message = `No image digest was handed over for the component ${name}, and none is recorded for this commit.`;
        throw new FindingError([{ reason: 'artifact-unknown', message, evidence: { component: name } }]);
      }
      return imageCode(`${registryOf(code.repository, functionArn)}${code.repository}@${digest}`);
    }
    case 's3': {
      const { bucket: S3Bucket, key: S3Key, version } = code;
      const input = { S3Bucket, S3Key, ...(version === undefined ? {} : { S3ObjectVersion: version }) };
      return { kind: 'Zip', load: () => input, text: `s3://${S3Bucket}/${S3Key}` };
    }
    case 'zip': {
      const folder = code.artifact === undefined ? setting.workspace : await setting.filesOf(setting.artifacts);
      const first = readArchive(folder, code.path);
      const [checksum, text] = [checksumOf(first), `${code.path} (${first.length} bytes)`];
      const load = () => {
        const ZipFile = readArchive(folder, code.path);
        if (checksumOf(ZipFile) === checksum) return { ZipFile };
        throw invalid(code.path, `${code.path} has changed since it was looked at.`, 'Let nothing else write there.');
      };
      return { kind: 'Zip', load, checksum, text };
    }
  }
}

function checksumOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('base64');
}

function imageCode(uri: string): Code {
  const digest = /@(sha256:[0-9a-f]{64})$/.exec(uri)?.[1];
  return { kind: 'Image', load: () => ({ ImageUri: uri }), text: uri, ...(digest === undefined ? {} : { digest }) };
}

/** A repository’s name alone means the registry of the function. */
function registryOf(repository: string, functionArn: string): string {
  const [, partition, , region, account] = functionArn.split(':');
  const domain = partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
  return /^[^/]+[.:][^/]*\//.test(repository) ? '' : `${account}.dkr.ecr.${region}.${domain}/`;
}

function readArchive(folder: string, path: string): Buffer {
  const full = join(folder, path);
  const stat = statSync(full, { throwIfNoEntry: false });
  if (stat === undefined)
    throw invalid(path, `There is no ${path} to deploy.`, 'Build it in an earlier step of the job.');
  const bytes = stat.isDirectory() ? zipFolder(full) : readFileSync(full);
  if (bytes.length > largestZip) {
    const message = `${path} has ${bytes.length} bytes; Lambda takes ${largestZip} directly.`;
    throw invalid(path, message, 'Put it into a bucket and name it with `s3`, or make it an image.');
  }
  return bytes;
}

function invalid(path: string, message: string, next: string): FindingError {
  return new FindingError([{ reason: 'input-invalid', message, evidence: { path }, next }]);
}
