import * as z from 'zod/mini';
import { text } from '../fields.ts';

/** What may be said of an image besides where it is: the same for every target that runs images. */
export const imageKeys = {
  'copy-from': z.optional(
    text(
      'Where the build has pushed the image, when that is another repository of ECR: the image is copied by its digest before the ' +
        'change, and the copy is checked.',
      { examples: ['111111111111.dkr.ecr.ap-southeast-2.amazonaws.com/unifocus-dev-api'] },
    ),
  ),
  'move-tag': z.optional(
    text('A tag that is put on the image once it runs; the repository has to allow that tags move.', {
      examples: ['latest'],
    }),
  ),
} as const;
