import * as z from 'zod/mini';
import { account, text } from '../../schema/words.ts';

/** A domain name of API Gateway: there before any stack maps it to its API. */
export const domain = z.strictObject({
  account: account('The AWS account.'),
  host: text('The name.'),
  environment: z.optional(
    text('The environment of the repository whose jobs alone its account’s release role trusts; any unless said.'),
  ),
});
