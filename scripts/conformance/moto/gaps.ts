import { once } from 'node:events';
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';

/**
 * What moto leaves out of an answer and AWS documents, filled in on the way; everything else passes as it is.
 *
 * - `ClientRequestToken` of stack events: “All events triggered by a given stack operation are assigned the same client request token”.
 *   https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_StackEvent.html
 * - `GetProvisionedConcurrencyConfig`, which moto answers with a page of HTML: an alias without any is ProvisionedConcurrencyConfigNotFoundException.
 *   https://docs.aws.amazon.com/lambda/latest/api/API_GetProvisionedConcurrencyConfig.html
 */
export async function fillGaps(moto: string): Promise<{ readonly url: string; close(): Promise<void> }> {
  /** The token of the operation that began last, by the name of the stack; and that of every event that was seen. */
  const running = new Map<string, string>();
  const tokens = new Map<string, string>();

  const server = createServer((incoming, answer) => void pass(incoming, answer).catch(error => answer.destroy(error)));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port is free');

  async function pass(incoming: IncomingMessage, answer: ServerResponse): Promise<void> {
    const body = await read(incoming);
    if (
      incoming.method === 'GET' &&
      /^\/2019-09-30\/functions\/[^/]+\/provisioned-concurrency/.test(incoming.url ?? '')
    ) {
      const error = 'ProvisionedConcurrencyConfigNotFoundException';
      answer.writeHead(404, { 'content-type': 'application/json', 'x-amzn-errortype': error });
      answer.end(
        JSON.stringify({ Type: 'User', message: 'No Provisioned Concurrency Config found for this function' }),
      );
      return;
    }
    const form = new URLSearchParams(body.toString('latin1'));
    const stack = nameOf(form.get('StackName') ?? '');
    const token = form.get('ClientRequestToken');
    if (token !== null) running.set(stack, token);
    const forwarded = await forward(moto, incoming, body);
    const text = await read(forwarded);
    const filled = form.get('Action') === 'DescribeStackEvents' ? withTokens(text.toString('utf8'), stack) : text;
    const { 'content-length': _, 'transfer-encoding': __, ...headers } = forwarded.headers;
    answer.writeHead(forwarded.statusCode ?? 502, { ...headers, 'content-length': Buffer.byteLength(filled) });
    answer.end(filled);
  }

  function withTokens(xml: string, stack: string): string {
    return xml.replaceAll(/<EventId>([^<]*)<\/EventId>/g, (whole, id: string) => {
      const token = tokens.get(id) ?? running.get(stack) ?? running.get('');
      if (token === undefined) return whole;
      tokens.set(id, token);
      return `${whole}<ClientRequestToken>${token}</ClientRequestToken>`;
    });
  }

  return {
    url: `http://127.0.0.1:${address.port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
}

/** `arn:…:stack/shop/id` → `shop` */
function nameOf(stack: string): string {
  return stack.startsWith('arn:') ? (stack.split('/')[1] ?? stack) : stack;
}

function forward(moto: string, incoming: IncomingMessage, body: Buffer): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const { method, headers } = incoming;
    const sent = httpRequest(new URL(incoming.url ?? '/', moto), { method, headers }, resolve);
    sent.on('error', reject);
    sent.end(body);
  });
}

async function read(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
