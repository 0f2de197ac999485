/** What git appends to a signed tag: https://git-scm.com/docs/gitformat-signature */
import { createHash } from 'node:crypto';

/** Nobody’s key is behind it: what GitHub finds when it checks a signature is said with it. */
export function armourOf(kind: 'gpg' | 'ssh' | 's/mime', signed: string): string {
  const content = createHash('sha512').update(signed).digest('base64');
  const name = kind === 'gpg' ? 'PGP SIGNATURE' : kind === 'ssh' ? 'SSH SIGNATURE' : 'SIGNED MESSAGE';
  return `-----BEGIN ${name}-----\n${kind === 'gpg' ? '\n' : ''}${content}\n-----END ${name}-----\n`;
}
