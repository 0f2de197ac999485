import { copyFileSync, linkSync, lstatSync, mkdirSync, readdirSync, readlinkSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Puts the installed packages into a folder elsewhere, so that a build in it sees what a clone at that place would see.
 * A symbolic link in their stead would not do: the bundler follows it, and numbers its modules by their paths.
 */
export function furnishWorkshop(root: string, workshop: string): void {
  copyTree(join(root, 'node_modules'), join(workshop, 'node_modules'));
}

/** Hard links are quick and take no room; where they are not to be had (another disk), the files are copied. */
function copyTree(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from)) {
    const [source, target] = [join(from, name), join(to, name)];
    const status = lstatSync(source);
    if (status.isDirectory()) copyTree(source, target);
    else if (status.isSymbolicLink()) symlinkSync(readlinkSync(source), target);
    else linkOrCopy(source, target);
  }
}

function linkOrCopy(source: string, target: string): void {
  try {
    linkSync(source, target);
  } catch {
    copyFileSync(source, target);
  }
}
