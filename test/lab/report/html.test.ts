import { expect, test } from '@jest/globals';
import { html, trusted } from '#lab/report/html';

test.each([
  ['markup in a value', html`<p>${'<b>&'}</p>`, '<p>&#60;b&#62;&#38;</p>'],
  ['quotes in an attribute', html`<p title="${'"\''}">`, '<p title="&#34;&#39;">'],
  ['nothing for false, null and undefined', html`a${false}${null}${undefined}b`, 'ab'],
  ['zero is a number like others', html`${0}`, '0'],
  ['lists, also within lists', html`${['<', [html`<i>`, '>']]}`, '&#60;<i>&#62;'],
  ['control characters are replaced, tabs and line ends are not', html`${'a\u0000\u001b\tb\n'}`, 'a\uFFFD\uFFFD\tb\n'],
  ['what was made safe stays', html`${trusted('<hr>')}`, '<hr>'],
])('%s', (_, { markup }, expected) => {
  expect(markup).toBe(expected);
});
