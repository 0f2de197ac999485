import { explain } from '../fault.ts';
import { resolve, resolveText, textOf } from '../language/expressions.ts';
import { entriesOf } from '../language/read-parts.ts';
import type { StepsWork } from '../language/workflow.ts';
import { stepScope } from '../steps/scope.ts';
import type { JobSession } from './session.ts';

/**
 * The job's outputs. One that holds anything masked is dropped with a warning, an empty one without; neither is there for
 * the jobs that need it. A machine that vanished reports none.
 */
export function endSession(session: JobSession, work: StepsWork): Readonly<Record<string, string>> {
  if (session.death.cancelled) return {};
  const scope = stepScope(session, session.frame);
  const outputs: Record<string, string> = {};
  for (const [name, template] of work.outputs) {
    let value: string;
    try {
      value = textOf(resolve(template, scope));
    } catch (error) {
      warn(session, `Fail to evaluate output '${name}': ${explain(error, session.note)}`, 'failure');
      session.frame.status = 'failure';
      continue;
    }
    if (session.masker.reveals(value)) warn(session, `Skip output '${name}' since it may contain secret.`, 'warning');
    else if (value !== '') outputs[name] = value;
  }
  const url = entriesOf(work.environment).get('url');
  if (url !== undefined && session.record.environment) {
    session.record.environment.url = session.masker.mask(resolveText(url, scope));
  }
  return outputs;
}

function warn(session: JobSession, message: string, level: 'warning' | 'failure'): void {
  session.record.annotations.push({ level, message, file: '.github', line: 1, endLine: 1 });
  const last = session.record.steps.at(-1);
  last?.log.push({
    at: session.surroundings.clock.now(),
    kind: level === 'failure' ? 'error' : 'warning',
    text: message,
  });
}
