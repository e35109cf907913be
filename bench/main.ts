import { relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { fleetCases, startCases } from './cases';
import { machine } from './machine';
import { stopRunning } from './measure';
import { pageOfRepository, writePage } from './page';
import { measureAll } from './rounds';
import { markdown } from './table';
import { startTable, targetTable, timeTable, usageTable } from './tables';
import { openWorkshop } from './workshop';

/**
 * Measures Espalier against cdk8s alone, kubectl and the least that the machine needs, and writes docs/performance.md.
 * (No library does it: see docs/dependencies.md.)
 */
const help = `npm run bench -- [APPS …] [options]

  APPS …          sizes of fleets (default: 100 1000 5000)
  --rounds N      how often each case runs at each size (default: 5)
  --budget S      seconds for one case at one size: fewer rounds where it is slow, none where one run is
                  expected to take more (default: 120)
  --only ID       measure this case alone (bench/cases.ts has them); may be repeated
  --page FILE     the page to put the figures in, with a plot in images/ beside it (default: docs/performance.md
                  for all cases at the default sizes, else none)
  --smoke         two tiny fleets, one round

Everything is written below the folder for temporary files (TMPDIR names another) and deleted in the end: with the
default sizes 10 GB and more.`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '5' },
    budget: { type: 'string', default: '120' },
    only: { type: 'string', multiple: true },
    page: { type: 'string' },
    smoke: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

async function main(): Promise<void> {
  const sizes = positionals.map((text) => positive('APPS', text));
  const standard = sizes.length === 0 && !values.smoke && !values.only;
  const effort = {
    sizes: sizes.length > 0 ? sizes : values.smoke ? [2, 4] : [100, 1000, 5000],
    rounds: values.smoke ? 1 : positive('--rounds', values.rounds),
    budget: positive('--budget', values.budget),
    warmUp: !values.smoke,
    settle: !values.smoke,
    only: values.only?.map(knownCase),
    say: (line: string) => console.error(line),
  };
  console.error('building');
  const workshop = openWorkshop();
  process.once('exit', workshop.remove);
  const results = await measureAll(workshop, effort);
  const tables = [targetTable, timeTable, usageTable, startTable].map((table) => table(results));
  for (const table of tables.filter(({ rows }) => rows.length > 0)) console.log(`${markdown(table)}\n`);
  const page = values.page ? resolve(values.page) : standard ? pageOfRepository : undefined;
  if (page === undefined) return;
  writePage(page, results, machine());
  console.error(`wrote ${relative(process.cwd(), page)}`);
}

function knownCase(id: string): string {
  const ids = [...fleetCases, ...startCases].map((one) => one.id);
  if (ids.includes(id)) return id;
  throw new Error(`--only is ${JSON.stringify(id)}; it must be one of ${ids.join(', ')}`);
}

function positive(name: string, text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new Error(`${name} is ${JSON.stringify(text)}; it must be a whole number above 0, such as 100`);
}

for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  process.once(signal, () => {
    stopRunning();
    process.exit(code);
  });
}
if (values.help) console.log(help);
else {
  main().catch((error: Error) => {
    console.error(`error: ${error.message}`);
    process.exit(1);
  });
}
