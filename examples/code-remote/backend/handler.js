import { readFileSync } from 'node:fs';

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));

const routes = {
  '/health': { status: 'ok' },
  '/version': { version },
  '/api/sessions': [],
};

/** Behind a function URL: its events say the path. */
export async function handler({ rawPath }) {
  const body = routes[rawPath];
  return {
    statusCode: body === undefined ? 404 : 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body ?? { message: 'not found' }),
  };
}
