import type { Credentials } from '#aws/credentials';

export type Variables = Readonly<Record<string, string | undefined>>;

/**
 * What every tool gets of the job’s variables: where things are, how the network is reached, which AWS is meant. No token of
 * GitHub, no input of an action, nothing that an earlier step has put there for others. RUNNER_TRACKING_ID lets the runner find
 * processes that outlive their step.
 */
const always = new Set(
  [
    ['PATH', 'HOME', 'USER', 'LOGNAME', 'SHELL', 'LANG', 'LANGUAGE', 'TZ', 'TMPDIR', 'TEMP', 'TMP', 'TERM', 'CI'],
    ['SystemRoot', 'SYSTEMROOT', 'ComSpec', 'COMSPEC', 'PATHEXT', 'APPDATA', 'LOCALAPPDATA', 'USERPROFILE', 'WINDIR'],
    ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'ALL_PROXY', 'http_proxy', 'https_proxy', 'no_proxy', 'all_proxy'],
    ['SSL_CERT_FILE', 'SSL_CERT_DIR', 'NODE_EXTRA_CA_CERTS', 'REQUESTS_CA_BUNDLE', 'CURL_CA_BUNDLE'],
    ['JAVA_HOME', 'GOROOT', 'GOPATH', 'DOTNET_ROOT', 'ANDROID_HOME', 'DOCKER_HOST', 'PYTHONUTF8', 'pythonLocation'],
    ['GITHUB_ACTIONS', 'GITHUB_SHA', 'GITHUB_REF', 'GITHUB_REF_NAME', 'GITHUB_REPOSITORY', 'GITHUB_RUN_ID'],
    ['GITHUB_WORKSPACE', 'GITHUB_SERVER_URL', 'GITHUB_ACTOR', 'GITHUB_RUN_ATTEMPT'],
    ['RUNNER_OS', 'RUNNER_ARCH', 'RUNNER_TEMP', 'RUNNER_TOOL_CACHE', 'RUNNER_TRACKING_ID'],
    ['AWS_CA_BUNDLE', 'AWS_USE_FIPS_ENDPOINT', 'AWS_USE_DUALSTACK_ENDPOINT', 'AWS_STS_REGIONAL_ENDPOINTS'],
    ['AWS_RETRY_MODE', 'AWS_MAX_ATTEMPTS', 'TF_CLI_CONFIG_FILE', 'TF_PLUGIN_CACHE_DIR'],
  ].flat(),
);

const alsoAlways = [/^LC_/, /^AWS_ENDPOINT_URL/];

/** Who somebody is in AWS: handed on only where the component has no role of its own. */
const identity = /^AWS_/;

export interface ToolEnvironment {
  readonly region: string | undefined;
  /** The credentials of the component’s role; absent: whatever the job has. */
  readonly credentials: Credentials | undefined;
  readonly env: Readonly<Record<string, string>>;
  readonly passEnv: readonly string[];
  readonly secretEnv: readonly string[];
}

/** The whole environment of a tool: nothing is inherited besides. */
export function toolEnvironment(job: Variables, wanted: ToolEnvironment): Record<string, string> {
  const { credentials, region } = wanted;
  const handedOn = (name: string) =>
    always.has(name) ||
    alsoAlways.some(form => form.test(name)) ||
    (credentials === undefined && identity.test(name)) ||
    wanted.passEnv.includes(name) ||
    wanted.secretEnv.includes(name);
  const inherited = Object.entries(job).flatMap(([name, value]) =>
    value !== undefined && value !== '' && handedOn(name) ? [[name, value] as const] : [],
  );
  return {
    ...Object.fromEntries(inherited),
    ...(region === undefined ? {} : { AWS_REGION: region, AWS_DEFAULT_REGION: region }),
    ...(credentials === undefined ? {} : variablesOf(credentials)),
    ...wanted.env,
  };
}

function variablesOf({ accessKeyId, secretAccessKey, sessionToken }: Credentials): Record<string, string> {
  return {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    ...(sessionToken === undefined ? {} : { AWS_SESSION_TOKEN: sessionToken }),
  };
}

/** Variables that were asked for and are not there. */
export function missingVariables(job: Variables, names: readonly string[]): readonly string[] {
  return names.filter(name => (job[name] ?? '') === '');
}
