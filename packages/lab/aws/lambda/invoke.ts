import { createHash } from 'node:crypto';
import type * as model from '@aws-sdk/client-lambda';
import { modelOnly, NotModelled } from '../../wire/not-modelled.ts';
import type { Call } from '../../wire/service.ts';
import { type Asked, answerOf, type Reply, reply } from '../ecs/traffic.ts';
import type { Engine } from './engine.ts';
import { inState } from './errors.ts';
import { theFunction, theVersion } from './lookups.ts';
import { pickVersion } from './routing.ts';
import type { LambdaFunction, Version } from './state.ts';

/**
 * https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html : synchronous ones. The application is asked for the `rawPath` or `path` of
 * the event and answers as to a function URL; an error of the code is HTTP 200 with FunctionError.
 */
export async function invoke(engine: Engine, input: model.InvokeCommandInput, call: Call) {
  modelOnly(input, 'FunctionName', 'InvocationType', 'LogType', 'Payload', 'Qualifier');
  if ((input.InvocationType ?? 'RequestResponse') !== 'RequestResponse')
    throw new NotModelled('that is not synchronous');
  const fn = theFunction(engine, call, input.FunctionName);
  const alias = fn.aliases.get(input.Qualifier ?? '');
  const version = alias === undefined ? theVersion(fn, input.Qualifier) : pickVersion(fn, alias);
  if (version.state.value !== 'Active') throw inState(version.state.value);
  const lines: string[] = [];
  const started = initialise(engine, fn, version, line => lines.push(line));
  const head = {
    StatusCode: 200,
    ExecutedVersion: version.number,
    ...(input.LogType === 'Tail' ? { LogResult: Buffer.from(lines.join('\n')).toString('base64') } : {}),
  };
  const { init } = version.code.behaviour;
  if (!started && init !== undefined) {
    const error = { errorType: init.error, errorMessage: init.message };
    return { ...head, FunctionError: 'Unhandled', Payload: Buffer.from(JSON.stringify(error)) };
  }
  const { status, body, latency } = answerOf(version.code.behaviour, fn.counts, pathOf(input.Payload));
  if (latency > 0) await engine.clock.sleep(latency);
  return { ...head, Payload: Buffer.from(JSON.stringify({ statusCode: status, body })) };
}

/** What a request to the alias is answered, as a function URL or API Gateway passes it on. */
export function serve(engine: Engine, fn: LambdaFunction, aliasName: string, path: string, asked?: Asked): Reply {
  const alias = fn.aliases.get(aliasName);
  if (alias === undefined) return reply({ status: 502, body: { message: 'Internal Server Error' } });
  const version = pickVersion(fn, alias);
  const started = initialise(engine, fn, version);
  return started
    ? answerOf(version.code.behaviour, fn.counts, path, asked)
    : reply({ status: 502, body: { message: 'Internal Server Error' } });
}

/** The wire layer hands blobs over as bytes. */
function pathOf(payload: unknown): string {
  if (!(payload instanceof Uint8Array) || payload.length === 0) return '/';
  const event: unknown = JSON.parse(Buffer.from(payload).toString());
  if (typeof event !== 'object' || event === null) return '/';
  const path: unknown = Reflect.get(event, 'rawPath') ?? Reflect.get(event, 'path');
  return typeof path === 'string' ? path : '/';
}

/**
 * Starts the code in a new environment and writes what the platform writes then. Answers whether it came up.
 * https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html#runtimes-lifecycle-ib
 */
export function initialise(
  engine: Engine,
  fn: LambdaFunction,
  version: Version,
  also = (_line: string) => {},
): boolean {
  if (fn.warm.has(version.number)) return true;
  const { realm, name } = fn;
  const { init, log = [] } = version.code.behaviour;
  const now = engine.clock.now();
  const day = new Date(now).toISOString().slice(0, 10).replaceAll('-', '/');
  const environment = createHash('sha256').update(`${name}/${version.number}/${now}`).digest('hex').slice(0, 32);
  const group = `/aws/lambda/${name}`;
  engine.ports.logs.createGroup(realm.account, realm.region, group);
  const write = (line: string) => {
    engine.ports.logs.append(realm.account, realm.region, group, `${day}/[${version.number}]${environment}`, now, line);
    also(line);
  };
  write(`INIT_START Runtime Version: ${version.settings.runtime ?? 'container'}`);
  for (const line of log) write(line);
  if (init === undefined) {
    if (version.number !== '$LATEST') fn.warm.add(version.number);
    return true;
  }
  write(
    `${new Date(now).toISOString()}\tundefined\tERROR\tUncaught Exception \t${JSON.stringify({ errorType: init.error, errorMessage: init.message })}`,
  );
  write(`INIT_REPORT Init Duration: 214.51 ms\tPhase: init\tStatus: error\tError Type: ${init.error}`);
  return false;
}
