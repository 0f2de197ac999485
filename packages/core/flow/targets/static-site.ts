import * as z from 'zod/mini';
import { text } from '../fields.ts';
import { type CommonComponent, commonKeys, defineTarget, readCommon } from './target.ts';

/** Files in a bucket, served by CloudFront. */
export interface StaticSiteComponent extends CommonComponent {
  readonly target: 'static-site';
  readonly bucket: string;
  readonly artifact: string;
  readonly distribution?: string | undefined;
}

export const staticSite = defineTarget({
  name: 'static-site',
  description: 'A static web site: files in an S3 bucket, served by CloudFront.',
  keys: {
    ...commonKeys,
    bucket: text('The S3 bucket that the files go to.', { examples: ['unifocus-{env}-web'] }),
    artifact: text('The workflow artifact that holds the built files.', { examples: ['web'] }),
    distribution: z.optional(text('The CloudFront distribution that is invalidated, by its id.')),
  },
  read: (values, surroundings): StaticSiteComponent => ({
    ...readCommon(values, surroundings),
    target: 'static-site',
    bucket: values.bucket,
    artifact: values.artifact,
    distribution: values.distribution,
  }),
});
