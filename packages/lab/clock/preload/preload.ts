/**
 * Puts a Node process on the lab's time: `NODE_OPTIONS=--import <this file>` with LAB_CLOCK=<folder of the clock>.
 * The main module starts when the lab gives the process its first turn. Without LAB_CLOCK, and in worker threads,
 * it does nothing.
 */
import { isMainThread } from 'node:worker_threads';
import { joinLab } from './participant.ts';

const folder = process.env.LAB_CLOCK;
if (isMainThread && folder) await joinLab(folder);
