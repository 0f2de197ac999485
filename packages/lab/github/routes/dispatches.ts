/** https://docs.github.com/rest/repos/repos#create-a-repository-dispatch-event: GITHUB_TOKEN may, and it starts runs. */
import { basePayload } from '../events/payloads.ts';
import { noContent } from '../http/answers.ts';
import { post, type Route } from '../http/route.ts';
import { Refusal } from '../world/refusal.ts';

const mostProperties = 10;

export const dispatchRoutes: readonly Route[] = [
  post('/repos/{owner}/{repo}/dispatches', [['contents', 'write']], ({ lab, repository, by, body }) => {
    if (body.event_type.length > 100)
      throw new Refusal(422, 'Invalid request.\n\nevent_type is too long (maximum is 100 characters)');
    const payload = body.client_payload ?? {};
    if (Object.keys(payload).length > mostProperties)
      throw new Refusal(
        422,
        `Invalid request.\n\nNo more than ${mostProperties} properties are allowed; ${Object.keys(payload).length} were supplied.`,
      );
    const ref = `refs/heads/${repository.defaultBranch}`;
    const sha = repository.git.refs.get(ref);
    if (sha === undefined) throw new Refusal(422, 'The repository is empty');
    lab.emit({
      name: 'repository_dispatch',
      action: body.event_type,
      repository: repository.fullName,
      at: lab.clock.now(),
      ref,
      sha,
      actor: by.account.login,
      payload: {
        action: body.event_type,
        branch: repository.defaultBranch,
        client_payload: payload,
        ...basePayload(lab, repository, by.account),
      },
    });
    return noContent;
  }),
];
