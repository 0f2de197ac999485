import { shares } from '../../../aws/lambda/routing.ts';
import type { Alias, LambdaFunction, Routing } from '../../../aws/lambda/state.ts';
import type { Lab } from '../../../lab.ts';
import type { Expectation } from '../../schema.ts';
import { differs } from '../../shortfall.ts';
import type { Stage } from '../../stage.ts';

type Wanted = NonNullable<Expectation['function']>;

export function functionShortfalls({ lab, scenario }: Stage, wanted: Wanted): readonly string[] {
  const { account, name } = wanted;
  const place = { account, region: scenario.aws.region, name };
  const fn = lab.aws.lambda.function(place);
  const alias = wanted.alias === undefined ? undefined : lab.aws.lambda.alias(place, wanted.alias);
  const looked = alias === undefined ? fn.latest : (fn.versions.get(alias.routing.version) ?? fn.latest);
  const { settings } = looked;
  return [
    ...differs(`${name}, versions`, wanted.version === undefined ? undefined : [wanted.version], versionsOf(fn, alias)),
    ...differs(
      `${name}, routes`,
      wanted.routes,
      alias?.history.map(({ routing }) => routeText(routing)),
    ),
    ...differs(`${name}, published versions`, wanted.versions, fn.versions.size),
    ...differs(`${name}, $LATEST`, wanted.latest, fn.latest.code.behaviour.version),
    ...differs(`${name}, variables`, inOrder(wanted.variables), inOrder(settings.variables)),
    ...differs(
      `${name}, layers`,
      wanted.layers,
      settings.layers.map(({ Arn }) => Arn),
    ),
    ...differs(`${name}, memory`, wanted.memory, settings.memory),
    ...differs(`${name}, provisioned concurrency`, wanted.provisioned, provisionedText(alias)),
  ];
}

function inOrder(variables: Readonly<Record<string, string>> | undefined) {
  return variables && Object.entries(variables).toSorted(([one], [other]) => (one < other ? -1 : 1));
}

/** The versions of the application that answer under a host; undefined where no function does. */
export function versionsBehindFunction(lab: Lab, host: string): readonly string[] | undefined {
  const behind = lab.aws.apigateway.behind(host);
  const exposed = behind === undefined ? lab.aws.lambda.exposed(host) : { place: behind.function, alias: behind.alias };
  if (exposed === undefined) return undefined;
  return versionsOf(lab.aws.lambda.function(exposed.place), lab.aws.lambda.alias(exposed.place, exposed.alias));
}

function versionsOf(fn: LambdaFunction, alias: Alias | undefined): readonly string[] {
  if (alias === undefined) return [fn.latest.code.behaviour.version];
  const carrying = [...shares(alias)].filter(([, share]) => share > 0);
  const versions = carrying.map(([number]) => fn.versions.get(number)?.code.behaviour.version ?? 'none');
  return [...new Set(versions)].toSorted();
}

function routeText({ version, weights }: Routing): string {
  const others = Object.entries(weights).map(([number, weight]) => `${number} ${Math.round(weight * 100)}%`);
  return [version, ...others].join(' + ');
}

function provisionedText(alias: Alias | undefined): string | null {
  const provisioned = alias?.provisioned;
  return provisioned === undefined ? null : `${provisioned.requested} ${provisioned.status}`;
}
