import { rule } from '../gate/rule.ts';
import type { RuleVerdict } from '../verdict.ts';

/** What GitHub found when it checked a signature. https://docs.github.com/rest/git/tags#get-a-tag */
export interface Verification {
  readonly verified: boolean;
  /** `valid`, `unsigned`, `expired_key` … */
  readonly reason: string;
  readonly signature: string | null;
}

export const annotatedRule = 'annotated tag';
export const signatureRule = 'signature';

export function judgeAnnotated(name: string, annotated: boolean): RuleVerdict {
  if (annotated) return rule(annotatedRule, 'pass', 'tag-annotated', `${name} is an annotated tag.`);
  const message = `${name} is a lightweight tag: nobody signed for it, and it has no date and no message.`;
  const next = `Delete it and make it again with \`git tag -a ${name}\`.`;
  return rule(annotatedRule, 'fail', 'tag-lightweight', message, {}, next);
}

/** `verification`: undefined for a lightweight tag, which has nothing that could be signed. */
export function judgeSignature(name: string, verification: Verification | undefined): RuleVerdict {
  const again = `Delete it and make it again with \`git tag -s ${name}\``;
  if (verification === undefined || verification.reason === 'unsigned') {
    const what = verification === undefined ? 'is a lightweight tag, which cannot be signed' : 'is not signed';
    return rule(signatureRule, 'fail', 'tag-unsigned', `${name} ${what}.`, {}, `${again}.`);
  }
  const { verified, reason, signature } = verification;
  const kind = kindOf(signature);
  const evidence = { kind, verification: reason };
  if (verified && reason === 'valid') {
    return rule(signatureRule, 'pass', 'tag-signed', `${name} is signed (${kind}), and GitHub verified it.`, evidence);
  }
  const found = findings.get(reason);
  const message = `${name} is signed (${kind}); GitHub says ${reason}: ${found?.means ?? 'it could not verify it'}.`;
  switch (found?.kind) {
    case 'expired':
      return rule(signatureRule, 'fail', 'tag-key-expired', message, evidence, `${again}, with a key that is valid.`);
    case 'unknown': {
      const next = 'Run this again when GitHub can check signatures.';
      return rule(signatureRule, 'inconclusive', 'tag-signature-unchecked', message, evidence, next);
    }
    default: {
      const next = found?.next ?? `${again}, with a key that GitHub knows.`;
      return rule(signatureRule, 'fail', 'tag-unverified', message, evidence, next);
    }
  }
}

interface Found {
  readonly kind: 'expired' | 'unknown' | 'unverified';
  readonly means: string;
  readonly next?: string;
}

const unverified = (means: string, next?: string): Found => ({
  kind: 'unverified',
  means,
  ...(next === undefined ? {} : { next }),
});
const addKey = 'The tagger adds the key to their account, as a signing key.';
const verifyEmail = 'The tagger verifies the address of the tag on their account.';

/**
 * What `reason` stands for. Source: the description of `GET /repos/{owner}/{repo}/git/tags/{tag_sha}`; those of certificates
 * (`bad_cert`, `ocsp_…`) are in GraphQL’s GitSignatureState only. A reason that is not here is not verified either.
 */
const findings: ReadonlyMap<string, Found> = new Map<string, Found>([
  ['expired_key', { kind: 'expired', means: 'the key has expired' }],
  ['not_signing_key', unverified('the key is not meant for signing')],
  ['gpgverify_error', { kind: 'unknown', means: 'its check of signatures failed' }],
  ['gpgverify_unavailable', { kind: 'unknown', means: 'its check of signatures was not there' }],
  ['unknown_signature_type', unverified('it does not know this kind of signature')],
  ['no_user', unverified('nobody has the address of the tagger', verifyEmail)],
  ['unverified_email', unverified('the address of the tagger is not verified', verifyEmail)],
  ['bad_email', unverified('the address of the tagger is not that of the key')],
  ['unknown_key', unverified('nobody has registered the key', addKey)],
  ['malformed_signature', unverified('the signature cannot be read')],
  ['malformed_sig', unverified('the signature cannot be read')],
  ['invalid', unverified('the signature does not fit the tag')],
  ['bad_cert', unverified('it does not trust the certificate, and it never trusts Sigstore’s', addKeyInstead())],
  ['ocsp_pending', { kind: 'unknown', means: 'whether the certificate was revoked is still being asked' }],
  ['ocsp_error', { kind: 'unknown', means: 'whether the certificate was revoked could not be asked' }],
  ['ocsp_revoked', unverified('the certificate was revoked')],
]);

function addKeyInstead(): string {
  return 'GitHub verifies GPG and SSH keys of accounts, and certificates of public authorities: sign with one of them.';
}

/** By the first line of the armour: https://git-scm.com/docs/gitformat-signature */
function kindOf(signature: string | null): string {
  if (signature?.includes('-----BEGIN PGP SIGNATURE-----')) return 'GPG';
  if (signature?.includes('-----BEGIN SSH SIGNATURE-----')) return 'SSH';
  if (signature?.includes('-----BEGIN SIGNED MESSAGE-----')) return 'S/MIME or Sigstore';
  return 'unknown kind';
}
