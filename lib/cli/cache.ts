import { EspalierError } from '../errors';
import { outcomeJson } from '../report/outcomes';
import { count } from '../text/count';
import { ChartCache } from '../tree/charts/cache';
import type { Command } from './command';
import { print } from './terminal';

const help = `espalier cache: the charts that were fetched, and what they were rendered to, kept for later runs.

Usage: espalier cache [prune] [options]

  prune    delete what was used longest ago, until 1 GB is left, as other runs do by themselves
  --all    with prune: delete all of it
  --format FORMAT
           text or json (default: text)
  --trace  print the stack trace of an error

Without prune, it prints where they are kept, how many files there are and how large they are. They are kept in
$XDG_CACHE_HOME/espalier, or where the system has such folders: ~/.cache/espalier, ~/Library/Caches/espalier,
%LOCALAPPDATA%\\espalier. Nobody but you can read them: what was rendered holds the values of releases.

Exit codes: 0 printed or deleted; 2 it could not run.

Example: espalier cache prune`;

export const cache: Command = {
  help,
  positionals: 1,
  offers: [['prune']],
  options: { all: { type: 'boolean' }, format: { type: 'string', choices: ['text', 'json'] } },
  async run({ positionals: [action], values }) {
    if (action !== undefined && action !== 'prune') {
      throw new EspalierError(`there is no \`cache ${action}\`. Run espalier cache, or espalier cache prune.`);
    }
    if (values.all && action === undefined)
      throw new EspalierError('--all goes with prune. Run espalier cache prune --all.');
    const kept = new ChartCache();
    const deleted = action === 'prune' ? kept.prune(values.all ? 0 : undefined) : undefined;
    if (values.format === 'json') {
      print(outcomeJson({ version: 1, folder: kept.folder, ...kept.size(), deleted }));
      return 0;
    }
    if (deleted !== undefined) print(`deleted ${amount(deleted)}`);
    print(`${kept.folder}: ${amount(kept.size())}`);
    return 0;
  },
};

function amount({ files, bytes }: { readonly files: number; readonly bytes: number }): string {
  return `${count(files, 'file')}, ${(bytes / 1e6).toFixed(1)} MB`;
}
