import type { Alarm } from '#aws/cloudwatch';
import type { FunctionConfiguration, Provisioned } from '#aws/lambda';
import type { Finding } from '#core/finding';
import type { LambdaComponent } from '#core/flow/targets/lambda';
import type { Reason } from '#core/reasons';
import { touchesVariables } from './configuration.ts';

/** What one look says of something that is waited for. */
export type Look =
  | { readonly kind: 'going'; readonly phase: string }
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly reason: Reason; readonly message: string };

/** https://docs.aws.amazon.com/lambda/latest/dg/functions-states.html : only Successful is, whatever else is written there. */
export function judgeUpdate(configuration: FunctionConfiguration | undefined): Look {
  const { FunctionName = '', LastUpdateStatus: status } = configuration ?? {};
  if (status === 'Successful') return { kind: 'done' };
  if (status !== 'Failed') return { kind: 'going', phase: 'updating' };
  const { LastUpdateStatusReasonCode: code, LastUpdateStatusReason: reason } = configuration ?? {};
  const message = `The update of ${FunctionName} failed: ${[code, reason].filter(part => part !== undefined).join(': ')}`;
  return { kind: 'failed', reason: code === 'InvalidImage' ? 'code-invalid' : 'function-update-failed', message };
}

export function judgeVersion(configuration: FunctionConfiguration | undefined): Look {
  const { FunctionName = '', Version = '', State: state } = configuration ?? {};
  if (state === 'Active' || state === 'Inactive') return { kind: 'done' };
  if (state !== 'Failed') return { kind: 'going', phase: `version ${Version} is being made` };
  const { StateReasonCode: code, StateReason: reason } = configuration ?? {};
  const message = `Version ${Version} of ${FunctionName} failed: ${[code, reason].filter(part => part !== undefined).join(': ')}`;
  return { kind: 'failed', reason: 'version-failed', message };
}

export function judgeProvisioned(provisioned: Provisioned | undefined, alias: string): Look {
  const { Status, StatusReason = '', AvailableProvisionedConcurrentExecutions: available = 0 } = provisioned ?? {};
  const requested = provisioned?.RequestedProvisionedConcurrentExecutions ?? 0;
  if (Status === 'READY') return { kind: 'done' };
  if (Status !== 'FAILED') {
    return { kind: 'going', phase: `provisioned concurrency, ${available} of ${requested} ready` };
  }
  const message = `Provisioned concurrency of ${alias} failed: ${StatusReason || 'Lambda gives no reason.'}`;
  return { kind: 'failed', reason: /INIT/.test(StatusReason) ? 'init-failed' : 'provisioning-failed', message };
}

/**
 * Alarms during a step and at its end. One that has no data has shown nothing: during the step it is waited for, at the end it is no
 * pass. One that is gone can say nothing any more.
 */
export function judgeAlarms(
  names: readonly string[],
  found: ReadonlyMap<string, Alarm | undefined>,
  atTheEnd: boolean,
): Look {
  const red = names.filter(name => found.get(name)?.StateValue === 'ALARM');
  if (red.length > 0) {
    const whys = red.map(name => `${name}: ${found.get(name)?.StateReason ?? 'no reason given'}`);
    return { kind: 'failed', reason: 'alarm-triggered', message: `Alarm in ALARM: ${whys.join('; ')}.` };
  }
  const gone = names.filter(name => found.get(name) === undefined);
  if (gone.length > 0) {
    return { kind: 'failed', reason: 'alarm-missing', message: `There is no alarm ${gone.join(', ')} any more.` };
  }
  const blind = names.filter(name => found.get(name)?.StateValue !== 'OK');
  if (blind.length > 0 && atTheEnd) {
    const message = `${blind.join(', ')} had no data by the end of the step, so nothing says that the new version is well.`;
    return { kind: 'failed', reason: 'alarm-without-data', message };
  }
  return blind.length > 0 ? { kind: 'going', phase: `no data yet for ${blind.join(', ')}` } : { kind: 'done' };
}

/** What bars a change before it begins, all of it at once. `alarms`: those that exist. */
export function obstacles(
  component: LambdaComponent,
  configuration: FunctionConfiguration,
  kind: 'Zip' | 'Image',
  alarms: readonly Alarm[],
): readonly Finding[] {
  const { function: name } = component;
  const { State: state = 'Active', PackageType: packaged = 'Zip', Environment } = configuration;
  const findings: Finding[] = [];
  if (state !== 'Active' && state !== 'Inactive') {
    const why = configuration.StateReason === undefined ? '' : `: ${configuration.StateReason}`;
    const message = `The function ${name} is ${state}${why}`;
    findings.push({ reason: 'function-not-ready', message, evidence: { function: name, state } });
  }
  if (packaged !== kind) {
    const other = kind === 'Zip' ? 'a zip' : 'an image';
    const message = `The function ${name} has the package type ${packaged}, and ${other} is to be deployed.`;
    const next = 'A function keeps its package type for life: create another one.';
    findings.push({ reason: 'input-invalid', message, evidence: { function: name, packageType: packaged }, next });
  }
  if (Environment?.Error !== undefined && touchesVariables(component.configuration)) {
    findings.push({
      reason: 'variables-unreadable',
      message: `The variables of ${name} cannot be read, so setting some would wipe the others: ${Environment.Error.Message ?? ''}`,
      evidence: { function: name, code: Environment.Error.ErrorCode ?? '' },
    });
  }
  return [...findings, ...alarmFindings(component.alarms, alarms)];
}

function alarmFindings(names: readonly string[], found: readonly Alarm[]): readonly Finding[] {
  return names.flatMap((name): readonly Finding[] => {
    const alarm = found.find(({ AlarmName }) => AlarmName === name);
    if (alarm === undefined) {
      const next = 'Correct the name, or check that account and region are those of the alarm.';
      const where = { kind: 'call', call: 'cloudwatch:DescribeAlarms' } as const;
      return [{ reason: 'not-found', message: `There is no alarm ${name}.`, evidence: { alarm: name }, next, where }];
    }
    if (alarm.StateValue !== 'ALARM') return [];
    const message = `The alarm ${name} is in ALARM before anything has changed: ${alarm.StateReason ?? 'no reason given'}`;
    return [{ reason: 'alarm-already-red', message, evidence: { alarm: name } }];
  });
}
