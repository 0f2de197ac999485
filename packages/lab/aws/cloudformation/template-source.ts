import type { Engine } from './engine.ts';
import { invalid } from './errors.ts';
import type { Place } from './stacks.ts';
import type { Stack } from './state.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html, in bytes. */
const largestBody = 51_200;
const largestObject = 1_048_576;

/** The body that a request means: given, at a URL, or the one that the stack has. */
export function readSource(
  engine: Engine,
  place: Place,
  source: {
    readonly TemplateBody?: string | undefined;
    readonly TemplateURL?: string | undefined;
    readonly UsePreviousTemplate?: boolean | undefined;
  },
  stack: Stack | undefined,
): string {
  const { TemplateBody: body, TemplateURL: url, UsePreviousTemplate: previous = false } = source;
  const given = [body !== undefined, url !== undefined, previous].filter(Boolean).length;
  if (given !== 1) throw invalid('Either Template URL or Template Body must be specified.');
  if (previous) return stack?.body ?? '';
  if (url !== undefined) return readUrl(engine, place, url);
  const text = body ?? '';
  if (Buffer.byteLength(text) > largestBody) {
    throw invalid(
      `1 validation error detected: Value '${text.slice(0, 20)}…' at 'templateBody' failed to satisfy constraint: Member must have length less than or equal to ${largestBody}`,
    );
  }
  return text;
}

export function readUrl(engine: Engine, { account, region }: Place, url: string): string {
  // A client that makes the URL of its own endpoint names the lab’s.
  const isS3 = /^https:\/\/[^/]*s3[^/]*\.amazonaws\.com\/.+|^http:\/\/127\.0\.0\.1:\d+\/.+/.test(url);
  if (!isS3) throw invalid('TemplateURL must be a supported URL.');
  const read = engine.ports.template(account, region, url);
  if ('error' in read) {
    throw invalid(
      `S3 error: ${read.error}\nFor more information check http://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html`,
    );
  }
  if (Buffer.byteLength(read.body) > largestObject) {
    throw invalid(`Template may not exceed ${largestObject} bytes in size.`);
  }
  return read.body;
}
