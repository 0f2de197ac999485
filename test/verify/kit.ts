import type { ActionEnd, Kit } from '#action-kit/kit';
import type { Clock } from '#core/clock';
import { placeText } from '#core/finding';

export interface TestKit extends Kit {
  /** Everything that the action showed anybody, by channel. */
  readonly shown: {
    readonly log: string[];
    readonly warnings: string[];
    readonly summary: string[];
    readonly masked: string[];
    readonly outputs: Record<string, string>;
  };
  cancel(): void;
}

/** A kit that remembers what it was told; nothing in it knows an action. */
export function testKit(clock: Clock, workspace: string): TestKit {
  const shown: TestKit['shown'] = { log: [], warnings: [], summary: [], masked: [], outputs: {} };
  const run = new AbortController();
  const repository = 'acme/unifocus';
  const reference = { repository, id: 7, attempt: 1, url: 'https://github.example/run/7', actor: 'alice' };
  return {
    shown,
    cancel: () => run.abort(new Error('the run was cancelled (SIGINT)')),
    run: {
      ...{
        repository,
        workspace,
        run: reference,
        event: {},
        eventName: 'push',
        ref: 'refs/heads/main',
        job: 'release',
      },
      ...{ sha: 'a'.repeat(40), actor: 'alice', triggeringActor: 'alice' },
      ...{ apiUrl: 'http://127.0.0.1:9/none', serverUrl: 'https://github.example' },
    },
    clock,
    random: () => 0.5,
    signal: run.signal,
    log: {
      info: line => void shown.log.push(line),
      warning: finding => {
        if (typeof finding === 'string') shown.warnings.push(finding);
        else shown.warnings.push(`${finding.where === undefined ? '' : placeText(finding.where)} ${finding.message}`);
      },
      group: (_title, work) => work(),
    },
    summary: markdown => void shown.summary.push(markdown),
    setOutput: (name, value) => {
      shown.outputs[name] = value;
    },
    mask: secret => void shown.masked.push(secret),
    idToken: () => Promise.reject(new Error('nobody asked for a token')),
  };
}

/** The verdict of an action that ends with one. */
export function verdictOf(end: ActionEnd) {
  if (end.kind !== 'verdict') throw new Error(`ended with an ${end.kind}`);
  return end.verdict;
}
