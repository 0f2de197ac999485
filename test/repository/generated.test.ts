import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { BundledPackage } from '../../scripts/bundle/bundled-packages.ts';
import { differences } from '../../scripts/bundle/compare.ts';
import { writeLicences } from '../../scripts/bundle/licences.ts';
import { actionReadme } from '../../scripts/docs/action-readme.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'release-actions-generated-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the README of an action', () => {
  const actionYml = `
name: hold
description: Stops promotions.
inputs:
  environment: { description: The environment., required: true }
  operation: { description: 'One | two.', default: list }
  reason: { description: Why., default: '' }
outputs:
  outcome: { description: How it ended. }
`;
  const inputs = `<!-- inputs:begin -->
| input |  | default |
| --- | --- | --- |
| \`environment\` | The environment. | **required** |
| \`operation\` | One \\| two. | \`list\` |
| \`reason\` | Why. |  |
<!-- inputs:end -->`;

  test('begins with what action.yml says', () => {
    const readme = actionReadme(actionYml, undefined);
    expect(readme).toContain('# hold\n\nStops promotions.\n');
    expect(readme).toContain(inputs);
    expect(readme).toContain('| `outcome` | How it ended. |');
  });

  test('keeps what people wrote around the tables, and replaces the tables', () => {
    const written = (table: string) => `# Mine\n<!-- inputs:begin -->${table}<!-- inputs:end -->\nand this\n`;
    const outputs = '<!-- outputs:begin --><!-- outputs:end -->';
    const readme = actionReadme(actionYml, `${written('\n| old |\n')}${outputs}`);
    expect(readme.startsWith(`# Mine\n${inputs}\nand this\n`)).toBe(true);
  });

  test('comes out the same from itself', () => {
    const readme = actionReadme(actionYml, undefined);
    expect(actionReadme(actionYml, readme)).toBe(readme);
  });

  test('has to have the markers', () => {
    expect(() => actionReadme(actionYml, '# Mine\n')).toThrow('has no <!-- inputs:begin --> … <!-- inputs:end -->');
  });
});

describe('the notice of licences', () => {
  const mit = (name: string, text: string | undefined): BundledPackage => ({
    name,
    version: '1.0.0',
    licence: 'MIT',
    text,
  });
  const notice = (packages: readonly BundledPackage[]) => {
    const file = join(folder, 'licenses.txt');
    writeLicences(file, packages);
    return readFileSync(file, 'utf8');
  };

  test('has every text once, under the packages that come with it', () => {
    const text = notice([mit('a', 'Text one\n'), mit('b', 'Text two'), mit('c', 'Text one\r\n')]);
    expect(text).toBe(`a 1.0.0 (MIT)\nc 1.0.0 (MIT)\n\nText one\n\n${'-'.repeat(80)}\n\nb 1.0.0 (MIT)\n\nText two\n`);
  });

  test('takes the text of a sibling of the same scope for a package that is published without one', () => {
    expect(notice([mit('@s/a', undefined), mit('@s/b', 'Text')])).toBe('@s/a 1.0.0 (MIT)\n@s/b 1.0.0 (MIT)\n\nText\n');
  });

  test('is not written when a text is nowhere to be had', () => {
    expect(() => notice([mit('@s/a', undefined), mit('@t/b', 'Text')])).toThrow(
      '@s/a is published without a licence text',
    );
  });
});

test('committed bundles differ from fresh ones when a byte does, when a file is missing, and when one is left over', () => {
  const write = (path: string, text: string) => {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  write('fresh/suite/same.js', 'same');
  write('committed/suite/same.js', 'same');
  expect(differences(join(folder, 'fresh'), join(folder, 'committed'))).toEqual([]);

  write('fresh/suite/changed.js', 'new');
  write('committed/suite/changed.js', 'old');
  write('fresh/hold/index.js', '');
  write('committed/suite/7.index.js', '');
  expect(differences(join(folder, 'fresh'), join(folder, 'committed'))).toEqual([
    'hold/index.js is missing',
    'suite/7.index.js is no longer made',
    'suite/changed.js differs',
  ]);
});
