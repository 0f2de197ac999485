import type { Step } from './schema.ts';
import { newestRun, type Stage, tell } from './stage.ts';

/** What people do with git and the Run workflow button: the world goes on from there by itself. */
export function doWithGit(
  stage: Stage,
  { push, tag, publish, dispatch, schedule }: Pick<Step, 'push' | 'tag' | 'publish' | 'dispatch' | 'schedule'>,
): void {
  if (push !== undefined) doPush(stage, push);
  if (tag !== undefined) {
    const { name, by: tagger, at = 'main', annotated = true, moved = false, signed, verification } = tag;
    tell(stage, `${tagger} ${moved ? 'moves' : 'tags'} ${name}`);
    stage.repository.tag(name, {
      ...{ at: commitMeant(stage, at), tagger, annotated, force: moved },
      ...(annotated ? { message: name } : {}),
      ...(signed === undefined
        ? {}
        : { signed: { with: signed, ...(verification === undefined ? {} : { reason: verification }) } }),
    });
  }
  if (publish !== undefined) {
    const { by, tag: name, at: target = 'main', prerelease = false, draft = false } = publish;
    tell(stage, `${by} ${draft ? 'drafts' : 'publishes'} the ${prerelease ? 'prerelease' : 'release'} ${name}`);
    stage.repository.publishRelease(by, { tag: name, target, prerelease, draft });
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
  if (schedule !== undefined) {
    tell(stage, `the clock starts ${schedule.workflow}`);
    stage.repository.startBySchedule(schedule.by, schedule.workflow);
  }
}

/** A branch, a tag or a commit, or what the run of that title is of. */
function commitMeant(stage: Stage, at: string): string {
  return stage.repository.resolve(at) === undefined ? newestRun(stage, undefined, at).sha : at;
}

function doPush(
  stage: Stage,
  { by, message, branch = 'main', from, files = {}, version = {} }: NonNullable<Step['push']>,
): void {
  const { repository } = stage;
  const there = repository.resolve(`refs/heads/${branch}`) !== undefined;
  if (there === (from !== undefined)) {
    throw new Error(
      there ? `the branch ${branch} is there already` : `there is no branch ${branch}; \`from\` makes one`,
    );
  }
  const bumped = Object.entries(version).map(([folder, next]) => {
    const path = `${folder}/package.json`;
    const content = repository.readFile(from ?? branch, path);
    if (content === undefined) throw new Error(`there is no ${path} on ${from ?? branch} that could say a version`);
    const manifest = JSON.parse(content.toString('utf8')) as object;
    return [path, `${JSON.stringify({ ...manifest, version: next }, null, 2)}\n`] as const;
  });
  tell(stage, `${by} pushes “${message.split('\n')[0]}” to ${branch}`);
  repository.commit({
    branch,
    message,
    author: by,
    files: { ...Object.fromEntries(bumped), ...files },
    ...(from === undefined ? {} : { from }),
  });
}
