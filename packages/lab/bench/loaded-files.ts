/** A preload that writes down every file that its process loads as a module, one a line, into the file `LOADED_FILES`. */
import { appendFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';

const list = process.env.LOADED_FILES ?? '';

registerHooks({
  load(url, context, next) {
    if (url.startsWith('file:')) appendFileSync(list, `${fileURLToPath(url)}\n`);
    return next(url, context);
  },
});
