import { run } from '../suite/index.js';

await run('publish-release');
