import type { ECSClient } from '@aws-sdk/client-ecs';

/** A JSON object as it travels, with the members that this SDK version does not know. */
export type JsonObject = { readonly [member: string]: unknown };

/**
 * Lets a JSON body through as it is, both ways: the SDK drops members that are newer than itself, and with them
 * settings of the user's task definition (amazon-ecs-deploy-task-definition#430).
 *
 * `captured` is called with the text of every answer; `replacement` gives the body to send instead of the SDK's.
 */
export function passRawJson(
  client: ECSClient,
  raw: { readonly replacement?: () => JsonObject | undefined; readonly captured?: (body: JsonObject) => void },
): void {
  client.middlewareStack.add(
    next => async args => {
      const body = raw.replacement?.();
      if (body !== undefined && isRequest(args.request)) {
        args.request.body = JSON.stringify(body);
        args.request.headers['content-length'] = String(Buffer.byteLength(args.request.body));
      }
      return next(args);
    },
    { step: 'build', priority: 'high', name: 'sendRawJson' },
  );
  client.middlewareStack.add(
    next => async args => {
      const result = await next(args);
      if (raw.captured !== undefined && isResponse(result.response)) {
        const text = await readAll(result.response.body);
        raw.captured(JSON.parse(text.toString('utf8')) as JsonObject);
        result.response.body = text;
      }
      return result;
    },
    { step: 'deserialize', priority: 'low', name: 'keepRawJson' },
  );
}

interface Request {
  body: string;
  headers: Record<string, string>;
}

function isRequest(value: unknown): value is Request {
  return typeof value === 'object' && value !== null && 'body' in value && 'headers' in value;
}

function isResponse(value: unknown): value is { body: AsyncIterable<Uint8Array> | Uint8Array; statusCode: number } {
  return typeof value === 'object' && value !== null && 'statusCode' in value && value.statusCode === 200;
}

async function readAll(body: AsyncIterable<Uint8Array> | Uint8Array): Promise<Buffer> {
  if (body instanceof Uint8Array) return Buffer.from(body);
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks);
}
