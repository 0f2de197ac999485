import { isAbsolute, join, relative } from 'node:path';
import type { CloudFront } from '#aws/cloudfront';
import { createS3 } from '#aws/s3';
import { FindingError } from '#core/finding';
import type { StaticSiteComponent } from '#core/flow/targets/static-site';
import type { Driver } from '#core/target';
import type { Opening, OpenTarget } from '../open-target.ts';
import type { DriverSetting } from '../setting.ts';
import { createSiteDriver } from './driver.ts';
import { readBuild } from './files.ts';
import { placeOf, type Site, type SitePlace } from './site.ts';

export function openTarget({ runtime, session }: Opening): OpenTarget<StaticSiteComponent> {
  const shared = { ...runtime, session: session(), artifacts: {} };
  return {
    driver: (component, artifacts) => createDriver(component, { ...shared, artifacts }),
    restorer: timeout => createSiteDriver(undefined, place => siteAt(shared, place, wayBack(timeout))),
  };
}

function createDriver(component: StaticSiteComponent, setting: DriverSetting): Driver {
  const { keep, timeout } = component;
  const place = placeOf(component);
  const build = async () => readBuild(await folderOf(component, setting), component);
  return createSiteDriver({ site: siteAt(setting, place, timeout, keep), build }, there =>
    siteAt(setting, there, wayBack(timeout)),
  );
}

/** The way back has half an hour at least, ms: a deployment that was cut short is undone to its end. */
function wayBack(timeout: number): number {
  return Math.max(timeout, 30 * 60_000);
}

function siteAt(setting: DriverSetting, place: SitePlace, timeout: number, keep?: number): Site {
  const { session, clock, report, signal, runToken } = setting;
  let cloudfront: Promise<CloudFront> | undefined;
  return {
    place,
    s3: createS3(session, place),
    cloudfront: () => {
      cloudfront ??= import('#aws/cloudfront').then(({ createCloudFront }) => createCloudFront(session));
      return cloudfront;
    },
    clock,
    report,
    signal,
    runToken,
    timeout,
    ...(keep === undefined ? {} : { keep }),
  };
}

async function folderOf(component: StaticSiteComponent, setting: DriverSetting): Promise<string> {
  const { folder } = component;
  if (folder === undefined) return setting.filesOf(setting.artifacts);
  const path = join(setting.workspace, folder);
  const inside = relative(setting.workspace, path);
  if (!inside.startsWith('..') && !isAbsolute(inside)) return path;
  const message = `The folder ${folder} of ${component.name} is not in the workspace.`;
  throw new FindingError([{ reason: 'input-invalid', message, evidence: { folder } }]);
}
