import type { Finding } from '../finding.ts';
import type { AlarmSelector } from '../flow/names.ts';

/** As the flow file writes it. */
export function selectorText(selector: AlarmSelector): string {
  return 'name' in selector ? selector.name : `${selector.prefix}*`;
}

/** Those of the selectors that none of the alarms answers to. */
export function unmatched(
  selectors: readonly AlarmSelector[],
  alarms: readonly { readonly name: string }[],
): readonly AlarmSelector[] {
  return selectors.filter(selector => !alarms.some(({ name }) => matches(selector, name)));
}

function matches(selector: AlarmSelector, name: string): boolean {
  return 'name' in selector ? selector.name === name : name.startsWith(selector.prefix);
}

/** Zero alarms are never a pass: whoever named them thinks that they are there. */
export function alarmNotFound(selector: AlarmSelector): Finding {
  const named = 'name' in selector ? `named ${selector.name}` : `whose name begins with ${selector.prefix}`;
  const alarm = 'name' in selector ? selector.name : selector.prefix;
  const next = 'Correct the name, or check that account and region are those of the alarm.';
  return { reason: 'alarm-not-found', message: `There is no alarm ${named}.`, evidence: { alarm }, next };
}
