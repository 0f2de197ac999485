/** https://docs.github.com/rest/repos/contents#create-or-update-file-contents: GitHub signs these, whoever writes. */
import { entryAt } from '../git/trees.ts';
import { put } from '../http/route.ts';
import { showGitCommit } from '../show/commits.ts';
import { commitFiles } from '../world/commits.ts';
import { push } from '../world/pushes.ts';
import { NotModelled, Refusal } from '../world/refusal.ts';
import { commitAt } from './commits.ts';
import { showFile } from './contents.ts';

export const contentWriteRoutes = [
  put('/repos/{owner}/{repo}/contents/{path}', [['contents', 'write']], ({ lab, repository, by, path, body }) => {
    if (body.author || body.committer) throw new NotModelled('authors given to PUT /contents');
    const branch = body.branch ?? repository.defaultBranch;
    const head = repository.git.refs.get(`refs/heads/${branch}`);
    if (head === undefined) throw new Refusal(404, `Branch ${branch} not found`);
    const present = entryAt(repository.git.objects, commitAt(repository, head).tree, path.path);
    if (present && body.sha === undefined) throw new Refusal(422, 'Invalid request.\n\n"sha" wasn\'t supplied.');
    if (body.sha !== undefined && body.sha !== present?.sha)
      throw new Refusal(409, `${path.path} does not match ${body.sha}`);
    const time = lab.clock.now();
    const author = { name: by.account.name, email: by.account.email, time };
    const committer = { name: lab.accounts.webFlow.name, email: lab.accounts.webFlow.email, time };
    const changes = new Map([[path.path, { content: Buffer.from(body.content, 'base64') }]]);
    const sha = commitFiles(repository, head, changes, { message: body.message, author, committer });
    repository.signed.set(sha, time);
    push(lab, repository, [{ ref: `refs/heads/${branch}`, sha }], by);
    const commit = showGitCommit(lab, repository, commitAt(repository, sha));
    const content = showFile({ lab, repository, ref: branch, path: path.path });
    return { status: present ? 200 : 201, body: { content, commit } };
  }),
];
