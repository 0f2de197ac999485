import * as z from 'zod/mini';
import { account, text } from '../../schema/words.ts';

/** REST APIs of API Gateway, all of whose methods lead to an alias of a function. */

export const restApi = z.strictObject({
  account: account('The AWS account, in quotes.'),
  name: text('Its name.'),
  stage: text('Its stage.'),
  function: text('The function of this account that its methods pass requests on to.'),
  alias: text('The alias of the function.'),
  host: text('The custom domain name of the stage.'),
});
