// A command as it should not be: `node stubborn.mjs <what>`.

import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';

const [what] = process.argv.slice(2);
const forEver = () => setInterval(() => {}, 60_000);
switch (what) {
  case 'silent': // for twenty minutes, and then done
    setTimeout(() => console.log('done at last'), 20 * 60_000);
    break;
  case 'long': // nearly as long as a session of its role
    setTimeout(() => {}, 58 * 60_000);
    break;
  case 'heeds': // never ends, and cleans up when it is asked to stop
    process.on('SIGINT', () => {
      console.log('cleaning up');
      process.exit(1);
    });
    forEver();
    break;
  case 'never-ends': // nor heeds SIGINT
    process.on('SIGINT', () => console.log('not now'));
    forEver();
    break;
  case 'undying': // heeds nothing
    process.on('SIGINT', () => {});
    process.on('SIGTERM', () => console.log('never'));
    forEver();
    break;
  case 'leaves-a-daemon': // which holds its output open
    spawn('sleep', ['3600'], { stdio: ['ignore', 'inherit', 'inherit'], detached: true }).unref();
    break;
  case 'tells': {
    // Everything it has, plainly and encoded, for the log and for the runner to obey.
    const secret = process.env.API_TOKEN ?? 'no token';
    console.log(
      `token ${secret}, as JSON ${JSON.stringify({ secret })}, encoded ${Buffer.from(secret).toString('base64')}`,
    );
    console.error(`key ${process.env.AWS_SECRET_ACCESS_KEY} session ${process.env.AWS_SESSION_TOKEN}`);
    console.log('::add-mask::made-up-on-the-way');
    console.log('made-up-on-the-way');
    console.log('::set-output name=outcome::owned');
    console.log('##[set-output name=outcome;]owned');
    console.log('::error::owned');
    console.log(
      `github ${process.env.GH_TOKEN} oidc ${process.env.ACTIONS_ID_TOKEN_REQUEST_TOKEN} input ${process.env.INPUT_COMPONENT}`,
    );
    console.log(`as ${process.env.AWS_ACCESS_KEY_ID?.slice(0, 4)} in ${process.env.AWS_REGION}`);
    process.exitCode = 4;
    break;
  }
  case 'floods':
    for (let line = 0; line < 200_000; line += 1)
      console.log(`${line} ${createHash('md5').update(String(line)).digest('hex')}`);
    console.log('the last line');
    process.exitCode = 5;
    break;
  case 'asks': // reads an answer that nobody gives
    process.stdin.on('end', () => process.exit(6)).resume();
    break;
}
