import { expect, test } from '@jest/globals';
import { compiledAtOnce } from '../../scripts/bundle/compile-at-once.ts';

test.each([
  [
    'modules, which are called as soon as the chunk is there',
    '{1:(a,b,c)=>{a.exports=2},3:function(a){a()}}',
    '{1:((a,b,c)=>{a.exports=2}),3:(function(a){a()})}',
  ],
  [
    'what stands behind letters that take several bytes',
    '{1:a=>{a("→ ✔ é")},2:a=>{a("…")}}',
    '{1:(a=>{a("→ ✔ é")}),2:(a=>{a("…")})}',
  ],
  ['functions inside modules, which may never be called: not', '{1:a=>{a.b={2:()=>a}}}', '{1:(a=>{a.b={2:()=>a}})}'],
  ['what is no function: not', '{1:2}', '{1:2}'],
])('in parentheses, so that it is read once: %s', (_, modules, expected) => {
  const chunk = (map: string) => `export const id=7;export const modules=${map};`;
  // Twice: the parser counts on from what it has parsed before.
  for (let time = 0; time < 2; time += 1) expect(compiledAtOnce(chunk(modules))).toBe(chunk(expected));
});
