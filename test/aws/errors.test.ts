import { describe, expect, test } from '@jest/globals';
import { findingOf } from '#aws/denied';
import { AwsCallError, callError, type FailureKind } from '#aws/errors';
import { sdkError } from './virtual-clock.ts';

const update = 'ecs:UpdateService';

describe('what an exception of AWS means', () => {
  test.each<[string, string, number | undefined, FailureKind]>([
    ['AccessDeniedException', 'no', 400, 'denied'],
    ['AccessDenied', 'no', 403, 'denied'],
    ['ClientException', 'User: u is not authorized to perform: iam:PassRole on resource: r', 400, 'denied'],
    ['ExpiredTokenException', 'The security token included in the request is expired', 400, 'expired'],
    ['ExpiredToken', 'expired', 403, 'expired'],
    ['CredentialsProviderError', 'Could not load credentials from any providers', undefined, 'no-credentials'],
    ['UnrecognizedClientException', 'The security token included in the request is invalid.', 400, 'no-credentials'],
    ['InvalidSignatureException', 'The request signature we calculated does not match', 403, 'no-credentials'],
    [
      'InvalidSignatureException',
      'Signature expired: 20261102T1200Z is now earlier than 20261102T1205Z',
      403,
      'throttled',
    ],
    ['InvalidSignatureException', 'Signature not yet current: 20261102T1200Z is still later than …', 403, 'throttled'],
    [
      'RequestTimeTooSkewed',
      'The difference between the request time and the current time is too large.',
      403,
      'throttled',
    ],
    ['ThrottlingException', 'Rate exceeded', 400, 'throttled'],
    ['TooManyRequestsException', 'slow', 429, 'throttled'],
    ['LimitExceededException', 'Rate of revisions exceeded', 400, 'throttled'],
    ['LimitExceededException', 'The limit of 10 listeners was reached', 400, 'refused'],
    ['SomethingNew', 'too many', 429, 'throttled'],
    ['ServerException', 'oops', 500, 'unknown-effect'],
    ['Unavailable', 'busy', 503, 'unknown-effect'],
    ['RequestTimeout', 'idle', 408, 'unknown-effect'],
    ['TimeoutError', 'socket hang up', undefined, 'unknown-effect'],
    ['ClusterNotFoundException', 'Cluster not found.', 400, 'refused'],
    ['InvalidParameterException', 'bad', 400, 'refused'],
  ])('%s “%s” (%p) is %s', (name, message, status, kind) => {
    const error = callError(update, sdkError(name, message, status));
    expect([error.kind, error.code, error.action]).toEqual([kind, name, update]);
  });

  test('one that was sorted already keeps the call that it belongs to', () => {
    const inner = new AwsCallError('denied', 'AccessDenied', 'sts:AssumeRoleWithWebIdentity', 'no');
    expect(callError(update, inner)).toBe(inner);
  });

  test('what is no Error at all does not pass for an answer', () => {
    expect(callError(update, 'boom')).toMatchObject({ kind: 'unknown-effect', message: 'boom' });
  });
});

describe('what people read of it', () => {
  const finding = (kind: FailureKind, message: string, code = 'X', action = update) =>
    findingOf(new AwsCallError(kind, code, action, message));

  test('a denial names the action, the resource and the missing IAM statement', () => {
    const arn = 'arn:aws:ecs:ap-southeast-2:111111111111:service/unifocus-prod-cluster/unifocus-prod-api-service';
    const text = `User: arn:aws:sts::111111111111:assumed-role/release/x is not authorized to perform: ecs:UpdateService on resource: ${arn} because no identity-based policy allows the ecs:UpdateService action`;
    const statement = `{"Effect":"Allow","Action":"ecs:UpdateService","Resource":"${arn}"}`;
    expect(finding('denied', text)).toMatchObject({
      reason: 'access-denied',
      evidence: { action: 'ecs:UpdateService', resource: arn, statement },
      next: `Add to the role’s policy: ${statement}`,
    });
  });

  test('a denial of another action than the call (PassRole) names that one', () => {
    const text = 'User: u is not authorized to perform: iam:PassRole on resource: arn:aws:iam::1:role/task';
    expect(finding('denied', text).evidence).toMatchObject({
      action: 'iam:PassRole',
      resource: 'arn:aws:iam::1:role/task',
    });
  });

  test('an explicit deny is not answered by another Allow', () => {
    const text =
      'User: u is not authorized to perform: ecs:UpdateService on resource: r with an explicit deny in a service control policy';
    expect(finding('denied', text).next).toMatch(/Deny has to go/);
  });

  test('a role that cannot be assumed is a matter of its trust policy', () => {
    const text = 'Not authorized to perform sts:AssumeRoleWithWebIdentity';
    const { next, message } = finding('denied', text, 'AccessDenied', 'sts:AssumeRoleWithWebIdentity');
    expect(message).toBe(`AWS refused sts:AssumeRoleWithWebIdentity: ${text}`);
    expect(next).toMatch(/trust policy/);
  });

  test.each<[FailureKind, string, string]>([
    ['expired', 'X', 'credentials-expired'],
    ['no-credentials', 'X', 'credentials-missing'],
    ['throttled', 'X', 'api-unavailable'],
    ['unknown-effect', 'X', 'api-unavailable'],
    ['refused', 'ClusterNotFoundException', 'not-found'],
    ['refused', 'InvalidParameterException', 'deployment-failed'],
  ])('%s (%s) is told as %s, with the call', (kind, code, reason) => {
    expect(finding(kind, 'words of AWS', code)).toMatchObject({ reason, where: { kind: 'call', call: update } });
    expect(finding(kind, 'words of AWS', code).message).toContain('words of AWS');
  });
});
