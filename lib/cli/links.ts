import { hasColours } from './terminal';

type Env = Readonly<Record<string, string | undefined>>;

/**
 * Terminals that make links of OSC 8 (https://github.com/Alhadis/OSC8-Adoption), by what they set; others may show the address in the
 * midst of the text. FORCE_HYPERLINK is what other programs ask, too.
 */
export function showsLinks(env: Env): boolean {
  const { FORCE_HYPERLINK: forced, CI, TERM_PROGRAM: program = '', VTE_VERSION: vte = '0', TERM: terminal = '' } = env;
  if (forced !== undefined && forced !== '') return forced !== '0';
  if (CI) return false;
  return (
    ['iTerm.app', 'WezTerm', 'vscode', 'ghostty', 'zed', 'Hyper', 'rio'].includes(program) ||
    Number(vte) >= 5000 ||
    /^(?:xterm-kitty|xterm-ghostty|alacritty|foot)/.test(terminal) ||
    [env.WT_SESSION, env.KITTY_WINDOW_ID, env.KONSOLE_VERSION, env.DOMTERM].some(Boolean)
  );
}

/**
 * A report with its rules as links to the docs site, where standard output shows links: rules stand in it dim, and nothing else of that
 * form does.
 * What a tree says is never made a link of its own.
 */
export function linkRules(text: string): string {
  const site = docsSite();
  if (site === undefined || !hasColours(process.stdout) || !showsLinks(process.env)) return text;
  return withLinks(text, site);
}

/** @param site the address that pages of docs/ lie below */
export function withLinks(text: string, site: string): string {
  const { ruleIds } = require('../checks/rules') as typeof import('../checks/rules');
  return text.replace(dim, (whole, id: string) =>
    ruleIds.includes(id) ? `\u001b]8;;${site}/checks.html#${id.replace('/', '')}\u0007${whole}\u001b]8;;\u0007` : whole,
  );
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: as it is painted
const dim = /\u001b\[2m([a-z-]+\/[a-z0-9-]+)\u001b\[22m/g;

/** `homepage` of package.json, the one place that the owner fills in: the docs site, unless it is a page of a forge. */
function docsSite(): string | undefined {
  const { homepage } = require('cdk8s-espalier/package.json') as { homepage?: string };
  return homepage !== undefined && /^https:\/\/[^#\s]+$/.test(homepage) ? homepage.replace(/\/$/, '') : undefined;
}
