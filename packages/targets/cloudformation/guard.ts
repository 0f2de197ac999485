import type { Change } from '#aws/cloudformation';
import type { Finding } from '#core/finding';
import type { StackPolicy } from './spec.ts';

/**
 * Types whose replacement or deletion loses what people put there: data, keys, logs, images, subscribers’ identities. Kept in step with
 * docs/targets/cloudformation.md.
 */
export const statefulTypes: ReadonlySet<string> = new Set([
  'AWS::Backup::BackupVault',
  'AWS::Cognito::UserPool',
  'AWS::DocDB::DBCluster',
  'AWS::DocDB::DBInstance',
  'AWS::DynamoDB::GlobalTable',
  'AWS::DynamoDB::Table',
  'AWS::EC2::Volume',
  'AWS::ECR::Repository',
  'AWS::EFS::FileSystem',
  'AWS::ElastiCache::CacheCluster',
  'AWS::ElastiCache::ReplicationGroup',
  'AWS::Elasticsearch::Domain',
  'AWS::FSx::FileSystem',
  'AWS::KMS::Key',
  'AWS::Kinesis::Stream',
  'AWS::Logs::LogGroup',
  'AWS::MSK::Cluster',
  'AWS::Neptune::DBCluster',
  'AWS::OpenSearchService::Domain',
  'AWS::RDS::DBCluster',
  'AWS::RDS::DBInstance',
  'AWS::Redshift::Cluster',
  'AWS::S3::Bucket',
  'AWS::SQS::Queue',
  'AWS::SecretsManager::Secret',
  'AWS::Timestream::Table',
]);

/** What the change set would do to data, one finding for each resource that is not allowed to go. */
export function dataAtRisk(
  changes: readonly Change[],
  { allowReplacement, allowRemoval }: Pick<StackPolicy, 'allowReplacement' | 'allowRemoval'>,
): readonly Finding[] {
  return changes.flatMap(({ ResourceChange: change }) => {
    const { LogicalResourceId: name = '', ResourceType: type = '', PhysicalResourceId: id = 'unknown' } = change ?? {};
    if (!statefulTypes.has(type)) return [];
    const evidence = { resource: name, type, physicalId: id };
    // What is kept on removal only leaves the stack.
    if (change?.Action === 'Remove' && change.PolicyAction !== 'Retain' && !allowRemoval.includes(name)) {
      const message = `${name} (${type}, ${id}) would be deleted, with what it holds.`;
      const next = `Keep it in the template, give it DeletionPolicy: Retain one release earlier, or list it: \`allow-removal: [${name}]\`.`;
      return [{ reason: 'data-at-risk', message, evidence, next } as const];
    }
    const replacement = change?.Action === 'Modify' ? change.Replacement : undefined;
    // What cannot be ruled out is not ruled out.
    if ((replacement === 'True' || replacement === 'Conditional') && !allowReplacement.includes(name)) {
      const because = replacedFor(change?.Details ?? []);
      const verb = replacement === 'True' ? 'would be replaced' : 'may be replaced';
      const message = `${name} (${type}, ${id}) ${verb} by an empty one${because}.`;
      const next = `Leave those properties as they are, or list it when its data may go: \`allow-replacement: [${name}]\`.`;
      return [{ reason: 'data-at-risk', message, evidence, next } as const];
    }
    return [];
  });
}

type Details = NonNullable<NonNullable<Change['ResourceChange']>['Details']>;

function replacedFor(details: Details): string {
  const names = recreating(details);
  return names.length === 0 ? '' : `, because of ${names.join(', ')}`;
}

/** The properties that ask for a new physical resource. */
export function recreating(details: Details): readonly string[] {
  const names = details
    .filter(({ Target }) => Target?.RequiresRecreation === 'Always' || Target?.RequiresRecreation === 'Conditionally')
    .map(({ Target }) => Target?.Name ?? '');
  return [...new Set(names.filter(name => name !== ''))];
}
