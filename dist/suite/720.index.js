export const id = 720;
export const ids = [720];
export const modules = {

/***/ 4656:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   L: () => (/* binding */ withRetries)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(975);

/** Between tries: steady and jittered, 0.5 to 1.5 of this, in ms. Growing delays would only answer late. */
const pause = 2_000;
/**
 * Makes a call that may be tried again. `effect: 'once'` marks calls whose repetition would do something twice: they are
 * tried again only when AWS said that it did nothing; after a broken connection the caller has to look first.
 */
async function withRetries(policy, action, effect, call) {
    const deadline = policy.clock.now() + policy.patience;
    let renewed = false;
    for (;;) {
        try {
            return await call();
        }
        catch (thrown) {
            const error = (0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .callError */ .r)(action, thrown);
            if (error.kind === 'expired' && !renewed && policy.renew()) {
                renewed = true;
                continue;
            }
            if (!canTryAgain(error, effect) || policy.clock.now() >= deadline)
                throw error;
            await policy.clock.sleep(pause * (0.5 + policy.random()));
        }
    }
}
function canTryAgain(error, effect) {
    return error.kind === 'throttled' || (error.kind === 'unknown-effect' && effect === 'any-number');
}


/***/ }),

/***/ 7720:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  createDriver: () => (/* binding */ createDriver),
  createEcsContext: () => (/* binding */ createEcsContext)
});

// EXTERNAL MODULE: ./node_modules/@aws-sdk/client-ecs/dist-cjs/index.js
var dist_cjs = __webpack_require__(212);
;// CONCATENATED MODULE: ./build/packages/aws/batches.js
/** Cuts a list into runs of at most `size`, as the describe calls of AWS want them. */
function batches(items, size) {
    return Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));
}

// EXTERNAL MODULE: ./build/packages/aws/errors.js
var errors = __webpack_require__(975);
;// CONCATENATED MODULE: ./build/packages/aws/pace.js
/**
 * Token buckets of ECS per account and region: burst and refill a second.
 * Source: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/request-throttling.html
 * We take four fifths of the refill: other runs share the buckets.
 */
const buckets = [
    { operations: ['UpdateService'], burst: 50, refill: 5 },
    { operations: ['RegisterTaskDefinition'], burst: 20, refill: 1 },
    { operations: ['DescribeServiceDeployments', 'ListServiceDeployments'], burst: 50, refill: 20 },
    { operations: ['DescribeServices'], burst: 100, refill: 20 },
    { operations: ['ListTasks', 'DescribeTasks'], burst: 100, refill: 20 },
];
const share = 0.8;
/** Waits until the operation’s bucket has a token, so that many components start as fast as AWS allows, and no faster. */
function paceOf(clock) {
    const taken = buckets.map(() => ({ tokens: Number.POSITIVE_INFINITY, at: 0 }));
    return async (operation) => {
        const index = buckets.findIndex(bucket => bucket.operations.includes(operation));
        const bucket = buckets[index];
        const state = taken[index];
        if (bucket === undefined || state === undefined)
            return;
        const refilled = state.tokens + ((clock.now() - state.at) / 1000) * bucket.refill * share;
        state.tokens = Math.min(bucket.burst * share, refilled) - 1;
        state.at = clock.now();
        if (state.tokens < 0)
            await clock.sleep((-state.tokens / (bucket.refill * share)) * 1000);
    };
}

;// CONCATENATED MODULE: ./build/packages/aws/raw-json.js
/**
 * Lets a JSON body through as it is, both ways: the SDK drops members that are newer than itself, and with them
 * settings of the user's task definition (amazon-ecs-deploy-task-definition#430).
 *
 * `captured` is called with the text of every answer; `replacement` gives the body to send instead of the SDK's.
 */
function passRawJson(client, raw) {
    client.middlewareStack.add(next => async (args) => {
        const body = raw.replacement?.();
        if (body !== undefined && isRequest(args.request)) {
            args.request.body = JSON.stringify(body);
            args.request.headers['content-length'] = String(Buffer.byteLength(args.request.body));
        }
        return next(args);
    }, { step: 'build', priority: 'high', name: 'sendRawJson' });
    client.middlewareStack.add(next => async (args) => {
        const result = await next(args);
        if (raw.captured !== undefined && isResponse(result.response)) {
            const text = await readAll(result.response.body);
            raw.captured(JSON.parse(text.toString('utf8')));
            result.response.body = text;
        }
        return result;
    }, { step: 'deserialize', priority: 'low', name: 'keepRawJson' });
}
function isRequest(value) {
    return typeof value === 'object' && value !== null && 'body' in value && 'headers' in value;
}
function isResponse(value) {
    return typeof value === 'object' && value !== null && 'statusCode' in value && value.statusCode === 200;
}
async function readAll(body) {
    if (body instanceof Uint8Array)
        return Buffer.from(body);
    const chunks = [];
    for await (const chunk of body)
        chunks.push(chunk);
    return Buffer.concat(chunks);
}

// EXTERNAL MODULE: ./build/packages/aws/retry.js
var aws_retry = __webpack_require__(4656);
;// CONCATENATED MODULE: ./build/packages/aws/ecs.js






function createEcs(session) {
    const { region, credentials, retry } = session;
    const options = { region, maxAttempts: 1, ...(credentials === undefined ? {} : { credentials }) };
    const client = new dist_cjs/* ECSClient */.Zgc(options);
    const pace = paceOf(retry.clock);
    const read = async (operation, call) => {
        await pace(operation);
        return (0,aws_retry/* withRetries */.L)(retry, `ecs:${operation}`, 'any-number', call);
    };
    const write = async (operation, call) => {
        await pace(operation);
        return (0,aws_retry/* withRetries */.L)(retry, `ecs:${operation}`, 'once', call);
    };
    return {
        async describeServices(cluster, services) {
            const answers = await Promise.all(batches(services, 10).map(batch => read('DescribeServices', () => client.send(new dist_cjs/* DescribeServicesCommand */.H7c({ cluster, services: batch })))));
            return {
                found: answers.flatMap(answer => answer.services ?? []),
                missing: answers.flatMap(answer => (answer.failures ?? []).map(missingPart)),
            };
        },
        async updateService(input) {
            const { service } = await write('UpdateService', () => client.send(new dist_cjs/* UpdateServiceCommand */.kZr(input)));
            return present('UpdateService', service);
        },
        async describeServiceDeployments(arns) {
            const answers = await Promise.all(batches(arns, 20).map(batch => read('DescribeServiceDeployments', () => client.send(new dist_cjs/* DescribeServiceDeploymentsCommand */.A6p({ serviceDeploymentArns: batch })))));
            return answers.flatMap(answer => answer.serviceDeployments ?? []);
        },
        async listServiceDeployments(cluster, service, createdAfter) {
            const createdAt = createdAfter === undefined ? undefined : { after: createdAfter };
            const found = [];
            let nextToken;
            do {
                const command = new dist_cjs/* ListServiceDeploymentsCommand */.jz8({ cluster, service, createdAt, nextToken });
                const answer = await read('ListServiceDeployments', () => client.send(command));
                found.push(...(answer.serviceDeployments ?? []));
                nextToken = answer.nextToken;
            } while (nextToken !== undefined);
            return found;
        },
        async describeServiceRevisions(arns) {
            const answers = await Promise.all(batches(arns, 20).map(batch => read('DescribeServiceRevisions', () => client.send(new dist_cjs/* DescribeServiceRevisionsCommand */.oF5({ serviceRevisionArns: batch })))));
            return answers.flatMap(answer => answer.serviceRevisions ?? []);
        },
        async stopServiceDeployment(arn) {
            const command = new dist_cjs/* StopServiceDeploymentCommand */.a8L({ serviceDeploymentArn: arn, stopType: 'ROLLBACK' });
            await read('StopServiceDeployment', () => client.send(command));
        },
        async continueServiceDeployment(arn, hookId, action) {
            const command = new dist_cjs/* ContinueServiceDeploymentCommand */.LrH({ serviceDeploymentArn: arn, hookId, action });
            await read('ContinueServiceDeployment', () => client.send(command));
        },
        async describeTaskDefinition(reference) {
            const answer = await read('DescribeTaskDefinition', () => captured(options, new dist_cjs/* DescribeTaskDefinitionCommand */.Zy$({ taskDefinition: reference, include: ['TAGS'] })));
            const tags = Array.isArray(answer.tags) ? answer.tags : [];
            return { definition: present('DescribeTaskDefinition', asObject(answer.taskDefinition)), tags };
        },
        async registerTaskDefinition(body) {
            const answer = await write('RegisterTaskDefinition', () => captured(options, new dist_cjs/* RegisterTaskDefinitionCommand */.$Hl({ family: undefined, containerDefinitions: [] }), body));
            return present('RegisterTaskDefinition', asObject(answer.taskDefinition));
        },
        async runTask(input) {
            const answer = await read('RunTask', () => client.send(new dist_cjs/* RunTaskCommand */._eD(input)));
            return { tasks: answer.tasks ?? [], missing: (answer.failures ?? []).map(missingPart) };
        },
        async describeTasks(cluster, arns) {
            const answers = await Promise.all(batches(arns, 100).map(batch => read('DescribeTasks', () => client.send(new dist_cjs/* DescribeTasksCommand */.z8X({ cluster, tasks: batch })))));
            return answers.flatMap(answer => answer.tasks ?? []);
        },
        async listStoppedTasks(cluster, service) {
            const found = [];
            let nextToken;
            do {
                const command = new dist_cjs/* ListTasksCommand */.MYg({ cluster, serviceName: service, desiredStatus: 'STOPPED', nextToken });
                const answer = await read('ListTasks', () => client.send(command));
                found.push(...(answer.taskArns ?? []));
                nextToken = answer.nextToken;
            } while (nextToken !== undefined);
            return found;
        },
    };
}
/** One call on a client of its own, whose middlewares belong to this call alone. Answers the raw JSON. */
async function captured(options, command, replacement) {
    const client = new dist_cjs/* ECSClient */.Zgc(options ?? {});
    let body;
    passRawJson(client, {
        replacement: () => replacement,
        captured: answer => {
            body = answer;
        },
    });
    try {
        await (command instanceof dist_cjs/* DescribeTaskDefinitionCommand */.Zy$ ? client.send(command) : client.send(command));
    }
    finally {
        client.destroy();
    }
    return present(command.constructor.name, body);
}
function missingPart(failure) {
    const reason = [failure.reason, failure.detail].filter(text => text !== undefined).join(': ');
    return { arn: failure.arn ?? 'unnamed', reason: reason === '' ? 'no reason given' : reason };
}
function asObject(value) {
    return typeof value === 'object' && value !== null ? value : undefined;
}
function present(operation, value) {
    if (value !== undefined)
        return value;
    throw new errors/* AwsCallError */.i('unknown-effect', 'EmptyAnswer', `ecs:${operation}`, `${operation} answered without a result.`);
}

;// CONCATENATED MODULE: ./build/packages/aws/rhythm.js
function createRhythm({ clock, random, interval, load }) {
    let beat;
    const startBeat = () => {
        const keys = new Set();
        const values = clock.sleep(interval * (0.9 + 0.2 * random())).then(() => {
            beat = undefined;
            return load([...keys]);
        });
        return { keys, values };
    };
    return {
        async next(key) {
            beat ??= startBeat();
            beat.keys.add(key);
            return (await beat.values).get(key);
        },
    };
}

;// CONCATENATED MODULE: ./build/packages/targets/ecs/explain.js
/** How many log lines of a failed container are shown. */
const tailLines = 12;
/** How many different failures are explained; the rest look alike. */
const explained = 3;
/** Why a rollout failed, line by line: stopped reason, exit code, and the last words of the container. */
async function explainEnding(context, ending) {
    const distinct = new Map(ending.failures.map(failure => [signatureOf(failure), failure]));
    const lines = [];
    for (const failure of [...distinct.values()].slice(-explained)) {
        const alike = ending.failures.filter(other => signatureOf(other) === signatureOf(failure)).length;
        lines.push(`${alike} × ${describe(failure)}`);
        lines.push(...(await lastWords(context, ending, failure)).map(line => `  │ ${line}`));
    }
    return lines;
}
function describe(failure) {
    const task = failure.task.split('/').at(-1);
    const container = failure.container === undefined ? '' : ` · container ${failure.container}`;
    const exit = failure.exitCode === undefined ? '' : ` · exit code ${failure.exitCode}`;
    const reason = failure.containerReason === undefined ? '' : ` · ${failure.containerReason}`;
    return `task ${task}: ${failure.stoppedReason}${container}${exit}${reason}`;
}
function signatureOf(failure) {
    return [failure.kind, failure.container, failure.exitCode].join('|');
}
/** The tail of the container's own log, where its definition says that it goes to CloudWatch Logs. */
async function lastWords(context, ending, failure) {
    const { container } = failure;
    const revision = ending.deployment.targetServiceRevision?.arn;
    if (container === undefined || revision === undefined)
        return [];
    try {
        const [described] = await context.ecs.describeServiceRevisions([revision]);
        if (described?.taskDefinition === undefined)
            return [];
        return await tailOf(context, described.taskDefinition, container, failure.task);
    }
    catch (error) {
        return [`(the log could not be read: ${error instanceof Error ? error.message : String(error)})`];
    }
}
/** The last lines that a container of a task wrote. Stream names are `prefix/container/task`. */
async function tailOf(context, taskDefinition, container, task) {
    const { definition } = await context.ecs.describeTaskDefinition(taskDefinition);
    const destination = logDestination(definition, container);
    if (destination === undefined)
        return ['(this container has no awslogs configuration, so its log cannot be shown)'];
    const logs = await context.logs();
    const stream = `${destination.prefix}/${container}/${task.split('/').at(-1)}`;
    const lines = await logs.tail(destination.group, stream, tailLines);
    return lines.length > 0 ? lines : [`(no log lines in ${destination.group} ${stream})`];
}
function logDestination(definition, container) {
    const containers = definition.containerDefinitions;
    if (!Array.isArray(containers))
        return undefined;
    for (const candidate of containers) {
        const { name, logConfiguration } = candidate;
        if (name !== container || logConfiguration?.logDriver !== 'awslogs')
            continue;
        const group = logConfiguration.options?.['awslogs-group'];
        const prefix = logConfiguration.options?.['awslogs-stream-prefix'];
        if (group !== undefined && prefix !== undefined)
            return { group, prefix };
    }
    return undefined;
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
;// CONCATENATED MODULE: ./build/packages/targets/ecs/definition.js
/**
 * Members that DescribeTaskDefinition adds and RegisterTaskDefinition does not take.
 * Source: the SDK's types of both operations.
 */
const readOnly = [
    'taskDefinitionArn',
    'revision',
    'status',
    'requiresAttributes',
    'compatibilities',
    'registeredAt',
    'registeredBy',
    'deregisteredAt',
];
/** What registering this definition again would take, every other member untouched, known to the SDK or not. */
function registrable(definition, tags = []) {
    const kept = Object.entries(definition).filter(([member]) => !readOnly.includes(member));
    return { ...Object.fromEntries(kept), ...(tags.length === 0 ? {} : { tags }) };
}
function containerNames(definition) {
    return containersOf(definition).map(container => String(container.name));
}
/** The image of every container, by container name. */
function imagesOf(definition) {
    return Object.fromEntries(containersOf(definition).map(container => [String(container.name), String(container.image)]));
}
/** The definition with other images for some of its containers. */
function withImages(definition, images) {
    const containerDefinitions = containersOf(definition).map(container => {
        const image = images[String(container.name)];
        return image === undefined ? container : { ...container, image };
    });
    return { ...definition, containerDefinitions };
}
/**
 * Whether ECS would describe `wanted`, once registered, just as it describes `existing`: members that ECS fills in
 * (empty lists, zero, its documented defaults) do not count as a difference.
 */
function sameDefinition(wanted, existing) {
    return same(registrable(wanted), registrable(existing));
}
/** Values that ECS fills in for members that were not given. Source: RegisterTaskDefinition, API reference. */
const filledIn = {
    essential: [true],
    cpu: [0],
    networkMode: ['bridge'],
    protocol: ['tcp'],
    readOnly: [false],
    interval: [30],
    timeout: [5],
    retries: [3],
};
function same(wanted, existing) {
    if (Array.isArray(wanted) && Array.isArray(existing)) {
        return wanted.length === existing.length && wanted.every((item, index) => same(item, existing[index]));
    }
    if (isObject(wanted) && isObject(existing)) {
        const members = new Set([...Object.keys(wanted), ...Object.keys(existing)]);
        return [...members].every(member => {
            const [one, other] = [wanted[member], existing[member]];
            return one === undefined || other === undefined ? isFiller(member, one ?? other) : same(one, other);
        });
    }
    return wanted === existing;
}
function isFiller(member, value) {
    if (value === undefined || value === null)
        return true;
    if (Array.isArray(value))
        return value.length === 0;
    if (isObject(value))
        return Object.keys(value).length === 0;
    return filledIn[member]?.includes(value) ?? false;
}
function containersOf(definition) {
    const containers = definition.containerDefinitions;
    return Array.isArray(containers) ? containers.filter(isObject) : [];
}
function isObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}

;// CONCATENATED MODULE: ./build/packages/targets/ecs/identity.js
/** The deployment that new tasks belong to. Its id, `ecs-svc/N`, carries the number of its service revision. */
function primaryOf(service) {
    return (service.deployments ?? []).find(deployment => deployment.status === 'PRIMARY');
}
/** `arn:…:service-revision/cluster/service/N` from the service and its deployment id. */
function revisionArn(serviceArn, deploymentId) {
    return `${serviceArn.replace(':service/', ':service-revision/')}/${numberOf(deploymentId)}`;
}
/** ListServiceDeployments lags behind UpdateService: how often and how long it is asked again, in ms. */
const lag = { pause: 2_000, patience: 60_000 };
/**
 * The service deployment that belongs to a PRIMARY deployment id. `currentServiceDeployment` names it in most answers; the list does
 * otherwise, late. Undefined when ECS does not show it within a minute.
 */
async function findServiceDeployment(ecs, clock, service, deploymentId) {
    const started = clock.now();
    const named = service.currentServiceDeployment;
    for (;;) {
        const candidates = named !== undefined && clock.now() === started ? [named] : await recentDeployments(ecs, service);
        const found = (await ecs.describeServiceDeployments(candidates)).find(candidate => leadsTo(candidate, deploymentId));
        if (found !== undefined)
            return found;
        if (clock.now() - started >= lag.patience)
            return undefined;
        await clock.sleep(lag.pause);
    }
}
/** The newest few are enough: ours has only just been made. */
async function recentDeployments(ecs, service) {
    const briefs = await ecs.listServiceDeployments(service.clusterArn ?? '', service.serviceArn ?? '');
    return briefs
        .toSorted((one, other) => (other.createdAt?.getTime() ?? 0) - (one.createdAt?.getTime() ?? 0))
        .slice(0, 10)
        .flatMap(brief => brief.serviceDeploymentArn ?? []);
}
function leadsTo(deployment, deploymentId) {
    return deployment.targetServiceRevision?.arn?.endsWith(`/${numberOf(deploymentId)}`) ?? false;
}
function numberOf(deploymentId) {
    return deploymentId.replace(/^ecs-svc\//, '');
}
/** A deployment of the same service that began after this one; null when there is none. */
async function findNewer(ecs, deployment) {
    const { clusterArn = '', serviceArn = '', createdAt } = deployment;
    const briefs = await ecs.listServiceDeployments(clusterArn, serviceArn, createdAt);
    const newer = briefs.filter(brief => brief.serviceDeploymentArn !== deployment.serviceDeploymentArn &&
        (brief.createdAt?.getTime() ?? 0) >= (createdAt?.getTime() ?? 0));
    return newer[0]?.serviceDeploymentArn ?? null;
}

;// CONCATENATED MODULE: ./build/packages/targets/ecs/update.js




/** Registers a definition, or finds the one that a call without an answer has registered. Answers its ARN. */
async function register(context, wanted) {
    if (wanted.kind === 'existing')
        return wanted.arn;
    const { ecs, report } = context;
    try {
        const registered = await ecs.registerTaskDefinition(wanted.definition);
        const arn = String(registered.taskDefinitionArn);
        report({ subject: wanted.family, text: `registered ${arn.split('/').at(-1)}`, level: 'info' });
        return arn;
    }
    catch (error) {
        if (!(error instanceof errors/* AwsCallError */.i) || error.kind !== 'unknown-effect')
            throw error;
        const { definition } = await ecs.describeTaskDefinition(wanted.family);
        if (sameDefinition(wanted.definition, definition))
            return String(definition.taskDefinitionArn);
        const again = await ecs.registerTaskDefinition(wanted.definition);
        return String(again.taskDefinitionArn);
    }
}
/** Starts the rollout of one service, or takes up the one that is under way. */
async function startRollout(context, plan, taskDefinition) {
    if (plan.kind === 'adopt') {
        context.report({
            subject: plan.service.serviceName ?? '',
            text: 'adopting the rollout that is under way',
            level: 'info',
        });
        return { service: plan.service, deployment: plan.deployment, adopted: true };
    }
    const service = await updateService(context, plan, taskDefinition);
    const id = primaryOf(service)?.id;
    const deployment = id === undefined ? undefined : await findServiceDeployment(context.ecs, context.clock, service, id);
    return { service, deployment, adopted: false };
}
/** After a call without an answer the service itself says whether the update has happened. */
async function updateService(context, plan, taskDefinition) {
    const { ecs } = context;
    const { clusterArn: cluster, serviceArn, serviceName = '' } = plan.service;
    const update = () => ecs.updateService({
        cluster,
        service: serviceArn,
        taskDefinition,
        ...(plan.desiredCount === undefined ? {} : { desiredCount: plan.desiredCount }),
        ...(plan.force ? { forceNewDeployment: true } : {}),
    });
    try {
        return await update();
    }
    catch (error) {
        if (!(error instanceof errors/* AwsCallError */.i) || error.kind !== 'unknown-effect')
            throw error;
        const [now] = (await ecs.describeServices(cluster ?? '', [serviceName])).found;
        const primary = now === undefined ? undefined : primaryOf(now);
        const happened = primary?.taskDefinition === taskDefinition && primary.id !== primaryOf(plan.service)?.id;
        return now !== undefined && happened ? now : update();
    }
}
/** The same for the same work of the same run, so that a repeated RunTask finds the first one's task. */
function clientToken(...parts) {
    return (0,external_node_crypto_.createHash)('sha256').update(parts.join('\n')).digest('hex').slice(0, 32);
}

;// CONCATENATED MODULE: ./build/packages/targets/ecs/before-task.js


/** Between two looks at the task, in ms. */
const pause = 6_000;
/**
 * Runs a command (a migration) once on the new definition, in the service's own network, and waits for its exit code.
 * Undefined when it exited with 0. RunTask answers 200 with `failures` when it started nothing
 * (amazon-ecs-deploy-task-definition#757).
 */
async function runBefore(context, before) {
    const { ecs, clock, report } = context;
    const { service, taskDefinition, container, command, deadline } = before;
    const cluster = service.clusterArn ?? '';
    const { tasks, missing } = await ecs.runTask({
        cluster,
        taskDefinition,
        count: 1,
        clientToken: clientToken(context.runToken, taskDefinition, ...command),
        startedBy: 'release-actions',
        overrides: { containerOverrides: [{ name: container, command: [...command] }] },
        networkConfiguration: service.networkConfiguration,
        ...(service.capacityProviderStrategy !== undefined && service.capacityProviderStrategy.length > 0
            ? { capacityProviderStrategy: service.capacityProviderStrategy }
            : { launchType: service.launchType }),
    });
    const arn = tasks[0]?.taskArn;
    const words = command.join(' ');
    if (arn === undefined) {
        const reasons = missing.map(part => `${part.arn}: ${part.reason}`);
        const message = `The one-off task “${words}” was not started: ${reasons.join('; ') || 'ECS gives no reason.'}`;
        return { reason: 'migration-failed', message, evidence: { command: words, failures: reasons } };
    }
    report({ subject: words, text: `one-off task ${arn.split('/').at(-1)} started`, level: 'info' });
    const ended = await untilStopped(context, cluster, arn, deadline);
    if (ended === undefined) {
        const message = `The one-off task “${words}” had not ended when the time was up, or the run was cancelled.`;
        return {
            reason: context.signal.aborted ? 'cancelled' : 'timed-out',
            message,
            evidence: { command: words, task: arn },
        };
    }
    const exitCode = ended.containers?.find(candidate => candidate.name === container)?.exitCode;
    report({
        subject: words,
        text: `ended after ${Math.round((clock.now() - startOf(ended, clock.now())) / 1000)} s`,
        level: 'info',
    });
    if (exitCode === 0)
        return undefined;
    const lines = await tailOf(context, taskDefinition, container, arn);
    const how = exitCode === undefined ? `did not start: ${ended.stoppedReason ?? 'no reason given'}` : `exited with ${exitCode}`;
    return {
        reason: 'migration-failed',
        message: `The one-off task “${words}” ${how}.`,
        evidence: { command: words, task: arn, ...(exitCode === undefined ? {} : { exitCode }), log: lines },
        next: 'No service was touched. Correct the cause and start the run again.',
    };
}
async function untilStopped(context, cluster, arn, deadline) {
    const { ecs, clock, signal } = context;
    while (clock.now() < deadline && !signal.aborted) {
        const [task] = await ecs.describeTasks(cluster, [arn]);
        if (task?.lastStatus === 'STOPPED')
            return task;
        await clock.sleep(pause);
    }
    return undefined;
}
function startOf(task, otherwise) {
    return task.startedAt?.getTime() ?? task.createdAt?.getTime() ?? otherwise;
}

;// CONCATENATED MODULE: ./build/packages/targets/ecs/observe.js


/** The services as they are; every one that is missing or cannot be deployed this way is named at once. */
async function observeServices(context, cluster, names) {
    const { found, missing } = await context.ecs.describeServices(cluster, names);
    const findings = [
        ...missing.map(part => notFound(cluster, part.arn)),
        ...found.flatMap(service => undeployable(service) ?? []),
    ];
    return findings.length > 0 ? { ok: false, findings } : { ok: true, services: found };
}
function notFound(cluster, arn) {
    const service = arn.split('/').at(-1) ?? arn;
    return {
        reason: 'not-found',
        message: `There is no service ${service} in the cluster ${cluster}.`,
        evidence: { cluster, service },
        next: 'Correct the name, or check that account and region are those of the service.',
        where: { kind: 'call', call: 'ecs:DescribeServices' },
    };
}
function undeployable(service) {
    const name = service.serviceName ?? '';
    const where = { kind: 'call', call: 'ecs:DescribeServices' };
    if (service.status !== 'ACTIVE') {
        const message = `The service ${name} is ${service.status}.`;
        return { reason: 'service-not-active', message, evidence: { service: name, status: service.status ?? '' }, where };
    }
    const controller = service.deploymentController?.type ?? 'ECS';
    if (controller !== 'ECS') {
        const message = `The service ${name} is deployed by the controller ${controller}; this action deploys services of the controller ECS.`;
        return { reason: 'controller-unsupported', message, evidence: { service: name, controller }, where };
    }
    return undefined;
}
/** What runs, or ran before a rollout that is still under way: the last deployment that was completed. */
async function snapshotServices(context, services) {
    const standing = services.map(service => ({ service, deployment: completedOf(service) }));
    const arns = standing.flatMap(({ service, deployment }) => deployment?.id === undefined ? [] : revisionArn(service.serviceArn ?? '', deployment.id));
    const revisions = await context.ecs.describeServiceRevisions(arns);
    return Promise.all(standing.map(async ({ service, deployment }) => {
        const taskDefinition = deployment?.taskDefinition ?? service.taskDefinition ?? '';
        const revision = revisions.find(candidate => candidate.serviceRevisionArn?.endsWith(`/${deployment?.id?.split('/').at(-1)}`));
        const images = pinnedImages(revision) ?? imagesOf((await context.ecs.describeTaskDefinition(taskDefinition)).definition);
        return { service: service.serviceName ?? '', taskDefinition, images, desiredCount: service.desiredCount ?? 0 };
    }));
}
function completedOf(service) {
    const primary = primaryOf(service);
    if (primary?.rolloutState === undefined || primary.rolloutState === 'COMPLETED')
        return primary;
    return (service.deployments ?? []).find(deployment => deployment.status === 'ACTIVE') ?? primary;
}
/** `repository@sha256:…` for every container, from the digests that ECS resolved when it deployed the revision. */
function pinnedImages(revision) {
    const images = revision?.containerImages;
    if (images === undefined || images.length === 0)
        return undefined;
    return Object.fromEntries(images.map(({ containerName = '', image = '', imageDigest }) => [
        containerName,
        imageDigest === undefined ? image : `${image.replace(/@.*$/, '').replace(/:[^/:]*$/, '')}@${imageDigest}`,
    ]));
}

;// CONCATENATED MODULE: ./build/packages/targets/ecs/plan.js

const underWay = new Set(['PENDING', 'IN_PROGRESS']);
/**
 * Nothing has to happen only when the wanted definition runs *and* its deployment ended well: ECS answers an unchanged
 * update with the old deployment, which may be a failed one.
 */
async function planService(context, service, wanted, desiredCount) {
    const count = desiredCount === undefined || desiredCount === service.desiredCount ? {} : { desiredCount };
    const update = { kind: 'update', service, wanted, ...count };
    const primary = primaryOf(service);
    if (primary?.id === undefined || wanted.kind === 'new' || wanted.arn !== primary.taskDefinition) {
        return { ...update, force: false };
    }
    const deployment = await findServiceDeployment(context.ecs, context.clock, service, primary.id);
    if (deployment !== undefined && underWay.has(deployment.status ?? ''))
        return { kind: 'adopt', service, deployment };
    if (deployment?.status === 'SUCCESSFUL') {
        const complete = service.runningCount === service.desiredCount && count.desiredCount === undefined;
        if (complete)
            return { kind: 'same', service };
    }
    return { ...update, force: true };
}
/** The table that people read before the change. */
function changeRows(plans) {
    return plans.map(plan => ({
        what: `service ${plan.service.serviceName}`,
        before: shortName(plan.service.taskDefinition),
        after: afterOf(plan),
    }));
}
function afterOf(plan) {
    switch (plan.kind) {
        case 'same':
            return 'unchanged';
        case 'adopt':
            return `${shortName(plan.service.taskDefinition)} (already rolling out)`;
        case 'update': {
            const definition = plan.wanted.kind === 'existing' ? shortName(plan.wanted.arn) : `a new ${plan.wanted.family}`;
            return plan.force ? `${definition} (deployed again)` : definition;
        }
    }
}
function shortName(arn) {
    return arn?.split('/').at(-1) ?? 'nothing';
}

// EXTERNAL MODULE: ./build/packages/core/outcome.js
var outcome = __webpack_require__(4258);
;// CONCATENATED MODULE: ./build/packages/targets/ecs/task-failure.js
/** These do not pass by trying again. Source: ECS developer guide, "Stopped tasks error codes". */
const fatal = new Set(['image-not-found', 'image-pull-denied', 'task-resources-missing']);
function isFatal(failure) {
    return fatal.has(failure.kind);
}
function reasonOf(kind) {
    return kind;
}
const patterns = [
    [
        /CannotPull(Container|ImageManifest)?\w*:?.*(not found|manifest unknown|does not exist|no such (image|host))/is,
        'image-not-found',
    ],
    [/CannotPull\w*:?.*(denied|forbidden|not authorized|unauthorized|no basic auth)/is, 'image-pull-denied'],
    [/CannotPull/i, 'image-pull-failed'],
    [/ResourceInitializationError.*(timeout|timed out|connection)/is, 'tasks-cannot-start'],
    [/ResourceInitializationError/i, 'task-resources-missing'],
    [/OutOfMemory/i, 'out-of-memory'],
    [
        /failed (container|ELB|\(elb|load balancer)? ?health checks|failed ELB health checks|health checks/i,
        'health-check-failed',
    ],
];
/**
 * The failure of a stopped task; undefined for one that was stopped on purpose (scaled in, replaced by a later deployment,
 * stopped by a person). Kills by a health check carry the same stop code as a scale-in: only the reason tells them apart.
 */
function taskFailure(task) {
    const stoppedReason = task.stoppedReason ?? '';
    const failed = failedContainer(task);
    const text = [stoppedReason, failed?.reason ?? ''].join('\n');
    const kind = patterns.find(([pattern]) => pattern.test(text))?.[1] ?? kindByStopCode(task, failed);
    if (kind === undefined)
        return undefined;
    return {
        task: task.taskArn ?? 'unknown',
        kind,
        stoppedReason,
        stoppedAt: task.stoppedAt?.getTime() ?? task.stoppingAt?.getTime() ?? 0,
        ...(failed?.name === undefined ? {} : { container: failed.name }),
        ...(failed?.exitCode === undefined ? {} : { exitCode: failed.exitCode }),
        ...(failed?.reason === undefined ? {} : { containerReason: failed.reason }),
    };
}
function failedContainer(task) {
    const containers = task.containers ?? [];
    return (containers.find(container => (container.exitCode ?? 0) !== 0 || container.reason !== undefined) ??
        containers.find(container => container.healthStatus === 'UNHEALTHY') ??
        (task.stopCode === 'EssentialContainerExited' ? containers[0] : undefined));
}
function kindByStopCode(task, failed) {
    switch (task.stopCode) {
        case 'EssentialContainerExited':
            return failed?.exitCode === 137 && /memory/i.test(failed.reason ?? '') ? 'out-of-memory' : 'crash-loop';
        case 'TaskFailedToStart':
            return 'tasks-cannot-start';
        default:
            return undefined;
    }
}

;// CONCATENATED MODULE: ./build/packages/targets/ecs/failures.js

/**
 * The failed tasks of one deployment. ListTasks with `startedBy` lists RUNNING tasks only, so the stopped ones are listed by
 * service and picked by the deployment that started them.
 */
async function failuresOf(ecs, deployment) {
    const { clusterArn = '', serviceArn = '', targetServiceRevision } = deployment;
    const number = targetServiceRevision?.arn?.split('/').at(-1);
    const arns = await ecs.listStoppedTasks(clusterArn, serviceArn.split('/').at(-1) ?? serviceArn);
    if (arns.length === 0)
        return [];
    const tasks = await ecs.describeTasks(clusterArn, arns);
    return tasks
        .filter(task => task.startedBy === `ecs-svc/${number}`)
        .flatMap(task => taskFailure(task) ?? [])
        .toSorted((one, other) => one.stoppedAt - other.stoppedAt);
}

// EXTERNAL MODULE: ./build/packages/core/duration.js
var duration = __webpack_require__(8620);
;// CONCATENATED MODULE: ./build/packages/targets/ecs/judge.js


/** How long a deployment that ECS calls successful may still lack tasks, in ms, before it is a failure. */
const settling = 3 * 60_000;
/** The verdict on a rollout, from its own service deployment: never from "the service looks stable". */
function judgeRollout(facts) {
    const { deployment, service } = facts;
    switch (deployment.status) {
        case 'SUCCESSFUL':
            return judgeSuccess(facts);
        case 'ROLLBACK_SUCCESSFUL':
            return {
                kind: 'ended',
                outcome: 'rolled-back',
                reason: triggerOf(facts) ?? 'deployment-failed',
                message: `ECS rolled ${service} back: ${whyOf(facts)}`,
            };
        case 'ROLLBACK_FAILED':
            return {
                kind: 'ended',
                outcome: 'failed',
                reason: 'rollback-failed',
                message: `The deployment of ${service} failed and so did ECS’s rollback: ${whyOf(facts)}`,
            };
        case 'STOPPED':
            return judgeStopped(facts);
        case 'ROLLBACK_REQUESTED':
        case 'ROLLBACK_IN_PROGRESS':
            return past(facts) ? outOfTime(facts) : { kind: 'going', phase: 'rolling back' };
        case 'STOP_REQUESTED':
            return past(facts) ? outOfTime(facts) : { kind: 'going', phase: 'stopping' };
        default:
            return judgeUnderWay(facts);
    }
}
/** SUCCESSFUL is not yet n of n: early success criteria and deferred scale-in may leave tasks missing or old ones running. */
function judgeSuccess(facts) {
    const { service, deployment, now, successSince = now } = facts;
    const { requested, running, old } = countsOf(deployment);
    if (requested === 0) {
        const message = `${service} wants no task any more, so nothing proves the new version.`;
        return { kind: 'ended', outcome: 'failed', reason: 'scaled-to-zero', message };
    }
    if (running >= requested && old === 0) {
        return {
            kind: 'ended',
            outcome: 'succeeded',
            reason: 'deployed',
            message: `${service} runs ${running} of ${requested} new tasks.`,
        };
    }
    if (now - successSince < settling && !past(facts)) {
        return { kind: 'going', phase: `settling, ${running}/${requested} new, ${old} old` };
    }
    const message = `ECS calls the deployment of ${service} successful, but ${running} of ${requested} new tasks run and ${old} old ones remain.`;
    return { kind: 'ended', outcome: 'failed', reason: 'tasks-missing', message };
}
/** STOPPED has three meanings: failed with the rollback switched off, superseded, stopped by a person. */
function judgeStopped(facts) {
    const { service, newer } = facts;
    const trigger = triggerOf(facts);
    if (trigger !== undefined) {
        const message = `The deployment of ${service} failed and was left as it is, for its rollback is off: ${whyOf(facts)}`;
        return { kind: 'ended', outcome: 'failed', reason: trigger, message };
    }
    if (newer === undefined)
        return { kind: 'look-for-newer' };
    if (newer !== null) {
        const message = `Another deployment of ${service} took over: ${newer}`;
        return { kind: 'ended', outcome: 'superseded', reason: 'superseded-by-another', message };
    }
    const message = `Somebody stopped the deployment of ${service}${reasonText(facts)}.`;
    return { kind: 'ended', outcome: 'stopped', reason: 'stopped-by-person', message };
}
function judgeUnderWay(facts) {
    const { service, deployment } = facts;
    const { requested, running, pending } = countsOf(deployment);
    if (requested === 0 && deployment.status === 'IN_PROGRESS' && deployment.targetServiceRevision !== undefined) {
        const message = `${service} was scaled to zero while it was deployed, so nothing proves the new version.`;
        return { kind: 'hopeless', outcome: 'failed', reason: 'scaled-to-zero', message };
    }
    const lost = hopelessFailure(facts, requested, running);
    if (lost !== undefined)
        return lost;
    if (past(facts))
        return outOfTime(facts);
    const paused = (deployment.lifecycleHookDetails ?? []).find(isWaiting);
    if (paused !== undefined) {
        const until = paused.expiresAt === undefined ? '' : `, until ${paused.expiresAt.toISOString()}`;
        return {
            kind: 'going',
            phase: `paused at ${deployment.lifecycleStage ?? 'a lifecycle hook'} for a person to continue${until}`,
        };
    }
    const stage = deployment.lifecycleStage === undefined ? '' : `, ${deployment.lifecycleStage.toLowerCase().replaceAll('_', ' ')}`;
    return { kind: 'going', phase: `${running}/${requested} new tasks running, ${pending} pending${stage}` };
}
/** A fatal failure decides at once; others when they repeat, the sooner when no new task holds. */
function hopelessFailure(facts, requested, running) {
    const { failures, service } = facts;
    const last = failures.at(-1);
    if (last === undefined)
        return undefined;
    const decisive = failures.find(isFatal);
    if (decisive === undefined && failures.length < tolerated(requested, running))
        return undefined;
    const { kind, stoppedReason } = decisive ?? last;
    const count = failures.length === 1 ? 'A new task' : `${failures.length} new tasks`;
    return {
        kind: 'hopeless',
        outcome: 'failed',
        reason: kind,
        message: `${count} of ${service} failed: ${stoppedReason}`,
    };
}
/**
 * How many failed tasks are too many: the circuit breaker's own default (half of the wanted tasks, 3 to 200) when some new
 * task holds; two when none does, for then nothing speaks for the new version.
 */
function tolerated(requested, running) {
    return running === 0 ? 2 : Math.min(200, Math.max(3, Math.ceil(requested / 2)));
}
function outOfTime(facts) {
    const { service, deployment, now, deadline } = facts;
    const { requested, running } = countsOf(deployment);
    const over = now > deadline ? ` (${(0,duration/* formatDuration */.a)(now - deadline)} ago)` : '';
    const message = `The time for deploying ${service} is up${over}: ${deployment.status}, ${running} of ${requested} new tasks running.`;
    return { kind: 'hopeless', outcome: 'timed-out', reason: 'timed-out', message };
}
function past(facts) {
    return facts.now >= facts.deadline;
}
function countsOf(deployment) {
    const target = deployment.targetServiceRevision;
    const old = (deployment.sourceServiceRevisions ?? []).reduce((sum, source) => sum + (source.runningTaskCount ?? 0), 0);
    return {
        requested: target?.requestedTaskCount ?? 0,
        running: target?.runningTaskCount ?? 0,
        pending: target?.pendingTaskCount ?? 0,
        old,
    };
}
function triggerOf({ deployment, failures }) {
    if (deployment.deploymentCircuitBreaker?.status === 'TRIGGERED')
        return failures.at(-1)?.kind ?? 'breaker-triggered';
    if (deployment.alarms?.status === 'TRIGGERED')
        return 'alarm-triggered';
    return undefined;
}
function whyOf(facts) {
    const { deployment, failures } = facts;
    const alarms = deployment.alarms?.triggeredAlarmNames ?? [];
    const failure = failures.at(-1);
    const parts = [
        deployment.rollback?.reason ?? deployment.statusReason,
        alarms.length > 0 ? `alarms ${alarms.join(', ')}` : undefined,
        failure === undefined ? undefined : failure.stoppedReason,
    ];
    const known = parts.filter(part => part !== undefined && part !== '');
    return known.length > 0 ? known.join(' · ') : 'ECS gives no reason.';
}
function reasonText({ deployment }) {
    return deployment.statusReason === undefined ? '' : `: ${deployment.statusReason}`;
}
function isWaiting(hook) {
    return hook.targetType === 'PAUSE' && hook.status === 'AWAITING_ACTION';
}

;// CONCATENATED MODULE: ./build/packages/targets/ecs/follow.js



/** Every so many beats the service itself is asked how many tasks failed: crashes after RUNNING trip no breaker. */
const beatsPerLook = 6;
/** Follows one rollout to its end, or to the moment when it can only fail. */
async function followRollout(context, rollout, first) {
    const { ecs, clock } = context;
    const { service, deadline } = rollout;
    let deployment = first;
    let failures = [];
    let newer;
    let successSince;
    let phase = '';
    const signs = createSigns();
    for (let beat = 0;; beat += 1) {
        if (deployment.status === 'SUCCESSFUL')
            successSince ??= clock.now();
        if (signs.rose(deployment) ||
            (beat > 0 && beat % beatsPerLook === 0 && (await failedTasksRose(context, rollout, signs)))) {
            failures = merged(failures, await failuresOf(ecs, deployment));
        }
        let judgement = judgeRollout({ service, deployment, failures, newer, now: clock.now(), deadline, successSince });
        if (judgement.kind === 'look-for-newer') {
            newer = await findNewer(ecs, deployment);
            judgement = judgeRollout({ service, deployment, failures, newer, now: clock.now(), deadline, successSince });
        }
        if (judgement.kind === 'ended' || judgement.kind === 'hopeless') {
            const { outcome, reason, message, kind } = judgement;
            return { rollout, outcome, reason, message, deployment, failures, final: kind === 'ended' };
        }
        if (context.signal.aborted) {
            const message = `Cancelled while ${service} was ${deployment.status ?? 'under way'}.`;
            return { rollout, outcome: 'stopped', reason: 'cancelled', message, deployment, failures, final: false };
        }
        if (judgement.kind === 'going' && judgement.phase !== phase) {
            phase = judgement.phase;
            context.report({ subject: service, text: phase, level: 'info' });
        }
        deployment = (await untilNextBeat(context, rollout)) ?? deployment;
    }
}
/** The next state, or at once when the run is cancelled. */
async function untilNextBeat(context, rollout) {
    const { signal } = context;
    const { promise: cancelled, resolve } = Promise.withResolvers();
    const cancel = () => resolve(undefined);
    signal.addEventListener('abort', cancel, { once: true });
    try {
        return await Promise.race([context.deployments.next(rollout.deploymentArn), cancelled]);
    }
    finally {
        signal.removeEventListener('abort', cancel);
    }
}
function createSigns() {
    let failureCount = 0;
    let most = 0;
    let status;
    return {
        failedTasks: 0,
        rose(deployment) {
            const count = deployment.deploymentCircuitBreaker?.failureCount ?? 0;
            const { running } = countsOf(deployment);
            const ends = deployment.status !== status && /ROLLBACK|STOP/.test(deployment.status ?? '');
            const rose = count > failureCount || running < most || ends;
            failureCount = Math.max(failureCount, count);
            most = running;
            status = deployment.status;
            return rose;
        },
    };
}
async function failedTasksRose(context, rollout, signs) {
    const service = await context.services.next(rollout.serviceArn);
    const primary = service?.deployments?.find(deployment => deployment.status === 'PRIMARY');
    const failed = primary?.failedTasks ?? 0;
    const rose = failed > signs.failedTasks;
    signs.failedTasks = failed;
    return rose;
}
/** ECS forgets stopped tasks after an hour; what was seen once stays known. */
function merged(known, seen) {
    const byTask = new Map([...known, ...seen].map(failure => [failure.task, failure]));
    return [...byTask.values()].toSorted((one, other) => one.stoppedAt - other.stoppedAt);
}

;// CONCATENATED MODULE: ./build/packages/targets/ecs/snapshot.js
const schema = 1;
function ecsSnapshot(state) {
    return { target: 'ecs', schema, state: { ...state } };
}
/** Reads a snapshot of the journal; undefined where it is of another target, or newer than this version understands. */
function readEcsSnapshot(snapshot) {
    const { cluster, services } = snapshot.state;
    if (snapshot.target !== 'ecs' || snapshot.schema !== schema)
        return undefined;
    if (typeof cluster !== 'string' || !Array.isArray(services) || !services.every(isServiceSnapshot))
        return undefined;
    return { cluster, services };
}
function isServiceSnapshot(value) {
    if (typeof value !== 'object' || value === null)
        return false;
    const entry = value;
    return (typeof entry.service === 'string' &&
        typeof entry.taskDefinition === 'string' &&
        typeof entry.desiredCount === 'number' &&
        typeof entry.images === 'object' &&
        entry.images !== null);
}

;// CONCATENATED MODULE: ./build/packages/targets/ecs/rollout.js






/** The rollout of all services of a component; each is followed by its own identity, all in one rhythm. */
function createRollout(context, cluster, started, deadline) {
    const rollouts = started.map(entry => ({ entry, rollout: serviceRollout(entry, deadline) }));
    let endings = [];
    const end = async (results) => {
        endings = results.filter(result => 'rollout' in result);
        return endingOf(context, cluster, started, results);
    };
    return {
        identity: rollouts.flatMap(({ rollout }) => rollout?.deploymentArn ?? []),
        adopted: started.some(entry => entry.adopted),
        async follow() {
            return end(await Promise.all(rollouts.map(({ entry, rollout }) => rollout === undefined || entry.deployment === undefined
                ? lostSight(entry)
                : followRollout(context, rollout, entry.deployment))));
        },
        async takeBack() {
            const open = endings.filter(ending => !ending.final);
            const back = await Promise.all(open.map(ending => rollBack(context, ending)));
            return end([...endings.filter(ending => ending.final), ...back]);
        },
        letGo: () => Promise.all(endings.filter(ending => !ending.final).map(ending => askForRollback(context, ending))),
    };
}
function serviceRollout({ service, deployment }, deadline) {
    if (deployment?.serviceDeploymentArn === undefined)
        return undefined;
    return {
        service: service.serviceName ?? '',
        serviceArn: service.serviceArn ?? '',
        deploymentArn: deployment.serviceDeploymentArn,
        deadline,
    };
}
/** ROLLBACK is the only kind of stop that ECS offers; where it is too late for it, the rollout goes on by itself. */
async function askForRollback(context, { rollout }) {
    try {
        await context.ecs.stopServiceDeployment(rollout.deploymentArn);
        return `ECS was asked to roll ${rollout.service} back.`;
    }
    catch (error) {
        if (!(error instanceof errors/* AwsCallError */.i) || error.kind !== 'refused')
            throw error;
        return `ECS does not roll ${rollout.service} back: ${error.message}`;
    }
}
/** How long ECS may take for going back, in ms; it starts as many old tasks as it stopped. */
const rollbackTime = 30 * 60_000;
async function rollBack(context, ending) {
    const { ecs, clock, report } = context;
    const { deploymentArn, service } = ending.rollout;
    report({ subject: service, text: await askForRollback(context, ending), level: 'warning' });
    const [deployment = ending.deployment] = await ecs.describeServiceDeployments([deploymentArn]);
    const rollout = { ...ending.rollout, deadline: clock.now() + rollbackTime };
    const followed = await followRollout({ ...context, signal: new AbortController().signal }, rollout, deployment);
    // What made us take it back is the reason; how that went is the outcome.
    const failures = followed.failures.length > 0 ? followed.failures : ending.failures;
    if (followed.outcome !== 'rolled-back')
        return { ...followed, failures };
    return {
        ...followed,
        failures,
        reason: ending.reason,
        message: `${ending.message} ECS went back to ${backTo(followed)}.`,
    };
}
function backTo(ending) {
    return ending.deployment.rollback?.serviceRevisionArn?.split('/').at(-1) ?? 'the revision before';
}
/** Never taken for a success: ECS did not show the deployment that it had just started. */
function lostSight({ service }) {
    return {
        outcome: 'failed',
        reason: 'deployment-failed',
        message: `ECS did not show the deployment of ${service.serviceName} that it started, so nothing is known of it.`,
        evidence: { service: service.serviceName ?? '' },
        next: 'Start the run again: it takes up the rollout that is under way.',
    };
}
/** What all services came to together, why, and what runs now. */
async function endingOf(context, cluster, started, results) {
    const plain = results.map(result => ('rollout' in result ? resultOf(result) : result));
    const deciding = (0,outcome/* worst */.QZ)(plain);
    const bad = results.filter(result => 'rollout' in result && result.outcome !== 'succeeded');
    const explanation = (await Promise.all(bad.map(result => ('rollout' in result ? explainEnding(context, result) : [])))).flat();
    const observed = await observeServices(context, cluster, started.map(entry => entry.service.serviceName ?? ''));
    const after = observed.ok
        ? ecsSnapshot({ cluster, services: await snapshotServices(context, observed.services) })
        : null;
    if (deciding === undefined)
        throw new Error('a rollout of no service cannot end');
    const message = plain.length === 1 ? deciding.message : summarise(plain, deciding);
    return { ...deciding, message, after, explanation };
}
function resultOf(ending) {
    const { outcome, reason, message, deployment, rollout } = ending;
    const failure = ending.failures.at(-1);
    return {
        outcome,
        reason,
        message,
        evidence: {
            service: rollout.service,
            deployment: rollout.deploymentArn,
            status: deployment.status ?? 'unknown',
            failedTasks: ending.failures.length,
            ...(failure === undefined ? {} : { stoppedReason: failure.stoppedReason }),
            ...(failure?.exitCode === undefined ? {} : { exitCode: failure.exitCode }),
        },
    };
}
function summarise(results, deciding) {
    const well = results.filter(result => result.outcome === 'succeeded').length;
    return `${well} of ${results.length} services deployed. ${deciding.outcome === 'succeeded' ? '' : deciding.message}`.trim();
}

;// CONCATENATED MODULE: ./build/packages/targets/ecs/wanted.js


/** Works out the definition that is wanted for a service; registers nothing. */
async function wantedDefinition(ecs, source, service) {
    const running = service.taskDefinition ?? '';
    if (source.kind === 'revision')
        return existingRevision(ecs, source.reference);
    const base = await baseDefinition(ecs, source, running);
    if ('reason' in base)
        return { ok: false, finding: base };
    const names = containerNames(base.definition);
    if (!names.includes(source.container)) {
        const message = `The task definition ${base.name} has no container ${source.container}; it has ${names.join(', ')}.`;
        return {
            ok: false,
            finding: { reason: 'container-not-found', message, evidence: { container: source.container, names: [...names] } },
        };
    }
    const definition = withImages(registrable(base.definition, base.tags), {
        [source.container]: imageReference(source.image, service.serviceArn ?? ''),
    });
    return {
        ok: true,
        wanted: await unlessItExists(ecs, definition, source.base.kind === 'file' ? [running] : [running, base.name]),
    };
}
/** A snapshot's definition: as it is while it can still be deployed and says which digests it means, else pinned anew. */
async function wantedOfSnapshot(ecs, taskDefinition, images) {
    const found = await wanted_describe(ecs, taskDefinition);
    if ('reason' in found)
        return { ok: false, finding: found };
    const pinned = Object.entries(imagesOf(found.definition)).every(([name, image]) => image === (images[name] ?? image));
    if (pinned && found.definition.status === 'ACTIVE') {
        return { ok: true, wanted: { kind: 'existing', arn: taskDefinition, definition: found.definition } };
    }
    const definition = withImages(registrable(found.definition, found.tags), images);
    return { ok: true, wanted: await unlessItExists(ecs, definition, []) };
}
/** A repository's name alone means the registry of the account and region that the service is in. */
function imageReference(image, serviceArn) {
    if (image.kind === 'reference')
        return image.reference;
    const [, partition, , region, account] = serviceArn.split(':');
    const domain = partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
    const registry = image.repository.includes('.') ? '' : `${account}.dkr.ecr.${region}.${domain}/`;
    return `${registry}${image.repository}@${image.digest}`;
}
async function baseDefinition(ecs, source, running) {
    switch (source.base.kind) {
        case 'running':
            return wanted_describe(ecs, running);
        case 'latest':
            return wanted_describe(ecs, source.base.family ?? familyOf(running));
        case 'file':
            return { name: source.base.file, definition: source.base.definition, tags: tagsOf(source.base.definition) };
    }
}
async function existingRevision(ecs, reference) {
    const found = await wanted_describe(ecs, reference);
    if ('reason' in found)
        return { ok: false, finding: found };
    if (found.definition.status !== 'ACTIVE') {
        const message = `The task definition ${reference} is ${String(found.definition.status)}; only ACTIVE ones can be deployed.`;
        return { ok: false, finding: { reason: 'not-found', message, evidence: { taskDefinition: reference } } };
    }
    return { ok: true, wanted: { kind: 'existing', arn: found.name, definition: found.definition } };
}
/**
 * Reuses a revision that already says the same: the one that runs, the one that it is built on, or the newest of the
 * family, which a run that was killed after registering left behind.
 */
async function unlessItExists(ecs, definition, candidates) {
    const family = String(definition.family);
    for (const candidate of new Set([...candidates, family])) {
        const existing = await wanted_describe(ecs, candidate);
        if ('reason' in existing || existing.definition.status !== 'ACTIVE')
            continue;
        if (sameDefinition(definition, existing.definition)) {
            return { kind: 'existing', arn: existing.name, definition: existing.definition };
        }
    }
    return { kind: 'new', family, definition };
}
async function wanted_describe(ecs, reference) {
    try {
        const { definition, tags } = await ecs.describeTaskDefinition(reference);
        return { name: String(definition.taskDefinitionArn), definition, tags };
    }
    catch (error) {
        // ECS answers ClientException for a definition that does not exist.
        if (!(error instanceof errors/* AwsCallError */.i) || error.kind !== 'refused')
            throw error;
        return {
            reason: 'not-found',
            message: `There is no task definition ${reference}: ${error.message}`,
            evidence: { taskDefinition: reference },
            where: { kind: 'call', call: error.action },
        };
    }
}
/** `arn:…:task-definition/family:7` or `family:7` → `family` */
function familyOf(reference) {
    return (reference.split('/').at(-1) ?? reference).replace(/:\d+$/, '');
}
function tagsOf(definition) {
    const tags = definition.tags;
    return Array.isArray(tags) ? tags : [];
}

;// CONCATENATED MODULE: ./build/packages/targets/ecs/driver.js







/** The driver of one component on ECS. */
function createEcsDriver(context, spec) {
    const observe = async () => {
        const observed = await observeServices(context, spec.cluster, spec.services);
        if (!observed.ok)
            return null;
        return ecsSnapshot({ cluster: spec.cluster, services: await snapshotServices(context, observed.services) });
    };
    return {
        observe,
        async prepare() {
            const observed = await observeServices(context, spec.cluster, spec.services);
            if (!observed.ok)
                return { kind: 'refused', findings: observed.findings };
            const [first = {}] = observed.services;
            const result = await wantedDefinition(context.ecs, spec.definition, first);
            if (!result.ok)
                return { kind: 'refused', findings: [result.finding] };
            const zero = observed.services.filter(service => (spec.desiredCount ?? service.desiredCount) === 0);
            if (zero.length > 0)
                return { kind: 'refused', findings: zero.map(scaledToZero) };
            const work = observed.services.map(service => ({
                service,
                wanted: result.wanted,
                desiredCount: spec.desiredCount,
            }));
            return preparation(context, spec, work, spec.before);
        },
        async restore(snapshot) {
            const state = readEcsSnapshot(snapshot);
            if (state === undefined)
                return { kind: 'refused', findings: [unreadable(snapshot)] };
            return prepareRestore(context, spec, state);
        },
    };
}
async function prepareRestore(context, spec, state) {
    const names = state.services.map(entry => entry.service);
    const observed = await observeServices(context, state.cluster, names);
    if (!observed.ok)
        return { kind: 'refused', findings: observed.findings };
    const work = [];
    for (const entry of state.services) {
        const service = observed.services.find(candidate => candidate.serviceName === entry.service);
        const result = await wantedOfSnapshot(context.ecs, entry.taskDefinition, entry.images);
        if (!result.ok)
            return { kind: 'refused', findings: [result.finding] };
        if (service === undefined)
            continue;
        // The number of tasks is the autoscaler's business; only a service left at zero is brought back to life.
        const desiredCount = service.desiredCount === 0 ? entry.desiredCount : undefined;
        work.push({ service, wanted: result.wanted, desiredCount });
    }
    return preparation(context, spec, work, undefined);
}
async function preparation(context, spec, work, before) {
    const plans = await Promise.all(work.map(({ service, wanted, desiredCount }) => planService(context, service, wanted, desiredCount)));
    const services = work.map(entry => entry.service);
    const snapshot = ecsSnapshot({ cluster: spec.cluster, services: await snapshotServices(context, services) });
    if (plans.every(plan => plan.kind === 'same')) {
        const message = `${services.map(service => service.serviceName).join(', ')}: already as wanted.`;
        return {
            kind: 'no-op',
            snapshot,
            result: { outcome: 'no-op', reason: 'nothing-to-change', message, evidence: {} },
        };
    }
    return {
        kind: 'change',
        before: snapshot,
        changes: changeRows(plans),
        notes: [],
        apply: () => applyPlans(context, spec, plans, before),
    };
}
async function applyPlans(context, spec, plans, before) {
    const deadline = context.clock.now() + spec.timeout;
    const open = plans.filter(plan => plan.kind !== 'same');
    const definitions = await registerAll(context, open);
    const update = open.find(plan => plan.kind === 'update');
    if (before !== undefined && update !== undefined && spec.definition.kind === 'image') {
        const finding = await runBefore(context, {
            service: update.service,
            taskDefinition: definitions.get(update.wanted) ?? '',
            container: spec.definition.container,
            command: before,
            deadline,
        });
        if (finding !== undefined)
            return { kind: 'ended', ending: failedBefore(finding) };
    }
    const started = await Promise.all(open.map(plan => startRollout(context, plan, plan.kind === 'update' ? (definitions.get(plan.wanted) ?? '') : '')));
    return { kind: 'started', rollout: createRollout(context, spec.cluster, started, deadline) };
}
/** Each definition is registered once, however many services share it. */
async function registerAll(context, plans) {
    const arns = new Map();
    for (const plan of plans) {
        if (plan.kind === 'update' && !arns.has(plan.wanted))
            arns.set(plan.wanted, await register(context, plan.wanted));
    }
    return arns;
}
function failedBefore(finding) {
    const log = finding.evidence.log;
    const outcome = finding.reason === 'cancelled' ? 'stopped' : finding.reason === 'timed-out' ? 'timed-out' : 'failed';
    return { ...finding, outcome, after: null, explanation: Array.isArray(log) ? log : [] };
}
function scaledToZero(service) {
    return {
        reason: 'scaled-to-zero',
        message: `The service ${service.serviceName} wants no task, so nothing would prove that the new version runs.`,
        evidence: { service: service.serviceName ?? '' },
        next: 'Set `desired-count` to the number of tasks that it should run.',
    };
}
function unreadable(snapshot) {
    return {
        reason: 'journal-invalid',
        message: `The recorded way back is of target ${snapshot.target}, schema ${snapshot.schema}; this version cannot read it.`,
        evidence: { target: snapshot.target, schema: snapshot.schema },
    };
}

// EXTERNAL MODULE: ./build/packages/core/finding.js
var finding = __webpack_require__(6551);
;// CONCATENATED MODULE: ./build/packages/targets/ecs/spec.js

/** Joins the component with what the build handed over. Throws a `FindingError` for what is missing. */
function ecsSpec(component, sources) {
    const { cluster, services, timeout, before, desiredCount } = component;
    return {
        cluster,
        services,
        timeout,
        definition: definitionSource(component, sources),
        ...(before === undefined ? {} : { before }),
        ...(desiredCount === undefined ? {} : { desiredCount }),
    };
}
function definitionSource(component, sources) {
    const { taskDefinition, container } = component;
    if (taskDefinition.base === 'as-it-is')
        return { kind: 'revision', reference: taskDefinition.revision };
    if (container === undefined) {
        throw invalid(`The component ${component.name} says no container, so nothing says which image is new.`);
    }
    return {
        kind: 'image',
        container,
        image: imageSource(component, sources.artifacts),
        base: baseOf(component, sources),
    };
}
function imageSource({ image, name }, artifacts) {
    switch (image.from) {
        case 'image':
            return { kind: 'reference', reference: image.image };
        case 'repository': {
            const digest = artifacts.image;
            if (digest !== undefined)
                return { kind: 'digest', repository: image.repository, digest };
            const message = `No image digest was handed over for the component ${name}, and none is recorded for this commit.`;
            throw new finding/* FindingError */.Y([{ reason: 'artifact-unknown', message, evidence: { component: name } }]);
        }
        case 'task-definition':
            throw invalid(`The component ${name} says neither a repository nor an image.`);
    }
}
function baseOf({ taskDefinition }, { readFile }) {
    switch (taskDefinition.base) {
        case 'file':
            return { kind: 'file', file: taskDefinition.file, definition: parseDefinition(taskDefinition.file, readFile) };
        case 'latest':
            return { kind: 'latest', ...(taskDefinition.family === undefined ? {} : { family: taskDefinition.family }) };
        default:
            return { kind: 'running' };
    }
}
function parseDefinition(file, readFile) {
    const text = readFile(file);
    try {
        const definition = JSON.parse(text);
        if (typeof definition === 'object' && definition !== null && 'family' in definition)
            return { ...definition };
    }
    catch (cause) {
        throw invalid(`The task definition ${file} is not JSON: ${cause instanceof Error ? cause.message : String(cause)}`);
    }
    throw invalid(`The task definition ${file} has no family.`);
}
function invalid(message) {
    return new finding/* FindingError */.Y([{ reason: 'input-invalid', message, evidence: {} }]);
}

;// CONCATENATED MODULE: ./build/packages/targets/ecs/create.js




/** Between two looks at the service deployments, in ms: at most six calls a minute with the look at the service. */
const deploymentBeat = 12_000;
/** Long enough to gather all services whose failed tasks are asked for at the same time, in ms. */
const serviceBeat = 200;
/** One context serves all components of a session, so that they are read in the same batches. */
function createEcsContext(setting) {
    const { session, clock, random, report, signal, runToken } = setting;
    const ecs = createEcs(session);
    return {
        ecs,
        clock,
        report,
        signal,
        runToken,
        logs: async () => {
            const { createLogs } = await Promise.all(/* import() */[__webpack_require__.e(303), __webpack_require__.e(511)]).then(__webpack_require__.bind(__webpack_require__, 6511));
            return createLogs(session);
        },
        deployments: createRhythm({
            clock,
            random,
            interval: deploymentBeat,
            load: async (arns) => keyed(await ecs.describeServiceDeployments(arns), found => found.serviceDeploymentArn),
        }),
        services: createRhythm({
            clock,
            random,
            interval: serviceBeat,
            load: async (arns) => {
                const clusters = Map.groupBy(arns, clusterOf);
                const found = await Promise.all([...clusters].map(async ([cluster, members]) => (await ecs.describeServices(cluster, members)).found));
                return keyed(found.flat(), service => service.serviceArn);
            },
        }),
    };
}
function createDriver(component, setting, context) {
    return createEcsDriver(context, ecsSpec(component, setting));
}
function keyed(values, keyOf) {
    return new Map(values.flatMap(value => [[keyOf(value) ?? '', value]]));
}
/** `arn:…:service/cluster/name` → `cluster` */
function clusterOf(serviceArn) {
    return serviceArn.split('/').at(-2) ?? '';
}


/***/ })

};
