import type { ActionBehaviour, Place } from './state.ts';

/** What CodePipeline needs of the rest of the world. */
export interface CodePipelinePorts {
  readonly sources: Sources;
  readonly builds: Builds;
  readonly logs: LogWriter;
}

/** The repositories that source actions read. Filled in when there are any. */
export interface Sources {
  /** Sha of a branch; undefined when there is none. */
  head(repository: string, branch: string): string | undefined;
  has(repository: string, sha: string): boolean;
  /** First line of the commit's message. */
  summary(repository: string, sha: string): string;
  readFile(repository: string, sha: string, path: string): string | undefined;
}

/** CodeBuild, as far as its actions need it. */
export interface Builds {
  /** Starts a build, which goes on as the behaviour says. Answers its id, `project:uuid`. */
  start(place: Place, project: string, behaviour: ActionBehaviour, fails: boolean): string;
}

export interface LogWriter {
  createGroup(account: string, region: string, group: string): void;
  append(account: string, region: string, group: string, stream: string, time: number, message: string): void;
}
