import { dirname, resolve } from 'node:path';
import type { Repository } from '../github/ports.ts';
import { type Lab, openLab } from '../lab.ts';
import type { RunnerEvent } from '../runner/records.ts';
import { applicationsOf } from '../scenario/applications.ts';
import { preparePipelines } from '../scenario/aws/codepipeline/prepare.ts';
import { hostsOf } from '../scenario/aws/places.ts';
import { prepareElsewhere } from '../scenario/elsewhere.ts';
import { toolsOf, writeOutside } from '../scenario/outside.ts';
import { prepareAws } from '../scenario/prepare-aws.ts';
import { prepareGitHub } from '../scenario/prepare-github.ts';
import type { World } from '../scenario/schema.ts';

export interface OpenWorldOptions {
  /** The file that the world stands in: its paths are relative to it. */
  readonly file: string;
  /** The suite whose committed workflows and bundles are run. */
  readonly suite: string;
  /** Lab milliseconds per wall millisecond. */
  readonly speed: number;
  /** Whether the lab's runner runs what events start; yes unless said. */
  readonly runs?: boolean;
  readonly onProgress?: (event: RunnerEvent) => void;
  readonly onTrouble: (text: string) => void;
}

export interface OpenWorld {
  readonly lab: Lab;
  readonly world: World;
  /** The repository that is released. */
  readonly repository: Repository;
}

/**
 * Opens the lab on a world that goes on by itself, by the wall clock. It begins now, whatever `start` says: AWS refuses what was
 * signed at another time, and the programs that a person uses sign by the machine's clock.
 */
export async function openWorld(world: World, options: OpenWorldOptions): Promise<OpenWorld> {
  const { file, suite, speed, runs = true, onProgress, onTrouble } = options;
  const applications = applicationsOf(world);
  const { ecs, lambda, 'future-fields': futureFields } = world.aws;
  const lab = await openLab({
    start: Date.now(),
    speed,
    hosts: hostsOf(world.aws),
    applications,
    tools: toolsOf(world, dirname(resolve(file))),
    instances: world.aws.instances !== undefined,
    databases: world.aws.databases !== undefined,
    runs,
    onTrouble,
    ...(onProgress === undefined ? {} : { onProgress }),
    ...(ecs === undefined ? {} : { ecs }),
    ...(lambda === undefined ? {} : { lambda }),
    ...(futureFields === undefined ? {} : { futureFields }),
  });
  try {
    prepareAws(lab.aws, world, applications);
    writeOutside(lab.outside, world.outside ?? {});
    const repository = prepareGitHub(
      lab.github.world,
      prepareElsewhere(lab.github.world, world),
      dirname(resolve(file)),
      suite,
    );
    preparePipelines(lab.aws, world);
    return { lab, world, repository };
  } catch (error) {
    await lab.close();
    throw error;
  }
}
