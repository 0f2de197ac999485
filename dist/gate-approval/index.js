import { run } from '../suite/index.js';

await run('gate-approval');
