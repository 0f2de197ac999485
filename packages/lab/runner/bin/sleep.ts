/** `sleep 90`, `sleep 1.5m`, `sleep 1h 30m` on lab time. */
const UNITS: Readonly<Record<string, number>> = { '': 1_000, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

const milliseconds = process.argv.slice(2).map(text => {
  const match = /^(?<count>\d+(?:\.\d+)?)(?<unit>[smhd]?)$/.exec(text);
  return Number(match?.groups?.count) * (UNITS[match?.groups?.unit ?? ''] ?? Number.NaN);
});
const total = milliseconds.reduce((sum, one) => sum + one, 0);
if (milliseconds.length === 0 || Number.isNaN(total)) {
  console.error(`sleep: invalid time interval: ${process.argv.slice(2).join(' ')}`);
  process.exitCode = 1;
} else {
  setTimeout(() => {}, total);
}
