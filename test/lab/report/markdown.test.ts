import { describe, expect, test } from '@jest/globals';
import { resolver } from '#lab/report/anchors';
import { markdownRenderer } from '#lab/report/markdown/markdown';
import { mermaidTimeline } from '#lab/report/markdown/mermaid-timeline';
import { sanitise } from '#lab/report/markdown/sanitise';

const plain = markdownRenderer(href => href);

test.each([
  ['a table with a break in its cell', '| a |\n|---|\n| x<br>y |', '<td>x<br>y</td>'],
  ['a pipe in a cell', '| a |\n|---|\n| x \\| y |', '<td>x | y</td>'],
  ['small print', '<sub>Event 4.</sub>', '<sub>Event 4.</sub>'],
  ['headings stand below those of the page', '# prod', '<h3>prod</h3>'],
  ['the deepest heading', '###### x', '<h6>x</h6>'],
  [
    'a picture is not fetched: its address is shown',
    '![logo](https://x.test/a.png)',
    '<a href="https://x.test/a.png">logo</a>',
  ],
  ['folded parts', '<details><summary>s</summary>\n\n**b**\n\n</details>', '<details><summary>s</summary>'],
  ['a task list', '- [x] done', '<input checked="" type="checkbox" disabled> done'],
  ['other diagrams are code', '```mermaid\ngantt\n```', '<code class="language-mermaid">gantt'],
])('%s', (_, text, expected) => {
  expect(plain(text).markup).toContain(expected);
});

describe('content cannot leave its place', () => {
  test.each([
    ['<script>alert(1)</script>', '&#60;script&#62;alert(1)&#60;/script&#62;'],
    ['<img src=x onerror=alert(1)>', '&#60;img src=x onerror=alert(1)&#62;'],
    ['<b onclick="alert(1)" style="x">b</b>', '<b>b</b>'],
    ['<a href="javascript:alert(1)">a</a>', '<a>a</a>'],
    ['<a href="&#106;avascript:alert(1)">a</a>', '<a>a</a>'],
    ['<a href=" https://x.test">a</a>', '<a>a</a>'],
    ['<a href=\'https://x.test/"onclick="\'>a</a>', '<a href="https://x.test/&quot;onclick=&quot;">a</a>'],
    ['</details></section><p>x', '&#60;/section&#62;<p>x</p>'],
    ['<b><i>x</b>y</i>', '<b><i>x</i></b>y'],
    ['<!-- <b> --><p>x</p>', '<p>x</p>'],
    ['<!-- never closed <b>', ''],
    ['a < b <', 'a &lt; b &lt;'],
    ['<input type="text" value="x">', '&#60;input type=&#34;text&#34; value=&#34;x&#34;&#62;'],
    ['<constructor>x', '&#60;constructor&#62;x'],
  ])('%s', (markup, expected) => {
    expect(sanitise(markup)).toBe(expected);
  });
});

describe('a timeline of Mermaid is drawn', () => {
  test('periods, several events of one, and the title', () => {
    const drawn = mermaidTimeline(
      'timeline\n  title 1.3.0\n  10.58 : verified : in stage\n  : and noted\n  11.05 : planned',
    );
    expect(drawn?.markup.match(/<li>.*?<\/li>/g)).toEqual([
      '<li><span class="when">10.58</span><span>verified</span><span>in stage</span><span>and noted</span></li>',
      '<li><span class="when">11.05</span><span>planned</span></li>',
    ]);
    expect(drawn?.markup).toContain('<figcaption>1.3.0</figcaption>');
  });

  test.each(['gantt\n a : b', 'timeline\n section x', 'timeline\n : nothing before it'])('not this: %j', code => {
    expect(mermaidTimeline(code)).toBeUndefined();
  });

  test('in its place between the text, escaped', () => {
    const { markup } = plain('before\n\n```mermaid\ntimeline\n  now : <b>x\n```\n\nafter');
    expect(markup).toMatch(/before<\/p>\n<figure .*&#60;b&#62;x.*<\/figure><p>after/s);
  });
});

describe('links', () => {
  const resolve = resolver(
    'acme/shop',
    [
      { id: 7, attempt: 1 },
      { id: 7, attempt: 2 },
    ],
    [3],
  );
  test.each([
    ['https://github.com/acme/shop/actions/runs/7', '#run-7'],
    ['https://github.com/acme/shop/actions/runs/7/attempts/2', '#run-7-2'],
    ['https://github.com/acme/shop/actions/runs/8', 'https://github.com/acme/shop/actions/runs/8'],
    ['https://github.com/other/shop/actions/runs/7', 'https://github.com/other/shop/actions/runs/7'],
    ['https://github.com/acme/shop/issues/3', '#issue-3'],
    ['https://github.com/acme/shop/pull/4', 'https://github.com/acme/shop/pull/4'],
  ])('%s leads to %s', (href, expected) => {
    expect(resolve(href)).toBe(expected);
    expect(markdownRenderer(resolve)(`[x](${href})`).markup).toContain(`<a href="${expected}">`);
  });
});
