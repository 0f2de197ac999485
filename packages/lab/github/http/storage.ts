/**
 * The storage that stands behind GitHub, at an address of its own: archives of artifacts. A request that brings GitHub's token along is
 * refused, as Azure does: a client that follows the redirect has to leave it behind.
 */
import type { RequestListener } from 'node:http';
import { openSignedPath } from '../world/artifacts.ts';
import type { Lab } from '../world/lab.ts';

export function createStorage(lab: Lab): RequestListener {
  return (request, response) => {
    const release = lab.clock.hold(`storage ${request.method} ${request.url}`);
    response.once('close', release);
    const found = openSignedPath(lab, new URL(request.url ?? '/', 'http://storage.invalid'));
    const token = request.headers.authorization !== undefined;
    const status = token ? 400 : found === 'forbidden' ? 403 : found === 'not-found' ? 404 : 200;
    response.sendDate = false;
    response.writeHead(status, {
      connection: 'close',
      date: new Date(lab.clock.now()).toUTCString(),
      'content-type': status === 200 ? 'application/zip' : 'application/xml',
    });
    if (status === 200) response.end(found);
    else response.end(`<Error><Code>${token ? 'InvalidAuthenticationInfo' : 'AuthenticationFailed'}</Code></Error>`);
  };
}
