import * as model from '@aws-sdk/client-codebuild';
import type { LabClock } from '../../clock/clock.ts';
import { createPlaces } from '../../wire/places.ts';
import { type Call, type Service, ServiceError } from '../../wire/service.ts';
import { createIds } from '../ecs/ids.ts';
import { type Build, buildView } from './build.ts';

/** What a build does; times in ms. */
export interface BuildBehaviour {
  readonly takes: number;
  readonly log: readonly string[];
  readonly fails?: { readonly message: string; readonly log: readonly string[] };
}

export interface CodeBuildWorld {
  readonly service: Service;
  /** Starts a build of a project, made when it is first asked for. Answers its id, `project:uuid`. */
  start(
    place: { readonly account: string; readonly region: string },
    project: string,
    behaviour: BuildBehaviour,
    fails: boolean,
  ): string;
}

export interface CodeBuildOptions {
  readonly clock: LabClock;
  readonly logs: {
    createGroup(account: string, region: string, group: string): void;
    append(account: string, region: string, group: string, stream: string, time: number, message: string): void;
  };
}

/** Builds as others look at them: https://docs.aws.amazon.com/codebuild/latest/APIReference/API_BatchGetBuilds.html */
export function createCodeBuild({ clock, logs }: CodeBuildOptions): CodeBuildWorld {
  const places = createPlaces(() => new Map<string, Build>());
  const ids = createIds('codebuild');

  const service: Service = {
    id: 'codebuild',
    model,
    resource: (_operation, input, { account, region }) => {
      const [id] = Array.isArray(input.ids) ? input.ids : [];
      return typeof id === 'string' ? `arn:aws:codebuild:${region}:${account}:project/${id.split(':')[0]}` : undefined;
    },
    operations: {
      BatchGetBuilds({ ids: asked = [] }: model.BatchGetBuildsCommandInput, { account, region, now }: Call) {
        if (asked.length < 1 || asked.length > 100) {
          throw new ServiceError('InvalidInputException', 'Invalid build ids: between 1 and 100 are required');
        }
        const known = places.at(account, region);
        const found = asked.flatMap(id => known.get(id) ?? []);
        return {
          builds: found.map(build => buildView(build, now)),
          buildsNotFound: asked.filter(id => !known.has(id)),
        };
      },
    },
  };

  return {
    service,
    start({ account, region }, project, { takes, log, fails: failure }, fails) {
      const stream = ids.uuid('build');
      const group = `/aws/codebuild/${project}`;
      const known = places.at(account, region);
      const startedAt = clock.now();
      const endsAt = startedAt + takes;
      const failed = fails ? failure : undefined;
      const id = `${project}:${stream}`;
      known.set(id, { id, account, region, project, group, stream, startedAt, endsAt, number: known.size + 1, failed });
      logs.createGroup(account, region, group);
      // Its lines come while it runs, the last ones just before its end.
      const lines = [...log, ...(failed?.log ?? [])];
      for (const [index, line] of lines.entries()) {
        const at = startedAt + Math.floor((takes * (index + 1)) / (lines.length + 1));
        clock.at(at, () => logs.append(account, region, group, stream, at, line));
      }
      return id;
    },
  };
}
