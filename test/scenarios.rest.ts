import { files, isPlayedFirst, playAll } from './play-all.ts';

/** `npm run scenarios`: what `npm test` leaves out. */
playAll(files.filter(file => !isPlayedFirst(file)));
