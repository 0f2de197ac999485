import { describe, expect, test } from '@jest/globals';
import { boundedJson, boundedMarkdown } from '#action-kit/bounded';

const service = (index: number) => ({ what: `service api-${index}`, before: 'api:1', after: 'a new api' });
const big = (services: number) => ({
  schema: 1,
  outcome: 'failed',
  message: 'It failed.',
  components: [{ component: 'api', changes: Array.from({ length: services }, (_, index) => service(index)) }],
});

describe('an output is never so long that GitHub drops it', () => {
  test('one that fits is left as it is', () => {
    expect(JSON.parse(boundedJson(big(10)))).toEqual(big(10));
  });

  test.each([[3_000], [100_000]])('%d rows are cut, and it says so', services => {
    const text = boundedJson(big(services));
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(128 * 1024);
    const result = JSON.parse(text);
    expect(result).toMatchObject({ schema: 1, outcome: 'failed', message: 'It failed.', cut: true });
    expect(result.components[0].changes[0]).toEqual(service(0));
  });

  test('long words are cut too, counted in bytes', () => {
    const text = boundedJson({ message: '“'.repeat(100_000) }, 20_000);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(20_000);
    expect(JSON.parse(text)).toMatchObject({ message: expect.stringMatching(/^“+…$/), cut: true });
  });
});

describe('a summary is never so long that GitHub shows nothing of it', () => {
  const page = `### Title\n${'a line\n'.repeat(100)}`;
  test('one that fits is left as it is', () => {
    expect(boundedMarkdown(page, 0)).toBe(page);
  });

  test('it ends after a line, with a word', () => {
    const cut = boundedMarkdown(page, 200, 400);
    expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(200);
    expect(cut).toMatch(/a line\n\n… and more than a summary can hold\.\n$/);
  });

  test('a block of code that is cut is closed', () => {
    const cut = boundedMarkdown(`\`\`\`\n${'log\n'.repeat(100)}\`\`\`\n`, 0, 200);
    expect(cut.match(/^```$/gm)).toHaveLength(2);
  });

  test('nothing is added to a full one', () => {
    expect(boundedMarkdown(page, 400, 400)).toBe('');
  });
});
