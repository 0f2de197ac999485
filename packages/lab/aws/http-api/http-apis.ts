import type { MadeResource, ResourceMaker } from '../cloudformation/ports.ts';
import { isRecord } from '../cloudformation/template/parse.ts';
import { type Asked, type Reply, reply } from '../ecs/traffic.ts';
import type { MadeFunctions } from '../lambda/made-functions.ts';

/**
 * HTTP APIs of API Gateway as stacks make them: an OpenAPI body whose operations call functions, stages, domain names that are mapped to
 * a stage. There is no API to call: ApiGatewayV2 is not modelled.
 */
export interface HttpApis {
  readonly makers: Readonly<Record<string, ResourceMaker>>;
  /** A domain name that is there, before anything is mapped to it. */
  addDomain(account: string, name: string): void;
  /** Undefined: no API has this host. */
  respond(host: string, path: string, asked: Asked): Reply | undefined;
  /** The versions of the applications behind a host; undefined where no API has it. */
  versions(host: string): readonly string[] | undefined;
}

interface Api {
  readonly account: string;
  readonly region: string;
  readonly id: string;
  readonly routes: readonly Route[];
}

interface Route {
  readonly method: string;
  readonly path: string;
  /** The name of the function. */
  readonly calls: string;
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api.html */
export function createHttpApis(functions: MadeFunctions): HttpApis {
  const apis = new Map<string, Api>();
  /** By API. */
  const stages = new Map<string, Set<string>>();
  const domains = new Map<string, string>();
  /** By domain name. */
  const mappings = new Map<string, { readonly api: string; readonly stage: string }>();
  /** By the physical id of the resource: the function, and the ARN that may call it. */
  const permissions = new Map<string, { readonly calls: string; readonly source: string }>();

  const put = (bring: (resource: MadeResource) => void, remove: (resource: MadeResource) => void): ResourceMaker => ({
    create: bring,
    update: bring,
    remove,
  });

  const makers = {
    'AWS::ApiGatewayV2::Api': put(
      ({ account, region, physicalId: id, properties }) =>
        void apis.set(id, { account, region, id, routes: routesOf(properties.Body) }),
      ({ physicalId }) => void apis.delete(physicalId),
    ),
    'AWS::ApiGatewayV2::Stage': put(
      ({ physicalId, properties }) => {
        const api = String(properties.ApiId);
        stages.set(api, (stages.get(api) ?? new Set()).add(physicalId));
      },
      ({ physicalId, properties }) => void stages.get(String(properties.ApiId))?.delete(physicalId),
    ),
    'AWS::ApiGatewayV2::ApiMapping': put(
      ({ account, properties }) => {
        const name = String(properties.DomainName);
        if (domains.get(name) !== account) throw new Error('Invalid domain name identifier specified');
        mappings.set(name, { api: String(properties.ApiId), stage: String(properties.Stage) });
      },
      ({ properties }) => void mappings.delete(String(properties.DomainName)),
    ),
    'AWS::Lambda::Permission': put(
      ({ physicalId, properties }) =>
        void permissions.set(physicalId, {
          calls: String(properties.FunctionName),
          source: String(properties.SourceArn),
        }),
      ({ physicalId }) => void permissions.delete(physicalId),
    ),
  };

  const find = (host: string): { api: Api; stage: string } | undefined => {
    const mapped = mappings.get(host);
    const api = apis.get(mapped?.api ?? /^(?<id>[a-z0-9]+)\.execute-api\./.exec(host)?.groups?.id ?? '');
    return api === undefined ? undefined : { api, stage: mapped?.stage ?? '$default' };
  };

  return {
    makers,
    addDomain: (account, name) => void domains.set(name, account),
    respond(host, path, asked) {
      const found = find(host);
      if (found === undefined) return undefined;
      const { api, stage } = found;
      const route = api.routes.find(each => each.method === asked.method && isAt(each.path, path));
      if (route === undefined || stages.get(api.id)?.has(stage) !== true) {
        return reply({ status: 404, body: { message: 'Not Found' } });
      }
      const arn = `arn:aws:execute-api:${api.region}:${api.account}:${api.id}/${stage}/${route.method}${path}`;
      const allowed = [...permissions.values()].some(
        ({ calls, source }) => calls === route.calls && covers(source, arn),
      );
      const { account, region } = api;
      const answered = allowed ? functions.answer({ account, region, name: route.calls }, path, asked) : undefined;
      return answered ?? reply({ status: 500, body: { message: 'Internal Server Error' } });
    },
    versions(host) {
      const found = find(host);
      if (found === undefined) return undefined;
      const { account, region, routes } = found.api;
      return [
        ...new Set(routes.map(({ calls: name }) => functions.version({ account, region, name }) ?? 'none')),
      ].toSorted();
    },
  };
}

function routesOf(body: unknown): readonly Route[] {
  const { paths } = isRecord(body) ? body : {};
  return Object.entries(isRecord(paths) ? paths : {}).flatMap(([path, operations]) =>
    Object.entries(isRecord(operations) ? operations : {}).map(([method, operation]) => {
      const integration = isRecord(operation) ? operation['x-amazon-apigateway-integration'] : undefined;
      const uri = isRecord(integration) ? String(integration.uri) : '';
      const calls = /:function:(?<name>[^/:]+)/.exec(uri)?.groups?.name ?? '';
      return { method: method.toUpperCase(), path, calls };
    }),
  );
}

/** `/notes/{id}` is at `/notes/7`. */
function isAt(route: string, path: string): boolean {
  const [wanted, given] = [route, path].map(each => each.split('/'));
  return (
    wanted?.length === given?.length &&
    (wanted ?? []).every((part, index) => part === given?.[index] || (/^\{.+\}$/.test(part) && given?.[index] !== ''))
  );
}

/** A `*` of a permission stands for anything. */
function covers(pattern: string, arn: string): boolean {
  const [first = '', ...others] = pattern.split('*');
  if (!arn.startsWith(first)) return false;
  let at = first.length;
  for (const part of others) {
    const next = arn.indexOf(part, at);
    if (next === -1) return false;
    at = next + part.length;
  }
  return pattern.endsWith('*') || at === arn.length;
}
