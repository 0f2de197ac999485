import { describe, expect, test } from '@jest/globals';
import { judgeAnnotated, judgeSignature, type Verification } from '#core/tags/tag-object';

const armour = {
  gpg: '-----BEGIN PGP SIGNATURE-----\n\nabc\n-----END PGP SIGNATURE-----',
  ssh: '-----BEGIN SSH SIGNATURE-----\nabc\n-----END SSH SIGNATURE-----',
  smime: '-----BEGIN SIGNED MESSAGE-----\nabc\n-----END SIGNED MESSAGE-----',
};

function found(reason: string, signature: string | null = armour.gpg): Verification {
  return { verified: reason === 'valid', reason, signature };
}

test.each([
  [true, 'pass tag-annotated'],
  [false, 'fail tag-lightweight'],
])('annotated: %s', (annotated, expected) => {
  const { verdict, reason } = judgeAnnotated('v1.3.0', annotated);
  expect(`${verdict} ${reason}`).toBe(expected);
});

describe('a signature is what GitHub found it to be: unsigned, unverified and expired are told apart', () => {
  test.each<[string, Verification | undefined, string, string]>([
    ['GPG', found('valid'), 'pass tag-signed', 'signed (GPG), and GitHub verified it'],
    ['SSH', found('valid', armour.ssh), 'pass tag-signed', 'signed (SSH)'],
    ['S/MIME', found('valid', armour.smime), 'pass tag-signed', 'signed (S/MIME or Sigstore)'],
    ['a lightweight tag', undefined, 'fail tag-unsigned', 'is a lightweight tag, which cannot be signed'],
    ['no signature', found('unsigned', null), 'fail tag-unsigned', 'v1.3.0 is not signed.'],
    ['an expired key', found('expired_key'), 'fail tag-key-expired', 'the key has expired'],
    ['Sigstore', found('bad_cert', armour.smime), 'fail tag-unverified', 'S/MIME or Sigstore); GitHub says bad_cert'],
    ['an unknown key', found('unknown_key'), 'fail tag-unverified', 'nobody has registered the key'],
    ['a key that does not sign', found('not_signing_key'), 'fail tag-unverified', 'not meant for signing'],
    ['nobody’s address', found('no_user'), 'fail tag-unverified', 'nobody has the address'],
    ['an address that is not verified', found('unverified_email'), 'fail tag-unverified', 'is not verified'],
    ['an address that is not the key’s', found('bad_email'), 'fail tag-unverified', 'is not that of the key'],
    ['an unknown kind', found('unknown_signature_type', '?'), 'fail tag-unverified', 'unknown kind'],
    ['garbage', found('malformed_signature'), 'fail tag-unverified', 'cannot be read'],
    ['a forged one', found('invalid'), 'fail tag-unverified', 'does not fit the tag'],
    ['a revoked certificate', found('ocsp_revoked'), 'fail tag-unverified', 'was revoked'],
    ['a reason of tomorrow', found('quantum_broken'), 'fail tag-unverified', 'GitHub says quantum_broken'],
    ['verified, for another reason', { ...found('bad_email'), verified: true }, 'fail tag-unverified', 'bad_email'],
    ['valid, yet not verified', { ...found('valid'), verified: false }, 'fail tag-unverified', 'valid'],
    ['a check that failed', found('gpgverify_error'), 'inconclusive tag-signature-unchecked', 'failed'],
    ['no check at all', found('gpgverify_unavailable'), 'inconclusive tag-signature-unchecked', 'was not there'],
    ['a certificate that is being asked about', found('ocsp_pending'), 'inconclusive tag-signature-unchecked', 'still'],
    ['a certificate that nobody answers for', found('ocsp_error'), 'inconclusive tag-signature-unchecked', 'could not'],
  ])('%s', (_, verification, expected, message) => {
    const judged = judgeSignature('v1.3.0', verification);
    expect(`${judged.verdict} ${judged.reason}`).toBe(expected);
    expect(judged.message).toContain(message);
    if (judged.verdict !== 'pass') expect(judged.next).toBeDefined();
  });
});
