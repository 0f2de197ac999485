import { createHmac, timingSafeEqual } from 'node:crypto';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

const client = new SecretsManagerClient();
let secret;

/** `{ "key": "…", "users": { "<name>": "<salt>:<scrypt>" } }`, read once for each environment of the function. */
export async function login() {
  secret ??= client.send(new GetSecretValueCommand({ SecretId: process.env.SECRET }));
  return JSON.parse((await secret).SecretString);
}

export async function issue(user) {
  const claims = Buffer.from(JSON.stringify({ user, until: Date.now() + 3_600_000 })).toString('base64url');
  return `${claims}.${await sign(claims)}`;
}

/** The user of a token that is ours and still holds. */
export async function userOf({ headers }) {
  const [claims, signature = ''] = (headers.authorization ?? '').replace(/^Bearer /, '').split('.');
  const wanted = Buffer.from(await sign(claims));
  const given = Buffer.from(signature);
  if (wanted.length !== given.length || !timingSafeEqual(wanted, given)) return undefined;
  const { user, until } = JSON.parse(Buffer.from(claims, 'base64url').toString());
  return until > Date.now() ? user : undefined;
}

async function sign(claims) {
  return createHmac('sha256', (await login()).key)
    .update(claims)
    .digest('base64url');
}
