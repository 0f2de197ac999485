import { expect, test } from '@jest/globals';
import { files, isPlayedFirst, playAll } from './play-all.ts';

playAll(files.filter(isPlayedFirst));

test('every target is among them', () => {
  const folders = new Set(files.filter(isPlayedFirst).map(file => file.split('/')[0]));
  for (const target of ['ecs', 'lambda', 'static-site', 'codepipeline', 'cloudformation', 'command']) {
    expect(folders).toContain(target);
  }
});
