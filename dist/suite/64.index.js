export const id = 64;
export const ids = [64];
export const modules = {

/***/ 1064:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  run: () => (/* binding */ run)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(8500);
// EXTERNAL MODULE: ./node_modules/@actions/core/lib/core.js + 14 modules
var core = __webpack_require__(6421);
;// CONCATENATED MODULE: ./build/packages/aws/denied.js
/** `User: arn… is not authorized to perform: ecs:UpdateService on resource: arn… because …`, as IAM writes it. */
const wording = /not authorized to perform: (?<action>[\w-]+:\w+)(?: on resource: (?<resource>\S+))?/;
/** The finding of a failed call: what is wrong, which call, and what to do; for a denial the missing IAM statement. */
function findingOf(error) {
    const where = { kind: 'call', call: error.action };
    const evidence = { code: error.code, action: error.action };
    switch (error.kind) {
        case 'denied': {
            const { action = error.action, resource = '*' } = wording.exec(error.message)?.groups ?? {};
            const statement = JSON.stringify({ Effect: 'Allow', Action: action, Resource: resource });
            const message = `AWS refused ${action} on ${resource}: ${error.message}`;
            return {
                reason: 'access-denied',
                message,
                evidence: { ...evidence, action, resource, statement },
                next: `Add to the role’s policy: ${statement}`,
                where,
            };
        }
        case 'expired':
            return {
                reason: 'credentials-expired',
                message: `The AWS credentials expired: ${error.message}`,
                evidence,
                where,
            };
        case 'no-credentials':
            return { reason: 'credentials-missing', message: `No usable AWS credentials: ${error.message}`, evidence, where };
        case 'throttled':
            return {
                reason: 'api-unavailable',
                message: `AWS kept throttling ${error.action}: ${error.message}`,
                evidence,
                where,
            };
        case 'unknown-effect':
            return {
                reason: 'api-unavailable',
                message: `${error.action} did not answer: ${error.message}`,
                evidence,
                where,
            };
        case 'refused':
            return { reason: refusal(error), message: `AWS refused ${error.action}: ${error.message}`, evidence, where };
    }
}
function refusal(error) {
    return /NotFound/i.test(error.code) ? 'not-found' : 'deployment-failed';
}

// EXTERNAL MODULE: ./build/packages/aws/errors.js
var errors = __webpack_require__(975);
// EXTERNAL MODULE: ./build/packages/core/finding.js
var core_finding = __webpack_require__(6551);
// EXTERNAL MODULE: ./build/packages/core/outcome.js
var outcome = __webpack_require__(4258);
;// CONCATENATED MODULE: ./build/packages/core/reasons/common.js
/** Reasons that any action can give. */
const commonReasons = {
    'input-invalid': {
        means: 'An input, a file or a combination of them is wrong. Nothing was called and nothing was changed.',
        unblocks: 'Correct what the message names; every mistake is listed at once.',
    },
    'credentials-missing': {
        means: 'There are no AWS credentials to work with.',
        unblocks: 'Give `role` (and `permissions: id-token: write` to the job), or run aws-actions/configure-aws-credentials before.',
    },
    'credentials-expired': {
        means: 'The AWS credentials expired and could not be renewed.',
        unblocks: 'Use `role`, so that the action renews them itself, or allow a longer session.',
    },
    'access-denied': {
        means: 'AWS refused a call for lack of permission. It was not tried again.',
        unblocks: 'Add the statement in the message to the policy of the role, then start the run again.',
    },
    'github-permission-missing': {
        means: 'GitHub refused a call for lack of permission.',
        unblocks: 'Give the job the permission in the message.',
    },
    'api-unavailable': {
        means: 'A service did not answer, or kept answering that it cannot.',
        unblocks: 'Look at the status page of the service, then start the run again: it goes on where it stopped.',
    },
    'not-found': {
        means: 'Something that was named does not exist.',
        unblocks: 'Correct the name in the message, or create what is missing; check account and region.',
    },
    cancelled: {
        means: 'The run was cancelled.',
        unblocks: 'The message says in which state it was left; start the run again to go on from there.',
    },
    'dry-run': {
        means: 'Only a look: nothing was changed, because `dry-run` is set.',
        unblocks: 'Run without `dry-run`.',
    },
    'internal-error': {
        means: 'The action met something that it was not made for.',
        unblocks: 'Report it with the stack trace of the log.',
    },
    'nothing-checked': {
        means: 'No rule or check applied, so nothing is known.',
        unblocks: 'Configure at least one check; zero checks never pass.',
    },
    'all-rules-pass': { means: 'Every rule that applies passes.', unblocks: 'Nothing is blocked.' },
};

;// CONCATENATED MODULE: ./build/packages/core/reasons/deploy.js
/** Reasons of changes: deploy and rollback. */
const deployReasons = {
    deployed: {
        means: 'The new version runs, and the deployment that brought it has ended well.',
        unblocks: 'Nothing is blocked.',
    },
    'nothing-to-change': {
        means: 'What was asked for already runs, and its deployment ended well.',
        unblocks: 'Nothing is blocked; nothing was registered.',
    },
    'image-not-found': {
        means: 'A container image does not exist in its registry.',
        unblocks: 'Push the image, or correct the reference; a tag may have been deleted by a lifecycle policy.',
    },
    'image-pull-denied': {
        means: 'The task may not pull its image.',
        unblocks: 'Allow the task execution role to pull from the repository, across accounts also by the repository policy.',
    },
    'image-pull-failed': {
        means: 'An image could not be pulled, again and again.',
        unblocks: 'Check the network path to the registry (NAT, endpoints) and the registry’s rate limits.',
    },
    'task-resources-missing': {
        means: 'A task could not be set up: a secret, a parameter, a role or a network is missing.',
        unblocks: 'Correct what the stopped reason names.',
    },
    'out-of-memory': {
        means: 'A container was killed for using more memory than it has.',
        unblocks: 'Raise the memory of the task definition, or find the leak.',
    },
    'crash-loop': {
        means: 'An essential container of the new tasks exits again and again.',
        unblocks: 'Read the last log lines in the message.',
    },
    'health-check-failed': {
        means: 'New tasks run, but their health checks fail.',
        unblocks: 'Check path, port and grace period of the health check, and the last log lines.',
    },
    'tasks-cannot-start': {
        means: 'Tasks of the new version could not be placed or started.',
        unblocks: 'Read the stopped reasons and the service events in the message.',
    },
    'breaker-triggered': {
        means: 'The deployment circuit breaker of ECS ended the deployment.',
        unblocks: 'Read why its tasks failed in the message.',
    },
    'alarm-triggered': {
        means: 'A deployment alarm went off.',
        unblocks: 'Look at the alarm; deploy again when its cause is gone.',
    },
    'rolled-back-to-verified': {
        means: 'The deployment failed, and the last verified release runs again.',
        unblocks: 'Correct the cause and release a new version.',
    },
    'rolled-back-to-unverified': {
        means: 'The deployment failed and ECS went back to a revision that nobody verified.',
        unblocks: 'Check what runs; `rollback` brings back the last verified release.',
    },
    'rollback-failed': {
        means: 'The deployment failed, and so did the way back.',
        unblocks: 'A person is needed: the message says what runs now.',
    },
    'no-way-back': {
        means: 'The deployment failed, and there is nothing to go back to.',
        unblocks: 'Correct the cause and deploy again.',
    },
    'deployment-failed': { means: 'The deployment ended as failed.', unblocks: 'Read the explanation in the message.' },
    'superseded-by-another': {
        means: 'A newer deployment of the service took over before this one ended.',
        unblocks: 'See who started it; deploy again if this version is still wanted.',
    },
    'stopped-by-person': {
        means: 'Somebody stopped the deployment.',
        unblocks: 'Ask who stopped it (CloudTrail names them), then deploy again.',
    },
    'scaled-to-zero': {
        means: 'The service wants no task, so nothing proves that the new version can run.',
        unblocks: 'Set `desired-count`, or scale the service up.',
    },
    'tasks-missing': {
        means: 'ECS calls the deployment successful, but not all wanted tasks run the new version.',
        unblocks: 'Look at the service’s events and capacity.',
    },
    'timed-out': {
        means: 'The deployment had not ended when the time was up.',
        unblocks: 'Raise `timeout` when it is merely slow; the message says where it stood.',
    },
    'migration-failed': {
        means: 'The one-off task that runs before the deployment failed. The service was not touched.',
        unblocks: 'Read the exit code and the last log lines in the message.',
    },
    'controller-unsupported': {
        means: 'The service is deployed by another controller (CODE_DEPLOY or EXTERNAL), which does not take this kind of deployment.',
        unblocks: 'Deploy it with that controller, or create the service with the ECS controller.',
    },
    'service-not-active': {
        means: 'The service is being deleted or is inactive.',
        unblocks: 'Create the service again, or correct its name.',
    },
    'container-not-found': {
        means: 'The task definition has no container of that name.',
        unblocks: 'Use one of the names in the message.',
    },
    'environment-locked': {
        means: 'Another run is changing this environment.',
        unblocks: 'Wait for that run, or cancel it; the lock of a run that has ended is taken over by itself.',
    },
    'lock-lost': {
        means: 'The lock of this environment is no longer held by this run, so it stopped before changing anything more.',
        unblocks: 'See which run holds it now.',
    },
    'journal-moved': {
        means: 'The journal changed underneath, and what it says now no longer allows this step.',
        unblocks: 'Read the journal’s page, then start the run again.',
    },
    'journal-invalid': {
        means: 'The journal’s branch was deleted, rewritten, or holds a record that this version cannot read.',
        unblocks: 'Restore the branch (a ruleset against force pushes and deletion protects it), or upgrade the suite.',
    },
    'artifact-unknown': {
        means: 'No artifact is recorded for this commit or its tree.',
        unblocks: 'Deploy the commit to the first environment, or hand over the digests in `images`.',
    },
    'artifact-vanished': {
        means: 'The artifacts handed over are empty: GitHub drops outputs that contain a masked value.',
        unblocks: 'Hand over digests and names only, never a registry address with a masked account id.',
    },
    'nothing-verified': {
        means: 'No verified release is recorded for this environment, so there is nothing to go back to.',
        unblocks: 'Name a revision to go back to, or deploy a good version forward.',
    },
    'version-unknown': {
        means: 'That version was never verified in this environment.',
        unblocks: 'Use one of the versions in the message.',
    },
    restored: { means: 'The earlier release runs again.', unblocks: 'Nothing is blocked.' },
    'hold-set': { means: 'Promotions are stopped until a person clears the hold.', unblocks: 'Clear it with `hold`.' },
    'hold-cleared': { means: 'The hold was cleared.', unblocks: 'Nothing is blocked.' },
    'holds-listed': { means: 'The holds in force were read.', unblocks: 'Nothing is blocked.' },
};

;// CONCATENATED MODULE: ./build/packages/core/reasons/gate.js
/** Reasons of validate-tag and gate-approval. */
const gateReasons = {
    'tag-valid': { means: 'The tag or branch stands for a release of an environment.', unblocks: 'Nothing is blocked.' },
    'tag-malformed': {
        means: 'The tag is not a strict semantic version.',
        unblocks: 'Make a tag such as `v1.3.0`; the message marks the first wrong character.',
    },
    'ref-not-released': {
        means: 'No environment is released from this branch or tag.',
        unblocks: 'Nothing to do, unless an environment’s `from` should name it.',
    },
    'prerelease-not-deployed': {
        means: 'The tag is a prerelease, which no environment takes.',
        unblocks: 'Nothing to do: make the final tag when it is ready.',
    },
    'nothing-deployed-yet': { means: 'The environment has no release yet.', unblocks: 'Nothing is blocked.' },
    'earlier-verified': {
        means: 'The earlier environment verified the same content.',
        unblocks: 'Nothing is blocked.',
    },
    'earlier-not-verified': {
        means: 'The earlier environment has not verified this commit or a commit of the same tree.',
        unblocks: 'Release it to the earlier environment first, and let it pass its verification there.',
    },
    'artifacts-same': {
        means: 'These are the digests that the earlier environment ran.',
        unblocks: 'Nothing is blocked.',
    },
    'artifacts-differ': {
        means: 'These are not the digests that the earlier environment ran.',
        unblocks: 'Release exactly what was verified; a rebuilt image is another image.',
    },
    'no-hold': { means: 'No hold applies.', unblocks: 'Nothing is blocked.' },
    held: {
        means: 'A person or a rollback stopped promotions of this environment, version or component.',
        unblocks: 'Clear the hold when its reason is gone: `hold` with `operation: clear`.',
    },
    'lock-free': { means: 'No other run is changing the environment.', unblocks: 'Nothing is blocked.' },
    'way-back-known': { means: 'A verified release is recorded to go back to.', unblocks: 'Nothing is blocked.' },
    'no-approval-needed': { means: 'The environment asks for no approval.', unblocks: 'Nothing is blocked.' },
    approved: { means: 'Those who have to have approved this run.', unblocks: 'Nothing is blocked.' },
    'approval-pending': {
        means: 'An approval is still missing. It is asked for when the release job reaches its environment.',
        unblocks: 'One of the people in the message approves the environment.',
    },
    'approval-missing': {
        means: 'Nobody who may approve has approved this run.',
        unblocks: 'One of the people in the message approves the environment; check its required reviewers.',
    },
    'approval-too-late': {
        means: 'The approval came after the time allowed for it.',
        unblocks: 'Start a new run and approve it in time: the facts on the page may be old by now.',
    },
    'approval-by-originator': {
        means: 'The only approval came from somebody who started, pushed or authored this release.',
        unblocks: 'Somebody else approves.',
    },
    'approval-by-outsider': {
        means: 'The approval came from somebody who is not among those who may approve.',
        unblocks: 'One of the people in the message approves.',
    },
    'approval-impossible': {
        means: 'Nobody is left who could approve this release.',
        unblocks: 'Name more people in `approve.by`, or let somebody else start the release.',
    },
    'approval-unreadable': {
        means: 'Who approved could not be read.',
        unblocks: 'Give the job `actions: read`.',
    },
};

;// CONCATENATED MODULE: ./build/packages/core/reasons/verify.js
/** Reasons of smoke-test and monitor. */
const verifyReasons = {
    'smoke-passed': {
        means: 'Every step of the smoke test passed, on the version that was deployed.',
        unblocks: 'Nothing is blocked.',
    },
    'smoke-failed': {
        means: 'A step of the smoke test did not answer as expected.',
        unblocks: 'The message names the step, what was expected and what came.',
    },
    'never-ready': {
        means: 'The endpoint did not become ready in time.',
        unblocks: 'Check the address, the load balancer and the service; raise `ready.within` if it is merely slow.',
    },
    'wrong-version-served': {
        means: 'The endpoint serves another version than the one that was deployed.',
        unblocks: 'Check that the address belongs to the environment, and that no old task still serves.',
    },
    'no-smoke-steps': {
        means: 'The smoke file has no step, so nothing was tested.',
        unblocks: 'Add at least one step; zero tests never pass.',
    },
    'watch-passed': {
        means: 'Every check stayed within its limit for the whole time, with data.',
        unblocks: 'Nothing is blocked.',
    },
    'limit-breached': {
        means: 'A metric crossed its limit.',
        unblocks: 'The message names metric, limit, value and time.',
    },
    'alarm-firing': { means: 'A watched alarm went off.', unblocks: 'The message names the alarm and why it fired.' },
    'no-data': {
        means: 'A check had no data, so nothing is known.',
        unblocks: 'Check names and dimensions in the message; no samples never count as a pass.',
    },
    'alarm-not-found': {
        means: 'No alarm of that name or prefix exists.',
        unblocks: 'Correct the name; zero alarms matched is never a pass.',
    },
};

;// CONCATENATED MODULE: ./build/packages/core/reasons.js




/** Every reason code of the suite, once. Stable: workflows branch on them. `docs/reasons.md` is generated from here. */
const reasons = { ...commonReasons, ...gateReasons, ...deployReasons, ...verifyReasons };
function reasonText(reason) {
    return reasons[reason];
}

;// CONCATENATED MODULE: ./build/packages/action-kit/cancellation.js
/**
 * Aborted when the runner cancels the step: it sends SIGINT, after 7.5 s SIGTERM, after 2.5 s more it kills.
 * The handlers stay, so that the first signal does not end the process before the action has left things in order.
 */
function cancellation() {
    const controller = new AbortController();
    for (const signal of ['SIGINT', 'SIGTERM']) {
        process.on(signal, () => controller.abort(new Error(`the run was cancelled (${signal})`)));
    }
    return controller.signal;
}

// EXTERNAL MODULE: ./build/packages/core/duration.js
var core_duration = __webpack_require__(8620);
;// CONCATENATED MODULE: ./build/packages/action-kit/inputs.js

function createInputReader(source) {
    const problems = [];
    const read = (name) => source(name).trim();
    const problem = (name, message, next) => {
        problems.push({
            reason: 'input-invalid',
            message: `Input \`${name}\`: ${message}`,
            evidence: { input: name },
            where: { kind: 'input', input: name },
            ...(next === undefined ? {} : { next }),
        });
    };
    const optional = (name) => read(name) || undefined;
    const optionalChoice = (name, values) => {
        const value = optional(name);
        if (value === undefined)
            return undefined;
        const chosen = values.find(candidate => candidate === value);
        if (chosen === undefined)
            problem(name, `“${value}” is none of ${values.join(', ')}.`);
        return chosen;
    };
    const optionalDuration = (name) => {
        const value = optional(name);
        if (value === undefined)
            return undefined;
        const duration = (0,core_duration/* parseDuration */.E)(value);
        if (duration.ok)
            return duration.milliseconds;
        problem(name, `${duration.message}.`, 'Write a duration such as `90s`, `30m` or `2h`.');
        return undefined;
    };
    return {
        problems,
        problem,
        optional,
        optionalChoice,
        optionalDuration,
        text: read,
        required(name) {
            const value = read(name);
            if (value === '')
                problem(name, 'is missing.');
            return value;
        },
        flag(name) {
            const value = read(name);
            if (value !== '' && value !== 'true' && value !== 'false')
                problem(name, `“${value}” is neither true nor false.`);
            return value === 'true';
        },
        choice(name, values) {
            const chosen = optionalChoice(name, values);
            if (chosen === undefined && read(name) === '')
                problem(name, `is missing; it is one of ${values.join(', ')}.`);
            return chosen ?? values[0];
        },
        duration(name) {
            if (read(name) === '')
                problem(name, 'is missing.', 'Write a duration such as `90s`, `30m` or `2h`.');
            return optionalDuration(name) ?? 0;
        },
        optionalCount(name, lowest) {
            const value = optional(name);
            if (value === undefined)
                return undefined;
            const count = /^\d+$/.test(value) ? Number(value) : Number.NaN;
            if (Number.isSafeInteger(count) && count >= lowest)
                return count;
            problem(name, `“${value}” is not a whole number of at least ${lowest}.`);
            return undefined;
        },
        list(name) {
            return read(name)
                .split(/[\n,]/)
                .map(entry => entry.trim())
                .filter(entry => entry !== '');
        },
        words(name) {
            const value = read(name);
            if (!value.startsWith('['))
                return value === '' ? [] : value.split('\n').map(word => word.trim());
            const parsed = parseJson(value);
            if (Array.isArray(parsed) && parsed.every(word => typeof word === 'string'))
                return parsed;
            problem(name, 'is not a JSON array of strings.', 'Write `["npx", "prisma", "migrate", "deploy"]`, or one word a line.');
            return [];
        },
    };
}
function parseJson(text) {
    try {
        return JSON.parse(text);
    }
    catch {
        return undefined;
    }
}

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
;// CONCATENATED MODULE: ./build/packages/action-kit/run-context.js

function readRunContext(env) {
    const repository = env.GITHUB_REPOSITORY ?? '';
    const serverUrl = env.GITHUB_SERVER_URL ?? 'https://github.com';
    const id = Number(env.GITHUB_RUN_ID ?? 0);
    const attempt = Number(env.GITHUB_RUN_ATTEMPT ?? 1);
    const actor = env.GITHUB_ACTOR ?? '';
    const triggeringActor = env.GITHUB_TRIGGERING_ACTOR ?? actor;
    const url = `${serverUrl}/${repository}/actions/runs/${id}/attempts/${attempt}`;
    return {
        repository,
        serverUrl,
        actor,
        triggeringActor,
        sha: env.GITHUB_SHA ?? '',
        ref: env.GITHUB_REF ?? '',
        eventName: env.GITHUB_EVENT_NAME ?? '',
        event: readEvent(env.GITHUB_EVENT_PATH),
        run: { repository, id, attempt, url, actor: triggeringActor },
        workspace: env.GITHUB_WORKSPACE ?? '.',
        apiUrl: env.GITHUB_API_URL ?? 'https://api.github.com',
        job: env.GITHUB_JOB ?? '',
    };
}
function readEvent(path) {
    if (path === undefined || path === '')
        return {};
    const event = JSON.parse((0,external_node_fs_.readFileSync)(path, 'utf8'));
    return typeof event === 'object' && event !== null ? { ...event } : {};
}

;// CONCATENATED MODULE: ./build/packages/action-kit/run-action.js











/** The one failure boundary: whatever is thrown, the step is red, its outputs say why, and nothing passes by accident. */
async function runAction(action) {
    const kit = createKit();
    try {
        finish(action.name, await inputsThenRun(action, kit));
    }
    catch (thrown) {
        finish(action.name, endOfError(action.kind, thrown));
    }
    await core/* summary */.z.write();
}
async function inputsThenRun(action, kit) {
    const reader = createInputReader(name => (0,core/* getInput */.V4)(name));
    const inputs = action.getInputs(reader);
    if (reader.problems.length > 0)
        throw new core_finding/* FindingError */.Y(reader.problems);
    return action.run(kit, inputs);
}
function createKit() {
    const clock = {
        now: () => Date.now(),
        sleep: (milliseconds, signal) => (0,promises_.setTimeout)(milliseconds, undefined, signal === undefined ? {} : { signal }),
    };
    return {
        run: readRunContext(process.env),
        clock,
        random: () => (0,external_node_crypto_.randomInt)(2 ** 32) / 2 ** 32,
        signal: cancellation(),
        log: createLog(),
        summary: markdown => void core/* summary */.z.addRaw(markdown, true),
        setOutput: core/* setOutput */.uH,
        mask: core/* setSecret */.Pq,
        async idToken(audience) {
            const { mintToken } = await __webpack_require__.e(/* import() */ 173).then(__webpack_require__.bind(__webpack_require__, 7173));
            return mintToken(audience);
        },
    };
}
function createLog() {
    return {
        info: core/* info */.pq,
        warning: finding => (0,core/* warning */.$e)(typeof finding === 'string' ? finding : textOf(finding)),
        async group(title, work) {
            (0,core/* startGroup */.Oh)(title);
            try {
                return await work();
            }
            finally {
                (0,core/* endGroup */.N4)();
            }
        },
    };
}
function endOfError(kind, thrown) {
    const findings = findingsOf(thrown);
    const [first = internalError(thrown)] = findings;
    const message = findings.length > 1 ? `${findings.length} mistakes; nothing was changed.` : first.message;
    const details = { findings };
    if (kind === 'outcome') {
        return { kind, result: { ...first, message, outcome: 'refused' }, details };
    }
    return { kind, verdict: { ...first, message, verdict: 'error', rules: [] }, details, waitIsGreen: false };
}
function findingsOf(thrown) {
    if (thrown instanceof core_finding/* FindingError */.Y)
        return thrown.findings;
    if (thrown instanceof errors/* AwsCallError */.i)
        return [findingOf(thrown)];
    return [internalError(thrown)];
}
function internalError(thrown) {
    const message = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
    return { reason: 'internal-error', message, evidence: {} };
}
/** Outputs first: whatever happens to the log, the machine that asked gets its answer. */
function finish(action, end) {
    const { details, kind } = end;
    const decision = end.kind === 'outcome' ? end.result : end.verdict;
    const word = end.kind === 'outcome' ? end.result.outcome : end.verdict.verdict;
    const green = end.kind === 'outcome'
        ? (0,outcome/* isSuccess */.oJ)(end.result.outcome)
        : end.verdict.verdict === 'pass' || (end.verdict.verdict === 'wait' && end.waitIsGreen);
    (0,core/* setOutput */.uH)(kind, word);
    (0,core/* setOutput */.uH)('reason', decision.reason);
    (0,core/* setOutput */.uH)('result', JSON.stringify({ schema: 1, action, ...decision, ...details }));
    if (green) {
        (0,core/* info */.pq)(`${word}: ${decision.message}`);
        return;
    }
    const findings = details.findings;
    for (const finding of isFindings(findings) ? findings : [decision])
        annotate(finding, `${action}: ${word}`);
    process.exitCode = 1;
}
function annotate(finding, title) {
    const { where } = finding;
    const place = where?.kind === 'file' ? { file: where.file, startLine: where.line, startColumn: where.column } : {};
    (0,core/* error */.z3)(textOf(finding), { title: `${title} (${finding.reason})`, ...place });
}
function textOf(finding) {
    const place = finding.where === undefined ? '' : `${(0,core_finding/* placeText */.Z)(finding.where)}: `;
    return `${place}${finding.message}\n→ ${finding.next ?? reasonText(finding.reason).unblocks}`;
}
function isFindings(value) {
    return Array.isArray(value) && value.length > 0;
}

;// CONCATENATED MODULE: ./build/actions/deploy/way-back.js
/**
 * Brings a component back after its change failed. The service’s own rollback goes to the last *completed* revision, which may
 * never have been verified: what runs afterwards is compared with the goal and corrected.
 */
async function comeBack(driver, rollout, failed, way) {
    const taken = rollout === undefined ? failed : await rollout.takeBack();
    const why = failed.message;
    if (way.goal === null) {
        return taken.outcome === 'rolled-back'
            ? taken
            : { ...taken, reason: 'no-way-back', message: `${why} Nothing ran before, so there is nothing to go back to.` };
    }
    const back = await driver.restore(way.goal);
    switch (back.kind) {
        case 'no-op':
            return rolledBack(failed, back.snapshot, way, why);
        case 'refused': {
            const reasons = back.findings.map(finding => finding.message).join(' ');
            return {
                ...failed,
                outcome: 'failed',
                reason: 'rollback-failed',
                message: `${why} The way back is barred: ${reasons}`,
            };
        }
        case 'change': {
            const ending = await endOf(await back.apply());
            return ending.outcome === 'succeeded'
                ? rolledBack(failed, ending.after, way, why)
                : {
                    ...ending,
                    outcome: 'failed',
                    reason: 'rollback-failed',
                    message: `${why} So did the way back: ${ending.message}`,
                };
        }
    }
}
function rolledBack(failed, after, way, why) {
    const where = way.verified ? 'The last verified release runs again.' : 'What ran before runs again.';
    return { ...failed, outcome: 'rolled-back', message: `${why} ${where}`, after };
}
async function endOf(applied) {
    return applied.kind === 'ended' ? applied.ending : applied.rollout.follow();
}

;// CONCATENATED MODULE: ./build/actions/deploy/component.js


/** These leave the new version half-way or broken: the way back is ours. After the others somebody else has decided. */
const needsWayBack = new Set(['failed', 'timed-out', 'rolled-back']);
/** Deploys one component: plan, change, follow, and come back when it fails and the policy says so. */
async function deployComponent(kit, work) {
    const { component, driver, record } = work;
    const started = kit.clock.now();
    const base = { component: component.name, ...(component.url === undefined ? {} : { url: component.url }) };
    const end = (ending, changes, before) => {
        for (const line of ending.explanation)
            kit.log.info(`${component.name}: ${line}`);
        return { ...ending, ...base, changes, before, took: kit.clock.now() - started };
    };
    const planned = await driver.prepare();
    switch (planned.kind) {
        case 'refused':
            return end(refused(planned.findings), [], null);
        case 'no-op':
            return end({ ...planned.result, after: planned.snapshot, explanation: [] }, [], planned.snapshot);
        case 'change': {
            const { changes, before } = planned;
            for (const row of changes)
                kit.log.info(`${component.name}: ${row.what}: ${row.before} → ${row.after}`);
            if (work.dryRun)
                return end(onlyLooked(before), changes, before);
            await record.beforeChange(component.name, before);
            const applied = await planned.apply();
            const ending = applied.kind === 'ended' ? applied.ending : await followOrComeBack(kit, work, applied.rollout, before);
            await record.receipt({ component: component.name, before, after: ending.after }, ending.outcome);
            return end(ending, changes, before);
        }
    }
}
async function followOrComeBack(kit, work, rollout, before) {
    const { component, driver, record } = work;
    const ending = await rollout.follow();
    if ((0,outcome/* isSuccess */.oJ)(ending.outcome))
        return ending;
    if (ending.reason === 'cancelled')
        return cancelled(work, rollout, ending);
    if (!needsWayBack.has(ending.outcome) || component.onFailure === 'leave')
        return ending;
    kit.log.warning(ending);
    const verified = record.verified(component.name);
    return comeBack(driver, rollout, ending, { goal: verified ?? before, verified: verified !== null });
}
/** There are seconds left: by policy the service is asked to go back, and does so without us. */
async function cancelled({ component }, rollout, ending) {
    const left = component.onCancel === 'rollback' ? await rollout.letGo() : ['The rollout goes on by itself.'];
    return { ...ending, message: [ending.message, ...left].join(' ') };
}
function refused(findings) {
    const [first, ...others] = findings;
    if (first === undefined)
        throw new Error('refused without a finding');
    const message = [first, ...others].map(finding => finding.message).join('\n');
    return { ...first, message, outcome: 'refused', after: null, explanation: [] };
}
function onlyLooked(before) {
    const message = 'Nothing was changed: this is what would be done.';
    return { outcome: 'no-op', reason: 'dry-run', message, evidence: {}, after: before, explanation: [] };
}

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
;// CONCATENATED MODULE: ./build/packages/aws/session.js
/** Five minutes: throttling and brown-outs of that length are ordinary; longer ones need a person. */
const patience = 5 * 60_000;
/** Renewed when less than this is left, in ms, so that no call starts with credentials about to end. */
const renewBefore = 5 * 60_000;
function createSession(options) {
    const { region, clock, random, assume } = options;
    if (assume === undefined)
        return { region, retry: { clock, random, patience, renew: () => false } };
    let held;
    let expires = 0;
    const credentials = async () => {
        if (held === undefined || clock.now() > expires - renewBefore) {
            held = assumeRole(region, assume);
            try {
                expires = (await held).expiration?.getTime() ?? Number.POSITIVE_INFINITY;
            }
            catch (error) {
                held = undefined;
                throw error;
            }
        }
        return held;
    };
    const renew = () => {
        held = undefined;
        return true;
    };
    // `memoized` tells the SDK not to put its own cache on top: that one never forgets because of ExpiredToken.
    return {
        region,
        credentials: Object.assign(credentials, { memoized: true }),
        retry: { clock, random, patience, renew },
    };
}
async function assumeRole(region, assume) {
    const { assumeWithToken } = await Promise.all(/* import() */[__webpack_require__.e(861), __webpack_require__.e(695), __webpack_require__.e(591)]).then(__webpack_require__.bind(__webpack_require__, 7591));
    return assumeWithToken(region, assume.role, assume.sessionName, await assume.mintToken());
}

;// CONCATENATED MODULE: ./build/packages/targets/registry.js

/** Makes the driver of a component. Only the target that is needed is loaded. */
async function createDriver(component, setting) {
    switch (component.target) {
        case 'ecs': {
            const { createDriver: create, createEcsContext } = await Promise.all(/* import() */[__webpack_require__.e(861), __webpack_require__.e(212), __webpack_require__.e(720)]).then(__webpack_require__.bind(__webpack_require__, 7720));
            return create(component, setting, createEcsContext(setting));
        }
        case 'static-site': {
            const message = `The component ${component.name} is a static site, which this version cannot deploy yet.`;
            throw new core_finding/* FindingError */.Y([{ reason: 'input-invalid', message, evidence: { target: component.target } }]);
        }
    }
}

;// CONCATENATED MODULE: ./build/actions/deploy/drivers.js





/** Makes the drivers of a deployment; components of one region and role share their session. */
function createDrivers(kit, work) {
    const sessions = new Map();
    const sessionOf = (component) => {
        const region = component.region ?? process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION;
        if (region === undefined || region === '')
            throw noRegion(component);
        const key = `${region} ${component.role ?? ''}`;
        const session = sessions.get(key) ?? openSession(kit, region, component.role);
        sessions.set(key, session);
        return session;
    };
    return {
        of: component => createDriver(component, {
            session: sessionOf(component),
            clock: kit.clock,
            random: kit.random,
            signal: kit.signal,
            runToken: `${kit.run.run.id}-${kit.run.run.attempt}`,
            report: progress => tell(kit, progress),
            artifacts: work.artifacts[component.name] ?? {},
            readFile: path => readFromWorkspace(kit.run.workspace, path),
        }),
    };
}
function openSession(kit, region, role) {
    const { clock, random } = kit;
    if (role === undefined)
        return createSession({ region, clock, random });
    const sessionName = `release-actions-${kit.run.run.id}`;
    return createSession({
        region,
        clock,
        random,
        assume: { role, sessionName, mintToken: () => kit.idToken('sts.amazonaws.com') },
    });
}
function tell(kit, { subject, text, level }) {
    const time = new Date(kit.clock.now()).toISOString().slice(11, 19);
    if (level === 'warning')
        kit.log.warning(`${subject}: ${text}`);
    else
        kit.log.info(`${time}  ${subject}  ${text}`);
}
function readFromWorkspace(workspace, path) {
    try {
        return (0,external_node_fs_.readFileSync)((0,external_node_path_.resolve)(workspace, path), 'utf8');
    }
    catch (cause) {
        const message = `The file ${path} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`;
        throw new core_finding/* FindingError */.Y([{ reason: 'input-invalid', message, evidence: { path } }], { cause });
    }
}
function noRegion(component) {
    const message = `No AWS region is known for ${component.name}.`;
    const next = 'Give `region`, set AWS_REGION, or name the region in the flow file.';
    return new core_finding/* FindingError */.Y([
        { reason: 'input-invalid', message, evidence: {}, next, where: { kind: 'input', input: 'region' } },
    ]);
}

;// CONCATENATED MODULE: ./build/actions/deploy/record.js
/** Without an environment nothing is recorded or locked, and GitHub’s API is never called. */
const nothingRecorded = {
    verified: () => null,
    beforeChange: async () => undefined,
    receipt: async () => undefined,
    finish: async () => undefined,
};
async function openRecord(_kit, _inputs, work) {
    if (work.plan === undefined)
        return nothingRecorded;
    throw new Error('the journal comes with the plan');
}

;// CONCATENATED MODULE: ./build/packages/core/report/markdown.js
/** A Markdown table. Cells are made safe: no cell can break out of its row. */
function table(head, rows) {
    const line = (cells) => `| ${cells.map(cell).join(' | ')} |`;
    return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
function cell(text) {
    return text.replaceAll('\\', '\\\\').replaceAll('|', '\\|').replace(/\s*\n\s*/g, '<br>');
}
/** A fenced block that its own content cannot end. */
function codeBlock(lines) {
    const fence = '`'.repeat(Math.max(3, ...lines.map(line => (/`+/.exec(line)?.[0].length ?? 0) + 1)));
    return [`${fence}text`, ...lines, fence].join('\n');
}

;// CONCATENATED MODULE: ./build/packages/core/report/outcome-mark.js
const outcomeMarks = {
    succeeded: '✔',
    'no-op': '＝',
    failed: '✖',
    'rolled-back': '↩',
    superseded: '⇢',
    stopped: '■',
    'timed-out': '⏱',
    refused: '⛔',
};
const verdictMarks = { pass: '✔', wait: '⏳', fail: '✖', inconclusive: '?', error: '⛔' };
function outcomeMark(outcome) {
    return `${outcomeMarks[outcome]} ${outcome}`;
}
function verdictMark(verdict) {
    return `${verdictMarks[verdict]} ${verdict}`;
}

;// CONCATENATED MODULE: ./build/actions/deploy/summary.js



/** The page of the job: what ran, what runs, how long it took, and why it failed. */
function summarise(title, endings) {
    const rows = endings.map(ending => [
        ending.url === undefined ? ending.component : `[${ending.component}](${ending.url})`,
        outcomeMark(ending.outcome),
        ending.changes.map(row => `${row.what}: ${row.before} → ${row.after}`).join('\n') || 'unchanged',
        (0,core_duration/* formatDuration */.a)(ending.took),
        ending.message,
    ]);
    const explanations = endings
        .filter(ending => ending.explanation.length > 0)
        .map(ending => `\n#### Why ${ending.component} failed\n\n${codeBlock(ending.explanation)}\n`);
    return [`### ${title}`, '', table(['component', 'outcome', 'change', 'took', ''], rows), ...explanations, ''].join('\n');
}

;// CONCATENATED MODULE: ./build/actions/deploy/work.js

async function readWork(_kit, inputs) {
    const { work } = inputs;
    switch (work.kind) {
        case 'ecs':
            return { waves: [[work.component]], artifacts: {} };
        case 'inline':
        case 'plan':
            throw new core_finding/* FindingError */.Y([{ reason: 'input-invalid', message: 'not yet', evidence: {} }]);
    }
}

;// CONCATENATED MODULE: ./build/actions/deploy/deploy.js






/** Deploys the components of a release, follows each to its own end, and leaves a way back. */
async function deploy(kit, inputs) {
    const work = await readWork(kit, inputs);
    const drivers = createDrivers(kit, work);
    const record = await openRecord(kit, inputs, work);
    const endings = [];
    for (const wave of work.waves) {
        const ended = await Promise.all(wave.map(component => deployOne(component)));
        endings.push(...ended);
        if (ended.some(ending => !['succeeded', 'no-op'].includes(ending.outcome)))
            break;
    }
    kit.summary(summarise('Deployment', endings));
    const result = (0,outcome/* worst */.QZ)(endings) ?? nothing();
    await record.finish(result);
    return { kind: 'outcome', result, details: { components: endings } };
    async function deployOne(component) {
        const driver = await drivers.of(component);
        return deployComponent(kit, { component, driver, record, dryRun: inputs.dryRun });
    }
}
function nothing() {
    throw new Error('a plan without components reached the deployment');
}

;// CONCATENATED MODULE: ./build/actions/deploy/inputs.js
const wayBack = ['rollback', 'leave'];
function getInputs(input) {
    const plan = input.optional('plan');
    const inline = input.optional('component');
    const flat = readFlat(input);
    const environment = input.optional('environment');
    const region = input.optional('region');
    const role = input.optional('role');
    return {
        work: plan !== undefined
            ? { kind: 'plan', plan }
            : inline !== undefined
                ? { kind: 'inline', component: inline }
                : flat(),
        flow: input.text('flow'),
        githubToken: input.text('github-token'),
        dryRun: input.flag('dry-run'),
        ...(environment === undefined ? {} : { environment }),
        ...(region === undefined ? {} : { region }),
        ...(role === undefined ? {} : { role }),
    };
}
/** The drop-in inputs for ECS. They are always read, but only missed when nothing else says what to deploy. */
function readFlat(input) {
    const services = input.list('service');
    const [cluster, container, image] = [input.optional('cluster'), input.optional('container'), input.optional('image')];
    const definition = input.optional('task-definition');
    const base = input.optionalChoice('base', ['running', 'latest', 'file']);
    const timeout = input.duration('timeout');
    const onFailure = input.choice('on-failure', wayBack);
    const onCancel = input.choice('on-cancel', wayBack);
    const desiredCount = input.optionalCount('desired-count', 1);
    const before = input.words('before');
    const [region, role] = [input.optional('region'), input.optional('role')];
    return () => {
        if (cluster === undefined)
            input.problem('cluster', 'is missing.', 'Give `cluster`, or a `plan` or `component`.');
        if (services.length === 0)
            input.problem('service', 'is missing.');
        const taskDefinition = taskDefinitionOf(input, definition, base);
        if (taskDefinition.base !== 'as-it-is') {
            if (container === undefined)
                input.problem('container', 'is missing: it says which container gets the image.');
            if (image === undefined)
                input.problem('image', 'is missing.', 'Give `image`, or a `task-definition` with its revision.');
        }
        return {
            kind: 'ecs',
            component: {
                name: services.join(', '),
                target: 'ecs',
                needs: [],
                cluster: cluster ?? '',
                services,
                timeout,
                onFailure,
                onCancel,
                taskDefinition,
                image: image === undefined ? { from: 'task-definition' } : { from: 'image', image },
                ...(container === undefined ? {} : { container }),
                ...(before.length === 0 ? {} : { before }),
                ...(desiredCount === undefined ? {} : { desiredCount }),
                ...(region === undefined ? {} : { region }),
                ...(role === undefined ? {} : { role }),
            },
        };
    };
}
function taskDefinitionOf(input, definition, base) {
    const isFile = definition !== undefined && /\.json$/.test(definition);
    if (base === 'file' && !isFile)
        input.problem('task-definition', 'must name a JSON file, because `base` is file.');
    if (definition === undefined)
        return base === 'latest' ? { base: 'latest' } : { base: 'running' };
    if (isFile)
        return { base: 'file', file: definition };
    if (/:\d+$/.test(definition)) {
        if (base !== undefined)
            input.problem('base', 'says nothing for a revision that is deployed as it is.');
        return { base: 'as-it-is', revision: definition };
    }
    return base === 'running' ? { base: 'running' } : { base: 'latest', family: definition };
}

;// CONCATENATED MODULE: ./build/actions/deploy/main.js



const run = () => runAction({ name: 'deploy', kind: 'outcome', getInputs: getInputs, run: deploy });


/***/ }),

/***/ 975:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   i: () => (/* binding */ AwsCallError),
/* harmony export */   r: () => (/* binding */ callError)
/* harmony export */ });
/** A failed AWS call, as the rest of the suite sees it: no SDK type gets past this layer. */
class AwsCallError extends Error {
    kind;
    /** The exception's name as AWS documents it, for example `ClusterNotFoundException`. */
    code;
    /** `ecs:UpdateService`, as IAM writes it. */
    action;
    constructor(kind, code, action, message, options) {
        super(message, options);
        this.name = 'AwsCallError';
        this.kind = kind;
        this.code = code;
        this.action = action;
    }
}
const denied = /^(AccessDenied(Exception)?|UnauthorizedOperation|AuthorizationError(Exception)?|UnauthorizedException)$/;
const expired = /^(ExpiredToken(Exception)?|RequestExpired|ExpiredTokenException|TokenRefreshRequired)$/;
const noCredentials = /^(CredentialsProviderError|UnrecognizedClientException|InvalidClientTokenId|MissingAuthenticationToken(Exception)?|InvalidSignatureException|SignatureDoesNotMatch)$/;
const throttled = /^(Throttling(Exception)?|ThrottledException|TooManyRequestsException|RequestLimitExceeded|RequestThrottled(Exception)?|SlowDown|BandwidthLimitExceeded|LimitExceededException)$/;
/** Sorts whatever an SDK client threw. */
function callError(action, error) {
    if (error instanceof AwsCallError)
        return error;
    const name = error instanceof Error ? error.name : 'UnknownError';
    const message = error instanceof Error ? error.message : String(error);
    return new AwsCallError(kindOf(name, message, statusOf(error)), name, action, message, { cause: error });
}
function kindOf(name, message, status) {
    if (denied.test(name))
        return 'denied';
    if (expired.test(name))
        return 'expired';
    if (noCredentials.test(name))
        return 'no-credentials';
    if (throttled.test(name) && (name !== 'LimitExceededException' || /rate/i.test(message)))
        return 'throttled';
    if (status === 429)
        return 'throttled';
    if (status === undefined || status >= 500)
        return 'unknown-effect';
    return 'refused';
}
function statusOf(error) {
    if (typeof error !== 'object' || error === null || !('$metadata' in error))
        return undefined;
    const metadata = error.$metadata;
    if (typeof metadata !== 'object' || metadata === null || !('httpStatusCode' in metadata))
        return undefined;
    return typeof metadata.httpStatusCode === 'number' ? metadata.httpStatusCode : undefined;
}


/***/ }),

/***/ 8620:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ parseDuration),
/* harmony export */   a: () => (/* binding */ formatDuration)
/* harmony export */ });
/** Durations as people write them in a flow file: `90s`, `30m`, `2h`, `1h30m`, `7d`. Inside the code they are milliseconds. */
const MILLISECONDS = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1_000, ms: 1 };
const UNITS = ['d', 'h', 'm', 's', 'ms'];
const LONGEST = 366 * MILLISECONDS.d;
/** Reads a duration. `offset` of a mistake counts characters from the start of `text`. Nothing is ever defaulted. */
function parseDuration(text) {
    if (text === '')
        return mistake('a duration is missing', 0, EXAMPLES);
    let milliseconds = 0;
    let offset = 0;
    let smallest = -1;
    while (offset < text.length) {
        const part = /^(\d+)([a-zA-Zµ]*)/.exec(text.slice(offset));
        if (part === null)
            return unreadable(text, offset);
        const [whole, amount = '', written = ''] = part;
        const unit = UNITS.find(candidate => candidate === written);
        if (unit === undefined)
            return unknownUnit(text, offset, amount, written);
        const order = UNITS.indexOf(unit);
        if (order === smallest)
            return mistake(`\`${unit}\` is given twice in the duration \`${text}\``, offset);
        if (order < smallest)
            return mistake(`the duration \`${text}\` must go from large to small units`, offset, EXAMPLES);
        smallest = order;
        milliseconds += Number(amount) * MILLISECONDS[unit];
        if (milliseconds > LONGEST)
            return mistake(`the duration \`${text}\` is longer than a year`, offset);
        offset += whole.length;
    }
    return { ok: true, milliseconds };
}
/** For people: the two largest units that say something, `1 h 30 min`, `45 s`, `350 ms`. Rounds down. */
function formatDuration(milliseconds) {
    const labels = { d: 'd', h: 'h', m: 'min', s: 's', ms: 'ms' };
    if (milliseconds < 0)
        return `-${formatDuration(-milliseconds)}`;
    if (milliseconds === 0)
        return '0 s';
    let rest = Math.floor(milliseconds);
    const largest = UNITS.findIndex(unit => rest >= MILLISECONDS[unit]);
    if (largest === -1)
        return '0 s';
    const parts = [];
    for (const unit of UNITS.slice(largest, largest + 2)) {
        if (unit === 'ms' && parts.length > 0)
            break;
        const amount = Math.floor(rest / MILLISECONDS[unit]);
        rest -= amount * MILLISECONDS[unit];
        if (amount > 0)
            parts.push(`${amount} ${labels[unit]}`);
    }
    return parts.join(' ');
}
const EXAMPLES = 'durations read like 90s, 30m, 2h, 1h30m, 7d';
function mistake(message, offset, hint) {
    return { ok: false, message, offset, ...(hint === undefined ? {} : { hint }) };
}
function unreadable(text, offset) {
    if (text[offset] === '.' || text[offset] === ',')
        return fraction(text, offset);
    if (/\s/.test(text[offset] ?? '')) {
        return mistake(`the duration \`${text}\` contains a space`, offset, 'write 1h30m in one word');
    }
    return mistake(`\`${text}\` is not a duration`, offset, EXAMPLES);
}
function unknownUnit(text, offset, amount, written) {
    const at = offset + amount.length;
    if (written === '' && (text[at] === '.' || text[at] === ','))
        return fraction(text, at);
    if (written === '') {
        return mistake(`the duration \`${text}\` does not say its unit`, at, `write ${amount}s, ${amount}m or ${amount}h`);
    }
    const meant = SPELT_OUT[written.toLowerCase()];
    const hint = meant === undefined ? `the units are ${UNITS.join(', ')}` : `write ${amount}${meant}`;
    return mistake(`\`${written}\` is not a unit of time`, at, hint);
}
function fraction(text, offset) {
    return mistake(`the duration \`${text}\` has a fraction`, offset, 'use a smaller unit beside it, as in 1h30m');
}
const SPELT_OUT = {
    d: 'd',
    day: 'd',
    days: 'd',
    h: 'h',
    hr: 'h',
    hrs: 'h',
    hour: 'h',
    hours: 'h',
    m: 'm',
    min: 'm',
    mins: 'm',
    minute: 'm',
    minutes: 'm',
    s: 's',
    sec: 's',
    secs: 's',
    second: 's',
    seconds: 's',
    ms: 'ms',
};


/***/ }),

/***/ 6551:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Y: () => (/* binding */ FindingError),
/* harmony export */   Z: () => (/* binding */ placeText)
/* harmony export */ });
/** A finding that ends the work at once: the boundary of the action turns it into the outcome `refused` or `failed`. */
class FindingError extends Error {
    findings;
    constructor(findings, options) {
        super(findings.map(finding => finding.message).join('\n'), options);
        this.name = 'FindingError';
        this.findings = findings;
    }
}
/** Prints a place as editors and GitHub's annotations write it. */
function placeText(place) {
    switch (place.kind) {
        case 'file':
            return `${place.file}:${place.line}:${place.column}`;
        case 'input':
            return `input ${place.input}`;
        case 'call':
            return place.call;
    }
}


/***/ }),

/***/ 4258:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   QZ: () => (/* binding */ worst),
/* harmony export */   oJ: () => (/* binding */ isSuccess)
/* harmony export */ });
/* unused harmony export outcomes */
/** How a change ended, of what the action was *asked* to do: a rollback that restores has succeeded. */
const outcomes = (/* unused pure expression or super */ null && ([
    'succeeded',
    'no-op',
    'failed',
    'rolled-back',
    'superseded',
    'stopped',
    'timed-out',
    'refused',
]));
/** Only a change that did what was asked, or that had nothing to do, ends a step green. */
function isSuccess(outcome) {
    switch (outcome) {
        case 'succeeded':
        case 'no-op':
            return true;
        case 'failed':
        case 'rolled-back':
        case 'superseded':
        case 'stopped':
        case 'timed-out':
        case 'refused':
            return false;
    }
}
/** From best to worst: what several changes came to together is what the worst of them came to. */
const severity = {
    'no-op': 0,
    succeeded: 1,
    superseded: 2,
    stopped: 3,
    'rolled-back': 4,
    'timed-out': 5,
    refused: 6,
    failed: 7,
};
function worst(results) {
    return results.reduce((held, next) => (held === undefined || severity[next.outcome] > severity[held.outcome] ? next : held), undefined);
}


/***/ })

};
