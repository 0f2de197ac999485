import { type CheckResult, countsOf } from './result.ts';

/**
 * The results as a JUnit file, which CI systems and test reporters read. There is no standard of it; this keeps to what the common
 * readers agree on: one suite, a case a check, times in seconds.
 */
export function junitOf(results: readonly CheckResult[], suite: string, startedAt: Date): string {
  const { tests, failures, skipped } = countsOf(results);
  const time = results.reduce((sum, { latency = 0 }) => sum + latency, 0);
  const counts = { tests, failures, errors: 0, skipped, time: seconds(time) };
  const head = attributes({ name: suite, ...counts, timestamp: startedAt.toISOString().slice(0, 19) });
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ ...counts })}>`,
    `  <testsuite${head}>`,
    ...results.map(result => testCase(result, suite)),
    '  </testsuite>',
    '</testsuites>',
  ];
  return `${lines.join('\n')}\n`;
}

function testCase(result: CheckResult, suite: string): string {
  const { name, latency = 0, ending } = result;
  const open = `    <testcase${attributes({ classname: suite, name, time: seconds(latency) })}`;
  switch (ending) {
    case 'passed':
      return `${open}/>`;
    case 'not-run':
    case 'cancelled':
      return `${open}><skipped${attributes({ message: result.came })}/></testcase>`;
    case 'failed':
    case 'wrong-version': {
      const details = result.mismatches.map(
        ({ what, expected, came }) => `${what}: expected ${expected}, came ${came}`,
      );
      const message = details[0] ?? result.came;
      const type = ending === 'failed' ? 'failure' : 'wrong-version';
      const text = escapeXml([result.request, ...details].join('\n'));
      return `${open}><failure${attributes({ message, type })}>${text}</failure></testcase>`;
    }
  }
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escapeXml(String(value))}"`)
    .join('');
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3);
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** XML 1.0 has no way of writing most control characters, nor half a surrogate pair: they are replaced. */
function escapeXml(text: string): string {
  return [...text].map(character => (isXml(character) ? (entities[character] ?? character) : '\uFFFD')).join('');
}

function isXml(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return code === 0x9 || code === 0xa || code === 0xd;
  return !(code >= 0xd800 && code <= 0xdfff) && code !== 0xfffe && code !== 0xffff;
}
