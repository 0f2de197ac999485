import { createCloudFormation } from '#aws/cloudformation';
import type { AwsSession } from '#aws/session';
import { seekInAws } from '#aws/sought';
import type { NamedPart } from '#core/doctor/facts';
import type { CloudFormationComponent } from '#core/flow/targets/cloudformation';
import { observeStack } from './observe.ts';
import { missing } from './prepare.ts';

/** A stack that is busy is there; one that is stuck takes no release. */
export async function namedParts(
  { stack: name, whenMissing }: CloudFormationComponent,
  session: AwsSession,
): Promise<readonly NamedPart[]> {
  const { region } = session;
  const sought = await seekInAws(() => observeStack({ cloudformation: createCloudFormation(session) }, name));
  const what = `stack ${name}`;
  if (!sought.known) return [{ what, problems: sought }];
  const { stack, readiness } = sought.value;
  if (readiness.kind === 'unusable') return [{ what, problems: { known: true, value: [readiness.finding] } }];
  const refused = stack === undefined && whenMissing === 'refuse' ? [missing({ region }, { stack: name })] : [];
  return [{ what, problems: { known: true, value: refused }, comes: stack === undefined }];
}
