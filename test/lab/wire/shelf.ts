import { AwsRestJsonProtocol, AwsRestXmlProtocol } from '@aws-sdk/core/protocols';
import type { Service } from '../../../packages/lab/wire/service.ts';
import { sendRaw, type TestLab } from './harness.ts';

/**
 * No REST client is among the packages yet: a small service of our own, spoken to by the SDK's protocol classes, so that
 * both directions are read by code that is not the lab's.
 */
const ns = 'com.example.shelf';
const Box$ = [3, ns, 'Box', 0, ['id', 'parts'], [0, [64, { xmlFlattened: 1, xmlName: 'Part' }]], 1];
const Labels = [2, ns, 'Labels', 0, 0, 0];
const Boxes = [1, ns, 'Boxes', 0, [() => Box$, { xmlName: 'Box' }]];
const PutBoxInput$ = [
  3,
  ns,
  'PutBoxInput',
  0,
  ['shelf', 'path', 'depth', 'since', 'tags', 'etag', 'labels', 'boxes', 'made', 'small', 'named'],
  [
    [0, 1],
    [0, 1],
    [1, { httpQuery: 'depth' }],
    [4, { httpQuery: 'since' }],
    [64, { httpQuery: 'tag' }],
    [0, { httpHeader: 'If-Match' }],
    [() => Labels, { httpPrefixHeaders: 'x-label-' }],
    () => Boxes,
    4,
    2,
    [0, { jsonName: 'Renamed' }],
  ],
  2,
];
const PutBoxOutput$ = [
  3,
  ns,
  'PutBoxOutput',
  0,
  ['version', 'modified', 'status', 'boxes', 'labels'],
  [[0, { httpHeader: 'x-version' }], [4, { httpHeader: 'Last-Modified' }], [1, 32], () => Boxes, () => Labels],
];
const BoxNotFound$ = [-3, ns, 'BoxNotFound', { error: 'client', httpError: 404 }, ['message', 'box'], [0, 0]];
const blob = [
  3,
  ns,
  'Blob',
  0,
  ['shelf', 'data'],
  [
    [0, 1],
    [21, 16],
  ],
  1,
];
const operations = {
  PutBox$: [
    9,
    ns,
    'PutBox',
    { http: ['PUT', '/shelves/{shelf}/{path+}?box', 200] },
    () => PutBoxInput$,
    () => PutBoxOutput$,
  ],
  GetShelf$: [
    9,
    ns,
    'GetShelf',
    { http: ['GET', '/shelves/{shelf}', 204] },
    () => [3, ns, 'GetShelfInput', 0, ['shelf'], [[0, 1]], 1],
    () => 'unit',
  ],
  GetSpecial$: [9, ns, 'GetSpecial', { http: ['GET', '/shelves/special', 200] }, () => 'unit', () => 'unit'],
  PutBlob$: [
    9,
    ns,
    'PutBlob',
    { http: ['POST', '/blobs/{shelf}', 200] },
    () => blob,
    () =>
      blob
        .with(4, ['data'])
        .with(5, [[21, 16]])
        .with(6, 0),
  ],
  BoxNotFound$,
};

const protocols = {
  'REST-JSON': new AwsRestJsonProtocol({ defaultNamespace: ns, errorTypeRegistries: [] }),
  'REST-XML': new AwsRestXmlProtocol({ defaultNamespace: ns, errorTypeRegistries: [], xmlNamespace: 'http://shelf/' }),
};
export type Kind = keyof typeof protocols;
export const kinds: Kind[] = ['REST-JSON', 'REST-XML'];

/** The service in the protocol that is asked for. Its client is one only so far as the lab looks at it. */
export function shelf(kind: Kind, behaviour: Service['operations']): Service {
  function ShelfClient() {
    return {
      config: {
        protocol: protocols[kind],
        defaultSigningName: 'shelf',
        protocolSettings: { xmlNamespace: 'http://shelf/' },
      },
    };
  }
  return { id: 'shelf', model: { ...operations, ShelfClient }, operations: behaviour };
}

/** What the SDK's client does, without its middleware: serialise, send, read back or throw. */
export async function callShelf(lab: TestLab, kind: Kind, name: 'PutBox$', input: object): Promise<object> {
  const protocol = protocols[kind];
  const [, namespace, operation, traits, inputOf, outputOf] = operations[name];
  const { hostname, port } = new URL(lab.endpoint);
  // The hand-made schema, and a context with only the part that the protocol uses, are less than the SDK's types ask for.
  const schema = { namespace, name: operation, traits, input: inputOf, output: outputOf } as never;
  const context = { endpoint: async () => ({ protocol: 'http:', hostname, port: Number(port), path: '/' }) } as never;
  const request = await protocol.serializeRequest(schema, input, context);
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(request.query ?? {})) {
    for (const each of [value ?? ''].flat()) query.append(key, each);
  }
  const path = `${request.path}${query.size > 0 ? `?${query}` : ''}`;
  const answer = await sendRaw(lab, 'shelf', request.headers, request.body ?? '', { method: request.method, path });
  const body = new TextEncoder().encode(answer.body);
  const response = { statusCode: answer.status, headers: answer.headers, body };
  return protocol.deserializeResponse(schema, context, response as never);
}
