/** `npm run races -- [how many] [seed]`: two processes race for an environment’s lock, 1,000 times unless said. Exit 1 when one race went wrong. */
import { race } from './races.ts';

const [count = '1000', seed = '1'] = process.argv.slice(2);
const began = performance.now();
const { races, wrong, met } = await race(Number(count), Number(seed));
for (const text of wrong) console.log(`✖ ${text}`);
const ways = Object.entries(met).map(([what, times]) => `${what} ${times}`);
console.log(`${races} races in ${((performance.now() - began) / 1000).toFixed(0)} s; ${ways.join(', ')}`);
console.log(wrong.length === 0 ? 'exactly one had the lock in each' : `${wrong.length} went wrong`);
process.exitCode = wrong.length === 0 ? 0 : 1;
