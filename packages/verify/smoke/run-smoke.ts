import type { Clock } from '#core/clock';
import { formatDuration } from '#core/duration';
import { type Exchange, expectationText, type Mismatch, mismatchesOf } from '#core/smoke/answer';
import type { Redact } from '#core/smoke/redact';
import { excerpt } from '#core/smoke/redact';
import type { CheckResult, Ending } from '#core/smoke/result';
import { servedVersion, versionText, type WantedVersion } from '#core/smoke/served-version';
import type { Ready, SmokeFile, Step, StepRequest, VersionCheck } from '#core/smoke/smoke-file';
import type { Send } from './send.ts';

export interface SmokeRun {
  readonly smoke: SmokeFile;
  /** Without a slash at its end. */
  readonly baseUrl: string;
  readonly wanted: WantedVersion;
  /** For everything together, in ms. */
  readonly timeout: number;
  readonly clock: Clock;
  readonly send: Send;
  readonly signal: AbortSignal;
  readonly redact: Redact;
  readonly report: (line: string) => void;
}

type Asked = Pick<CheckResult, 'name' | 'kind' | 'request' | 'expected'>;
type Check = Asked & { readonly work: () => Promise<Omit<CheckResult, keyof Asked>> };

/**
 * Runs the checks in their order: ready, served version, steps. Only readiness is asked more than once. Without readiness or on
 * another version no step is run: it would test something else. A step that fails does not stop those after it.
 */
export async function runSmoke(run: SmokeRun): Promise<readonly CheckResult[]> {
  const { clock, signal, smoke } = run;
  const show = excerpt(run.redact);
  const deadline = clock.now() + run.timeout;
  const results: CheckResult[] = [];
  let skipped: string | undefined;
  for (const check of checksOf()) {
    const { work, ...asked } = check;
    const result = { ...asked, ...(await outcomeOf(work)) };
    results.push(result);
    run.report(lineOf(result));
    if (result.ending !== 'passed' && result.kind !== 'step') {
      skipped ??=
        result.kind === 'ready' ? 'not run: it never became ready' : 'not run: the served version is not proven';
    }
  }
  return results;

  async function outcomeOf(work: Check['work']): Promise<Omit<CheckResult, keyof Asked>> {
    if (!signal.aborted && clock.now() >= deadline) skipped ??= `not run: ${formatDuration(run.timeout)} had passed`;
    if (!signal.aborted && skipped !== undefined) return { ...notAsked, ending: 'not-run', came: skipped };
    try {
      return await work();
    } catch (error) {
      if (!signal.aborted) throw error;
      return { ...notAsked, ending: 'cancelled', came: 'the run was cancelled' };
    }
  }

  function checksOf(): readonly Check[] {
    return [
      ...(smoke.ready === undefined ? [] : [readyCheck(smoke.ready)]),
      ...(smoke.version === undefined ? [] : [versionCheck(smoke.version)]),
      ...smoke.steps.map(stepCheck),
    ];
  }

  function readyCheck(ready: Ready): Check {
    const expected = `${ready.status.join(' or ')} within ${formatDuration(ready.within)}`;
    const expect = { status: ready.status, headers: {}, jsonAt: {}, bodyContains: [] };
    return {
      ...{ name: 'ready', kind: 'ready', request: show(`GET ${ready.path}`), expected },
      work: async () => {
        const started = clock.now();
        const until = Math.min(started + ready.within, deadline);
        let last: Tried | undefined;
        for (let tries = 1; ; tries++) {
          const exchange = await ask(get(ready.path), until - clock.now());
          const mismatches =
            exchange.kind === 'answer' ? mismatchesOf(expect, exchange) : [unanswered(exchange, expected)];
          const latency = clock.now() - started;
          if (mismatches.length === 0) return ended('passed', { ...exchange, latency }, [], tries);
          // A try that the end of the time cut short says less than the one before it.
          const isCut = exchange.kind === 'no-answer' && clock.now() >= until;
          last = isCut && last !== undefined ? last : { exchange, mismatches };
          if (clock.now() + ready.every >= until) {
            return ended('failed', { ...last.exchange, latency }, last.mismatches, tries);
          }
          await clock.sleep(ready.every, signal);
        }
      },
    };
  }

  function versionCheck(check: VersionCheck): Check {
    const expected = versionText(run.wanted);
    return {
      ...{ name: 'version', kind: 'version', request: show(`GET ${check.path}`), expected },
      work: async () => {
        const exchange = await ask(get(check.path));
        if (exchange.kind === 'no-answer') return ended('failed', exchange, [unanswered(exchange, expected)]);
        const { served, mismatches } = servedVersion(check, run.wanted, exchange);
        const ending = mismatches.length === 0 ? 'passed' : served === undefined ? 'failed' : 'wrong-version';
        return { ...ended(ending, exchange, mismatches), ...(served === undefined ? {} : { came: show(served) }) };
      },
    };
  }

  function stepCheck({ name, request, expect }: Step): Check {
    const expected = show(expectationText(expect));
    return {
      ...{ name: show(name), kind: 'step', request: show(`${request.method} ${request.path}`), expected },
      work: async () => {
        const exchange = await ask(request);
        const mismatches =
          exchange.kind === 'answer' ? mismatchesOf(expect, exchange) : [unanswered(exchange, expected)];
        return ended(mismatches.length === 0 ? 'passed' : 'failed', exchange, mismatches);
      },
    };
  }

  function ask(request: StepRequest, most = Number.POSITIVE_INFINITY): Promise<Exchange> {
    const timeout = Math.max(1, Math.min(request.timeout ?? smoke.timeout, most, deadline - clock.now()));
    return run.send({ ...request, url: new URL(run.baseUrl + request.path), timeout }, signal);
  }

  function ended(ending: Ending, exchange: Exchange, raw: readonly Mismatch[], tries = 1) {
    const mismatches = raw.map(({ what, expected, came }) => ({
      what: show(what),
      expected: show(expected),
      came: show(came),
    }));
    const came = mismatches[0]?.came ?? (exchange.kind === 'answer' ? String(exchange.status) : exchange.why);
    const status = exchange.kind === 'answer' ? { status: exchange.status } : {};
    return { ending, ...status, latency: exchange.latency, mismatches, came, tries };
  }
}

interface Tried {
  readonly exchange: Exchange;
  readonly mismatches: readonly Mismatch[];
}

const notAsked = { mismatches: [], tries: 0 } as const;

function get(path: string): StepRequest {
  return { method: 'GET', path, headers: {}, followRedirects: false };
}

function unanswered({ why }: Extract<Exchange, { kind: 'no-answer' }>, expected: string): Mismatch {
  return { what: 'answer', expected, came: why };
}

function lineOf({ name, ending, request, latency, came, mismatches, tries }: CheckResult): string {
  const marks: Record<Ending, string> = {
    passed: '✔',
    failed: '✖',
    'wrong-version': '✖',
    'not-run': '–',
    cancelled: '■',
  };
  const time = latency === undefined ? '' : `, ${latency} ms${tries > 1 ? `, ${tries} tries` : ''}`;
  const said = mismatches.map(
    ({ what, expected, came: found }) => `\n    ${what}: expected ${expected}, came ${found}`,
  );
  return `${marks[ending]} ${name}  (${request}${time})  ${ending === 'passed' || said.length === 0 ? came : ''}${said.join('')}`;
}
