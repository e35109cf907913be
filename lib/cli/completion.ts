import { EspalierError } from '../errors';
import type { Command, Commands } from './command';
import { scripts } from './completion/scripts';
import { wordsFor } from './completion/words';
import { print } from './terminal';

const shells = Object.keys(scripts);

const help = `espalier completion SHELL: prints what makes a shell complete commands, options, their values, rules and clusters.

Usage: espalier completion SHELL

  SHELL      ${shells.join(', ')}
  --trace    print the stack trace of an error

In bash, add this to ~/.bashrc:        source <(espalier completion bash)
In zsh, to ~/.zshrc after compinit:    source <(espalier completion zsh)
In fish, run once:                     espalier completion fish > ~/.config/fish/completions/espalier.fish

The shell then calls \`espalier completion words -- WORD...\` at each tab, which prints what may stand in the place of the last
word. It reads the tree where a cluster is asked for, and Git's branches and tags where a revision is; nothing else.

Exit codes: 0 printed; 2 there is no such shell.

Example: espalier completion bash`;

/** The command that completes the others. */
export const completionOf = (commands: Commands): Command => ({
  help,
  positionals: Number.POSITIVE_INFINITY,
  options: {},
  offers: [shells],
  async run({ positionals: [shell, ...words] }) {
    if (shell === 'words') {
      const found = await wordsFor(words, commands);
      if (found.length > 0) print(found.map(({ word, about }) => (about ? `${word}\t${about}` : word)).join('\n'));
      return 0;
    }
    const script = Object.hasOwn(scripts, shell ?? '') ? scripts[shell as keyof typeof scripts] : undefined;
    if (script === undefined || words.length > 0) {
      const what =
        shell === undefined
          ? 'name a shell'
          : `there is no completion for ${JSON.stringify([shell, ...words].join(' '))}`;
      throw new EspalierError(`${what}: one of ${shells.join(', ')}.`);
    }
    print(script.trimEnd());
    return 0;
  },
});
