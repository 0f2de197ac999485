/** What gates may look at, as docs/gates.md says: a test holds the two against each other. */
export const readActions: readonly string[] = ['cloudwatch:DescribeAlarms', 'cloudwatch:DescribeAlarmHistory'];
