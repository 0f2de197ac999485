import { accountsOf } from '../scenario/aws/places.ts';
import { outsideJob } from './job.ts';
import type { OpenWorld } from './open-world.ts';

export interface Standpoint {
  /** The account that AWS calls are made in; that of the first service unless said. */
  readonly account?: string | undefined;
  /** Be the release job of this environment, instead of the first person of the world. */
  readonly environment?: string | undefined;
}

/** Everything that a shell needs to use the lab as the clouds that it stands for. */
export function shellVariables(
  open: OpenWorld,
  { account, environment }: Standpoint,
): Readonly<Record<string, string>> {
  const { lab, world } = open;
  const [person = 'suite-author'] = world.people;
  const job = environment === undefined ? undefined : outsideJob(open, environment);
  return {
    ...lab.variables,
    // curl reads neither of Node's variables.
    CURL_CA_BUNDLE: lab.variables.NODE_EXTRA_CA_CERTS ?? '',
    AWS_REGION: world.aws.region,
    AWS_DEFAULT_REGION: world.aws.region,
    ...accessKey(open, account ?? accountsOf(world.aws)[0] ?? '111111111111'),
    GITHUB_API_URL: lab.addresses.api,
    GITHUB_GRAPHQL_URL: lab.addresses.graphql,
    GITHUB_REPOSITORY: open.repository.fullName,
    ...job?.variables,
    GITHUB_TOKEN: job?.token ?? lab.github.world.issueUserToken(person),
  };
}

/** A key of somebody who may do everything in the account. */
function accessKey({ lab }: OpenWorld, account: string) {
  const id = `AKIALAB${account}`;
  lab.aws.sts.addKey(id, { account, principal: `arn:aws:iam::${account}:user/lab` });
  return { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: 'the-lab-checks-no-signature' };
}
