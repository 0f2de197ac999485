import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));

createServer((request, response) => {
  const body = request.url === '/version' ? { version } : { status: 'ok' };
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}).listen(8080);
