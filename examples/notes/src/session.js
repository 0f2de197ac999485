import { scryptSync, timingSafeEqual } from 'node:crypto';
import { respond } from './respond.js';
import { issue, login } from './tokens.js';

/** A user and a password for a token. */
export async function handler({ body }) {
  const { user, password } = JSON.parse(body ?? '{}');
  const [salt, hash] = ((await login()).users[user] ?? '').split(':');
  if (hash === undefined || typeof password !== 'string') return respond(401, { message: 'Unauthorized' });
  const known = Buffer.from(hash, 'hex');
  const given = scryptSync(password, salt, known.length);
  if (!timingSafeEqual(known, given)) return respond(401, { message: 'Unauthorized' });
  return respond(200, { token: await issue(user) });
}
