import type { Step } from './schema.ts';
import { type Stage, tell } from './stage.ts';

/** What people do with git and the Run workflow button: the world goes on from there by itself. */
export function doWithGit(stage: Stage, { push, tag, dispatch }: Pick<Step, 'push' | 'tag' | 'dispatch'>): void {
  if (push !== undefined) doPush(stage, push);
  if (tag !== undefined) {
    const { name, by: tagger, at = 'main', annotated = true, moved = false } = tag;
    tell(stage, `${tagger} ${moved ? 'moves' : 'tags'} ${name}`);
    stage.repository.tag(name, { at, tagger, annotated, message: name, force: moved });
  }
  if (dispatch !== undefined) {
    const { by, workflow, ref, inputs } = dispatch;
    tell(stage, `${by} starts ${workflow}${inputs === undefined ? '' : ` with ${JSON.stringify(inputs)}`}`);
    stage.repository.dispatchWorkflow(by, {
      workflow,
      ...(ref === undefined ? {} : { ref }),
      ...(inputs === undefined ? {} : { inputs }),
    });
  }
}

function doPush(
  stage: Stage,
  { by, message, branch = 'main', files = {}, version = {} }: NonNullable<Step['push']>,
): void {
  const bumped = Object.entries(version).map(([folder, next]) => {
    const path = `${folder}/package.json`;
    const manifest = JSON.parse(stage.repository.readFile(branch, path)?.toString('utf8') ?? '{}') as object;
    return [path, `${JSON.stringify({ ...manifest, version: next }, null, 2)}\n`] as const;
  });
  tell(stage, `${by} pushes “${message.split('\n')[0]}” to ${branch}`);
  stage.repository.commit({ branch, message, author: by, files: { ...Object.fromEntries(bumped), ...files } });
}
